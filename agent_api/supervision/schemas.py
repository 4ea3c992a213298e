"""The floor, and what supervisors send to change it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.commands import Target
from acd.contracts.routing import NAME
from acd.contracts.vocabulary import AgentState, PauseReason, SpyMode
from agent_api.calls.live_call import LiveState


class FloorAgent(BaseModel):
    agent_no: str
    name: str
    center_id: str
    state: AgentState
    reason: PauseReason | None
    since: datetime
    call_id: str | None
    queues: list[str]
    skills: dict[str, int]
    desk: bool = Field(description="A desk of this agent is open")


class SpyOut(BaseModel):
    supervisor: str
    mode: SpyMode
    hears: str | None = Field(description="Agent whose talk is heard; null while the customer is with nobody")


class HelpWanted(BaseModel):
    note: str
    at: datetime


class FloorCall(BaseModel):
    call_id: str
    state: LiveState
    queue: str | None
    agent_no: str | None
    since: datetime = Field(description="Of the state")
    caller_masked: str
    customer_name_masked: str | None
    center_id: str = Field(description="Of the agent, before there is one of the caller; empty when not known")
    consulting: str | None = Field(description="Who is asked; numbers outside are masked")
    conference: list[str]
    spies: list[SpyOut]
    help: HelpWanted | None
    recording: str | None


class FloorWaiting(BaseModel):
    call_id: str
    queue: str
    since: datetime
    priority: int
    position: int
    center_id: str


class Floor(BaseModel):
    agents: list[FloorAgent]
    calls: list[FloorCall]
    waiting: list[FloorWaiting]


class TargetAgent(BaseModel):
    id: str
    name: str
    center: str
    state: AgentState
    queues: list[str]


class TargetQueue(BaseModel):
    id: str
    title: str
    waiting: int
    ready: int


class TargetCenter(BaseModel):
    id: str
    name: str


class Targets(BaseModel):
    agents: list[TargetAgent]
    queues: list[TargetQueue]
    centers: list[TargetCenter]


class ForcedPause(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "training"}]})

    reason: PauseReason


class Assignment(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"queues": ["general", "bill"], "skills": {"general": 5, "bill": 3}}]}
    )

    queues: list[str] = Field(min_length=1, max_length=50)
    skills: dict[str, int] = Field(max_length=50)


class Spying(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"mode": "listen"}]})

    mode: SpyMode


class Redirection(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"to": {"kind": "queue", "id": "complaint"}}]})

    to: Target


class Closing(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"closed": True}]})

    closed: bool


class Broadcast(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "系统将于22:00升级,请提前保存工单", "center_id": None, "queue": None}]}
    )

    text: str = Field(min_length=1, max_length=500)
    center_id: str | None = Field(default=None, max_length=20)
    """This centre and those below; null: one's own."""
    queue: str | None = Field(default=None, pattern=NAME)
    minutes: int = Field(default=30, ge=1, le=1440)


class BroadcastOut(BaseModel):
    """The same object is the live message's `notice`."""

    id: str
    text: str
    by: str
    by_name: str
    at: datetime
    expires_at: datetime
    center_id: str
    queue: str | None


class NoticeList(BaseModel):
    items: list[BroadcastOut]
