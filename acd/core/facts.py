"""What happened, past tense, with units. Facts of the wire come from `translate`; the pump adds timers and commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from acd.contracts.commands import Command
from acd.contracts.ids import AgentId, AttemptId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import AttemptCode, IvrOutcome, PasswordResult


@dataclass(frozen=True, slots=True)
class Fact:
    at: datetime
    node: NodeName


# ---- the caller's way through the dialplan (user events) ------------------------------------------


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
class MenuVisited(CallFact):
    menu_node: str
    key: str
    outcome: str


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


@dataclass(frozen=True, slots=True)
class CallerInFallback(CallFact):
    """The waiting room found the lease run out: app_queue holds the caller."""

    queue: QueueName
    priority: int
    queued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallerSurveyed(CallFact):
    satisfaction: int
    reason: str


@dataclass(frozen=True, slots=True)
class PasswordChecked(CallFact):
    result: PasswordResult


@dataclass(frozen=True, slots=True)
class FaxOver(Fact):
    fax_id: str
    ok: bool
    pages: int
    reason: str


# ---- the agents' phones ------------------------------------------


@dataclass(frozen=True, slots=True)
class PhoneFact(Fact):
    agent_id: AgentId
    channel: ChannelName
    call_id: CallId


@dataclass(frozen=True, slots=True)
class PhoneDialled(PhoneFact):
    pass


@dataclass(frozen=True, slots=True)
class PhoneAlerted(PhoneFact):
    """The phone said that it rings (180), which tells a missed ring from a phone that is not there."""


@dataclass(frozen=True, slots=True)
class PhoneAnswered(PhoneFact):
    """The agent picked up: the agent-number announcement starts now (t_answer); DialEnd comes only after it."""


@dataclass(frozen=True, slots=True)
class PhoneFailed(PhoneFact):
    status: str


@dataclass(frozen=True, slots=True)
class PhoneHeld(PhoneFact):
    pass


@dataclass(frozen=True, slots=True)
class PhoneResumed(PhoneFact):
    pass


# ---- any leg ------------------------------------------


@dataclass(frozen=True, slots=True)
class LegFact(Fact):
    """`agent_id` when it is a leg of an agent's phone; `call_id` may be empty (not known yet, or no call of ours)."""

    channel: ChannelName
    unique_id: str
    call_id: CallId
    agent_id: AgentId | None


@dataclass(frozen=True, slots=True)
class LegOpened(LegFact):
    pass


@dataclass(frozen=True, slots=True)
class LegAlerted(LegFact):
    """The far end rings."""


@dataclass(frozen=True, slots=True)
class HangupAsked(LegFact):
    """The far side of this leg hung up; the first one of a call tells who ended it."""


@dataclass(frozen=True, slots=True)
class LegGone(LegFact):
    cause: int


@dataclass(frozen=True, slots=True)
class BlindTransferred(Fact):
    call_id: CallId
    by_channel: ChannelName
    to: str


# ---- outbound ------------------------------------------


@dataclass(frozen=True, slots=True)
class AttemptPickedUp(CallFact):
    attempt_id: AttemptId


@dataclass(frozen=True, slots=True)
class AttemptJudged(CallFact):
    attempt_id: AttemptId
    code: AttemptCode


@dataclass(frozen=True, slots=True)
class OriginateFailed(Fact):
    attempt_id: AttemptId
    reason: int


# ---- the link ------------------------------------------


class LegState(StrEnum):
    RINGING = "ringing"
    UP = "up"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LiveLeg:
    """One channel as Asterisk lists it at resync."""

    channel: ChannelName
    unique_id: str
    call_id: CallId
    state: LegState
    context: str
    age_seconds: int
    agent_id: AgentId | None
    queue: QueueName
    priority: int
    did: str
    caller: str
    attempt_id: AttemptId | None
    queued_at: datetime | None
    served_by: AgentId | None
    """Who was last delivered this caller, by us or by app_queue."""


@dataclass(frozen=True, slots=True)
class LinkUp(Fact):
    pass


@dataclass(frozen=True, slots=True)
class LinkDown(Fact):
    reason: str


@dataclass(frozen=True, slots=True)
class Resynced(Fact):
    """Everything alive on the node, complete, as answered to our question at LinkUp."""

    legs: tuple[LiveLeg, ...]


@dataclass(frozen=True, slots=True)
class CallsMissed(Fact):
    """Calls that ended after `since`, unwatched, as Asterisk's own records tell; comes before Resynced."""

    since: datetime
    calls: Mapping[CallId, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class RedirectRefused(Fact):
    """Asterisk would not move the caller (gone, or already elsewhere)."""

    channel: ChannelName


# ---- ours ------------------------------------------


class Timer(StrEnum):
    RESERVED = "reserved"  # of a call: the phone should have been dialled by now
    ANNOUNCE = "announce"  # of a call: tell the caller the place in the queue
    WRAP_UP = "wrap_up"  # of an agent
    LEASE = "lease"
    QUEUES = "queues"  # publish the queues that changed
    ATTEMPT = "attempt"  # of an attempt: its end should have been seen by now


@dataclass(frozen=True, slots=True)
class TimerKey:
    timer: Timer
    of: str = ""


@dataclass(frozen=True, slots=True)
class TimerDue:
    key: TimerKey


@dataclass(frozen=True, slots=True)
class CommandArrived:
    command: Command


@dataclass(frozen=True, slots=True)
class Started:
    """The process runs; what the journal remembered has been put into the world."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The journal has published again what was asked for, as far as it knew the stream."""

    command_id: UUID
    known: bool


AnyFact = Fact | TimerDue | CommandArrived | Started | Replayed
