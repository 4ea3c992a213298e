"""What the dialplan reports of the caller's way (user events)."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, CallbackId, CallId, CenterId, ChannelName, QueueName
from acd.contracts.vocabulary import IvrOutcome, PasswordResult, QueueExit
from acd.core.facts.base import Fact
from acd.core.routing.entry import NO_CENTER


@dataclass(frozen=True, slots=True)
class CallFact(Fact):
    call_id: CallId
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class CallArrived(CallFact):
    did: str
    caller: str


@dataclass(frozen=True, slots=True)
class MenuAnswered(CallFact):
    pass


@dataclass(frozen=True, slots=True)
class Visit:
    menu_node: str
    key: str
    outcome: str


@dataclass(frozen=True, slots=True)
class MenuVisited(CallFact):
    """Nodes passed one after the other; who dials through the menu passes several in one breath."""

    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class CallerIdentified(CallFact):
    customer_id: str
    auth_level: int


@dataclass(frozen=True, slots=True)
class AgentWanted(CallFact):
    queue: QueueName
    reason: str


@dataclass(frozen=True, slots=True)
class MenuLeft(CallFact):
    outcome: IvrOutcome


@dataclass(frozen=True, slots=True)
class CallerWaiting(CallFact):
    """In the waiting room: for the first time, or again after a phone was not answered."""

    queue: QueueName
    priority: int
    queued_at: datetime | None = None
    center: CenterId = NO_CENTER
    marks: tuple[str, ...] = ()
    manager: AgentId | None = None
    manager_has_phone: bool = False


@dataclass(frozen=True, slots=True)
class CallerAsked(CallFact):
    """Out of the waiting room for a question or a try: a call back, a message, the own manager."""

    what: str


@dataclass(frozen=True, slots=True)
class QueueLeft(CallFact):
    """Out of the waiting room for something else than an agent, still on the line."""

    how: QueueExit


@dataclass(frozen=True, slots=True)
class CallbackWanted(CallFact):
    """The caller has named and confirmed a number, and waits for our word."""

    number: str
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class CallbackAnswered(CallFact):
    """The customer answered our call."""

    callback_id: CallbackId


@dataclass(frozen=True, slots=True)
class CallbackAgentReady(CallFact):
    """Agent first: the agent has answered, on this leg, and waits for the customer."""

    callback_id: CallbackId


@dataclass(frozen=True, slots=True)
class CallerInFallback(CallFact):
    """The waiting room found the lease run out: app_queue holds the caller."""

    queue: QueueName
    priority: int
    queued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgentLost(CallFact):
    """The agent's phone vanished: the caller hears music and is kept."""


@dataclass(frozen=True, slots=True)
class CallerSurveyed(CallFact):
    satisfaction: int
    reason: str


@dataclass(frozen=True, slots=True)
class PasswordChecked(CallFact):
    result: PasswordResult


@dataclass(frozen=True, slots=True)
class NoticeOver(Fact):
    notice_id: str
    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class FaxOver(Fact):
    fax_id: str
    ok: bool
    pages: int
    reason: str
