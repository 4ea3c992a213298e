"""Credit as the desk sends and sees it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class Wish(BaseModel):
    level: Literal["A", "B", "C", "D"] | None = None
    limit: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)] | None = None
    blacklisted: bool | None = None

    def after(self) -> dict[str, Any]:
        said = self.model_dump(include={"level", "limit", "blacklisted"}, exclude_none=True)
        return said | ({"limit": f"{said['limit']:.2f}"} if "limit" in said else {})


class NewChange(Wish):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"level": "B", "limit": "500.00", "reason": "连续两年无欠费"}]}
    )

    reason: Words


class Answer(Wish):
    model_config = ConfigDict(json_schema_extra={"examples": [{"agreed": True, "answer": "情况属实"}]})

    agreed: bool
    answer: Words


class ChangeOut(BaseModel):
    change_id: int
    customer_id: str
    kind: Literal["manual", "appeal", "rules"]
    state: Literal["APPEALED", "PROPOSED", "APPROVED", "REFUSED"]
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    asked_by: str
    asked_at: datetime
    proposed_by: str
    decided_by: str
    decided_at: datetime | None
    answer: str


class CreditOut(BaseModel):
    state: Literal["GOOD", "WATCH", "ARREARS", "SUSPENDED", "BLACKLIST"]
    state_title: str
    level: str
    limit: str = Field(description="Yuan")
    owed: str = Field(description="Yuan past its due date")
    oldest_due: date | None
    over_limit_since: datetime | None
    watched_until: date | None
    changes: list[ChangeOut] = Field(description="Latest first; those of kind `rules` are the arrears history")
