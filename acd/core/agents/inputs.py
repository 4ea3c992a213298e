"""What can happen to an agent; where each leads is the table in `acd.core.agents.agent`."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import CallId
from acd.contracts.vocabulary import PauseReason


@dataclass(frozen=True, slots=True)
class AgentInput:
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn(AgentInput):
    ready: bool


@dataclass(frozen=True, slots=True)
class SignedOut(AgentInput):
    by: str = ""


@dataclass(frozen=True, slots=True)
class BecameReady(AgentInput):
    by: str = ""


@dataclass(frozen=True, slots=True)
class AskedPause(AgentInput):
    reason: PauseReason
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reserved(AgentInput):
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Rang(AgentInput):
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Answered(AgentInput):
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Released(AgentInput):
    """The call went away before it was answered, through no fault of the agent."""


@dataclass(frozen=True, slots=True)
class Missed(AgentInput):
    """`allowed`: so many missed rings in a row pause the agent; a phone that cannot be reached does at once."""

    reason: PauseReason
    allowed: int = 1


@dataclass(frozen=True, slots=True)
class PutOnHold(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class TookBack(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class Consulting(AgentInput):
    """The agent asks somebody; the customer hears music."""


@dataclass(frozen=True, slots=True)
class ConsultOver(AgentInput):
    """Back with the customer: alone, or all three together."""


@dataclass(frozen=True, slots=True)
class PhoneLost(AgentInput):
    """The phone vanished in a call: the customer is kept for this agent."""


@dataclass(frozen=True, slots=True)
class KeptOver(AgentInput):
    """The customer kept for this agent is no more: gone, or offered to others."""


@dataclass(frozen=True, slots=True)
class CallOver(AgentInput):
    wrap_up_seconds: int


@dataclass(frozen=True, slots=True)
class WrapUpSet(AgentInput):
    seconds: int


@dataclass(frozen=True, slots=True)
class WrapUpDone(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class DeskGone(AgentInput):
    """The desk went away; said again when it stays away."""


@dataclass(frozen=True, slots=True)
class DeskReturned(AgentInput):
    pass
