"""Calls as the desk sees them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue

CALL_EXAMPLE: dict[str, JsonValue] = {
    "call_id": "n1-1763764000.12",
    "direction": "inbound",
    "did": "10010",
    "queue": "bill",
    "caller_masked": "139****0001",
    "caller_number": "13900000001",
    "customer_id": "C000001",
    "auth_level": 2,
    "offered_at": "2026-11-21T02:26:40Z",
    "queued_at": "2026-11-21T02:27:10Z",
    "connected_at": "2026-11-21T02:27:19Z",
    "ended_at": None,
    "wait_ms": 9000,
    "talk_ms": 0,
    "hold_ms": 0,
    "agent_no": "8001",
    "ivr_path": [{"node": "main", "key": "1", "outcome": "bill", "at": "2026-11-21T02:26:52Z"}],
    "decision": "skill bill, idle longest",
    "satisfaction": None,
    "ended": False,
    "hangup_side": None,
    "disposition": None,
    "disposition_title": None,
    "notes": "",
    "resolved": None,
    "ticket_nos": [],
    "incomplete": False,
}


class MenuStep(BaseModel):
    node: str
    key: str
    outcome: str
    at: datetime


class CallOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [CALL_EXAMPLE]})

    call_id: str
    direction: str
    did: str
    queue: str | None
    caller_masked: str
    caller_number: str | None = Field(description="In full only for the agent in this call")
    customer_id: str | None
    auth_level: int
    offered_at: datetime
    queued_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None
    wait_ms: int | None
    talk_ms: int
    hold_ms: int
    agent_no: str | None
    ivr_path: list[MenuStep]
    decision: str = Field(description="Why this agent, in words")
    satisfaction: int | None = Field(description="1 satisfied, 2 neutral, 3 dissatisfied")
    ended: bool
    hangup_side: str | None
    disposition: str | None = Field(description="Code of the contact reason")
    disposition_title: str | None
    notes: str
    resolved: bool | None
    ticket_nos: list[str]
    incomplete: bool = Field(description="Part of the call was not seen")


class CallPage(BaseModel):
    items: list[CallOut]
    next: str | None = Field(description="Give as `before` for the next page; null at the end")


class WrapUp(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason_code": "Q.BILL.1", "notes": "已解释月账单", "resolved": True}]}
    )

    reason_code: str = Field(max_length=20)
    notes: str = Field(default="", max_length=2000)
    resolved: bool


class ReasonOut(BaseModel):
    code: str
    title: str
    children: list["ReasonOut"]
