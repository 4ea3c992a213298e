"""The facts the formulas use (requirements.md 3.1). Plain values, no store."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallFact:
    """One inbound call."""

    call_id: str
    t_in: datetime
    queue: str | None = None
    agent_no: str | None = None
    is_sys_pick_up: bool = False
    is_ivr_agent_intent: bool = False
    is_agent_req: bool = False
    t_req: datetime | None = None
    is_agent_anw: bool = False
    wait_seconds: float | None = None
    """Until the answer, or until the caller gave up."""
    abandon_stage: str | None = None
    talk_seconds: float = 0
    hold_seconds: float = 0
    wrap_up_seconds: float = 0
    is_self_service: bool = False
    satisfaction: int | None = None
    created_ticket: bool = False
    dropped: bool = False
    is_65_age: bool = False
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class StateFact:
    """One agent's stay in one state, cut to the period."""

    agent_no: str
    state: str
    reason: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class QueueNow:
    """What is waiting at this moment."""

    waiting: int
    longest_wait_seconds: float
