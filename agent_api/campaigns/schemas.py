"""Dunning as the desk sees it."""

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class CaseOut(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "case_id": "D-C000007",
                    "customer_id": "C000007",
                    "name_masked": "周*",
                    "number_masked": "139****0007",
                    "owed": "88.00",
                    "stage": "S2",
                    "stage_title": "催缴",
                    "state": "open",
                    "days_overdue": 12,
                    "last_result": "NO_ANSWER",
                    "next_allowed_at": "2026-11-21T06:00:00Z",
                    "dispute_ticket": None,
                }
            ]
        }
    )

    case_id: str
    customer_id: str
    name_masked: str
    number_masked: str
    owed: str = Field(description="Yuan")
    stage: str
    stage_title: str
    state: str
    days_overdue: int
    last_result: str | None
    next_allowed_at: datetime | None
    dispute_ticket: str | None


class CaseList(BaseModel):
    items: list[CaseOut]


class AttemptOut(BaseModel):
    attempt_id: str
    case_id: str
    number_masked: str
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    code: str | None
    rule: str | None = Field(description="Which rule of the gate said no")
    hangup_cause: int | None
    talk_ms: int | None
    call_id: str | None


class DialStarted(BaseModel):
    attempt_id: str


class PaymentIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"amount": "88.00"}]})

    amount: Decimal = Field(gt=0, max_digits=9, decimal_places=2)


class PaymentDone(BaseModel):
    owed: str
    paid: bool
    cancelled_attempts: list[str]


class ScriptQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"attempt_id": "a3f1c2"}]})

    attempt_id: str = Field(max_length=40)


class ScriptAnswer(BaseModel):
    """What the dunning menu may say; the amount only after the person confirmed."""

    state: str = Field(description="open, paid or unknown")
    last4: str = ""
    month: str = ""
    owed: str = "0.00"
