"""Retained state messages: the last known truth about one agent, one queue, one process.

A late reader gets the present at once from these; the history is in the events.
"""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import AgentState, Device, PauseReason


class Snapshot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    at: AwareDatetime


class AgentSnapshot(Snapshot):
    agent_id: AgentId
    name: str = ""
    center_id: str = ""
    state: AgentState
    reason: PauseReason | None = None
    since: datetime
    call_id: CallId | None = None
    queues: tuple[QueueName, ...] = ()
    wrap_up_until: datetime | None = None
    skills: dict[str, int] = Field(default_factory=dict)
    devices: tuple[Device, ...] = ()
    pause_until: datetime | None = None
    """When the pause going on should end; past: it lasts too long."""
    by: str = ""
    """The supervisor who forced the state."""
    session: str = ""
    """The desk that speaks for the agent; another one says that the agent is signed in elsewhere."""
    desk_lost_at: datetime | None = None


class WaitingCall(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    call_id: CallId
    since: datetime
    priority: int
    position: int = Field(ge=1)


class QueueSnapshot(Snapshot):
    queue: QueueName
    title: str
    """Chinese name for the wallboard."""
    waiting: tuple[WaitingCall, ...] = ()
    expected_wait_seconds: int | None = None
    """For a caller who joined now; null when no agent serves the queue."""
    agents_logged_in: int = 0
    agents_ready: int = 0
    agents_busy: int = 0
    service_level_seconds: int = 15
    closed: bool = False
    """By a supervisor: no new callers."""


class ProcessSnapshot(Snapshot):
    """Presence of a process; its last will says `up=False`."""

    process: str
    up: bool
    detail: dict[str, str] = Field(default_factory=dict)
