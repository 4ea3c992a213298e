"""Calls as the desk sees them."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from agent_api.calls.repository import CallResult

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


class ReasonStep(BaseModel):
    code: str
    values: dict[str, str]


class DecisionOut(BaseModel):
    """One choice of an agent."""

    at: datetime
    agent_no: str
    queue: str
    text: str
    why: list[ReasonStep] = Field(description="The same as codes and values; empty for calls of older versions")


class StoryStep(BaseModel):
    """One thing that was done with the call. Which fields are there depends on `kind`."""

    at: datetime
    kind: Literal[
        "missed",
        "overflowed",
        "queue_left",
        "redirected",
        "transferred",
        "consulting",
        "consult_over",
        "conference",
        "help",
        "agent_lost",
        "agent_back",
        "spied",
        "taken_over",
        "recording",
    ]
    by: str | None = Field(default=None, description="Agent or supervisor who did it, or missed it")
    to: str | None = Field(default=None, description="Agent, queue, centre, or a number outside (masked)")
    to_kind: Literal["agent", "queue", "center", "external"] | None = None
    how: str | None = Field(default=None, description="Way or result: blind, attended, listen, callback, returned ...")
    queue: str | None = None
    note: str | None = None
    seconds: float | None = None
    parties: list[str] = []
    reason: ReasonStep | None = None


class LegOut(BaseModel):
    """One agent's stint in the call."""

    agent_no: str
    queue: str | None
    connected_at: datetime
    ended_at: datetime | None
    wait_ms: int
    talk_ms: int
    hold_ms: int
    consult_ms: int


class CallRecording(BaseModel):
    id: str
    seconds: float | None
    state: str


class CallDetail(CallOut):
    """A call with everything that was decided and done."""

    decisions: list[DecisionOut]
    story: list[StoryStep]
    legs: list[LegOut] = Field(description="Their sums are the call's talk and hold time")
    queue_exit: str | None = Field(description="How the caller left the queue without an agent, still on the line")
    recording: CallRecording | None


class CallPage(BaseModel):
    items: list[CallOut]
    next: str | None = Field(description="Give as `before` for the next page; null at the end")


class CallQuery(BaseModel):
    """What is looked for; everything left out fits all. Sent in a body: numbers stay out of addresses and logs."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "agent_no": "8001", "result": "answered"}]}
    )

    number: str = Field(default="", pattern=r"^[0-9+-]{0,20}$", description="The caller's, or its last digits")
    agent_no: str = Field(default="", max_length=6)
    queue: str = Field(default="", max_length=40)
    result: CallResult | None = None
    ticket_no: str = Field(default="", max_length=20)
    begins: AwareDatetime | None = None
    ends: AwareDatetime | None = None
    limit: int = Field(default=50, ge=1, le=200)
    before: str | None = None


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
