"""Tickets as the desk sends and sees them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.tickets.words import Act, Channel, Level, TicketType

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class NewTicket(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "complaint",
                    "call_id": "n1-1763764000.12",
                    "customer_id": "C000001",
                    "title": "10月多收增值业务费",
                    "description": "客户称未订购音乐包,10月账单收取10元,要求退费。",
                    "category": "T.CHARGE.2",
                    "contact_number": "13900000001",
                    "level": "NORMAL",
                }
            ]
        }
    )

    type: TicketType
    call_id: str | None = Field(default=None, max_length=64)
    customer_id: str | None = Field(default=None, max_length=40)
    title: Text = Field(min_length=1, max_length=200)
    description: Text = Field(default="", max_length=2000)
    category: str = Field(min_length=1, max_length=40)
    contact_number: str | None = Field(default=None, pattern=r"^[0-9+-]{3,20}$")
    level: Level = Level.NORMAL
    channel: Channel = Channel.VOICE
    reason_code: str = Field(default="", max_length=40, description="Leaf of the tree of contact reasons")
    form: dict[str, Annotated[str, StringConstraints(max_length=500)]] = Field(
        default_factory=dict, max_length=15, description="What the reason's form asks, see `GET /reasons`"
    )
    details: dict[str, Annotated[str, StringConstraints(max_length=500)]] = Field(
        default_factory=dict,
        max_length=40,
        description="What the reason's form asked for. Facts that make a complaint serious: media, regulator, safety, "
        "service_down, loss, fraud (yes), group_users, amount (numbers)",
    )
    draft: bool = Field(default=False, description="A complaint that is submitted or refused later")


class TicketAct(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"event": "urge", "comment": "客户再次来电催办"},
                {"event": "reply", "comment": "", "data": {"result": "已退费10元", "duty_reason": "误开通"}},
            ]
        }
    )

    event: Act
    comment: Text = Field(default="", max_length=2000)
    data: dict[str, Annotated[str, StringConstraints(max_length=2000)]] = Field(
        default_factory=dict, max_length=10, description="What the event needs, see `allowed-events`"
    )


class TimelineEntry(BaseModel):
    seq: int
    event: str
    event_title: str
    from_state: str
    to_state: str
    at: datetime
    actor: str
    role: str
    center_id: str
    comment: str
    data: dict[str, str]


class ClockOut(BaseModel):
    id: str = Field(description="operational, legal, or a step")
    title: str
    limit_seconds: int
    spent_seconds: int
    due_at: datetime | None = Field(description="null while the clock stands")
    state: str = Field(description="running, paused or stopped")
    warning: str = Field(
        description="none, info, yellow, red (the limit), escalate, supervise; shares as its centre had set them"
    )


class SubtaskOut(BaseModel):
    unit: str
    asked_at: datetime
    due_at: datetime


class AttachmentOut(BaseModel):
    id: str
    kind: str = Field(description="voice_message, evidence, mail, fax, letter: read it from .../attachments/{id}")
    seconds: int = Field(description="Length of a recording")
    media_type: str
    file_name: str
    size: int
    created_at: datetime


class TicketRowOut(BaseModel):
    ticket_no: str
    type: TicketType
    type_title: str
    state: str
    state_title: str
    title: str
    category: str
    level: Level
    vip: bool
    customer_id: str | None
    call_id: str | None
    created_by: str
    center_id: str
    target: str = Field(description="Unit that works on it")
    owner: str = Field(description="Who works on it; empty while it waits in the unit's pool")
    owner_center: str
    handling_tier: str = Field(description="N, P or C")
    leader: str
    channel: Channel
    reason_code: str
    parent_no: str | None = Field(description="The incident it is a case of")
    merged_into: str | None
    is_regulator: bool
    overdue: bool
    priority: int
    due_at: datetime | None = Field(description="null while the operational clock stands")
    legal_due_at: datetime | None
    external_id: str
    external_system: str
    round: int
    urge_count: int
    return_count: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    clocks: list[ClockOut]


class TicketOut(TicketRowOut):
    description: str
    details: dict[str, str] = Field(description="For those who work on the ticket; empty for others")
    duplicate_of: str | None = Field(description="A complaint of the same number and class that was open then")
    legal_rule: str
    satisfaction: str
    waive_fee: bool = Field(description="A fault repaired too late: no monthly fee for these days")
    helpers: list[str] = Field(description="Units that escalated it and go on helping")
    subtasks: list[SubtaskOut]
    suspension_asked: datetime | None = Field(description="Until when; a leader decides")
    suspended_until: datetime | None
    steps: list[ClockOut] = Field(description="Clocks of single steps that run now")
    merged: list[str] = Field(description="Numbers merged into this one")
    children: list[str] = Field(description="Cases of this incident")
    red: bool = Field(description="Urged twice, or while overdue")
    contact_masked: str
    contact_number: str | None = Field(description="In full for those who work on the ticket")
    repeat_of: str | None = Field(description="Earlier complaint of the same customer and category within 30 days")
    result: str
    duty_reason: str
    timeline: list[TimelineEntry]
    attachments: list[AttachmentOut]
    allowed_events: list[str] = Field(description="What this person may do now")


class TicketPage(BaseModel):
    items: list[TicketRowOut]
    total: int


class AllowedEvent(BaseModel):
    event: str
    title: str
    needs: list[str] = Field(description="Fields of `data` (or `comment`) to fill in; `?` marks those needed at times")
