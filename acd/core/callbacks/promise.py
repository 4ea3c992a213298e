"""One promise to call back: its states, the transition table, step. Whose turn it is, is routing's business.

The promise is written down before the customer is dialled: after a crash it is known that a dial may have been made.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.ids import AgentId, CallbackId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import CallbackEnd
from acd.core.effects import unnumbered
from acd.core.errors import Code, Refused
from acd.core.routing import Wants

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(8)
"""Nobody is called in the night, whatever the table says ..."""
ASKED_JUST_NOW = timedelta(minutes=10)
"""... except who has asked for it so recently."""
NO_NODE = NodeName("")


class PromiseState(StrEnum):
    WAITING = "waiting"  # has its place in the waiting room
    RESTING = "resting"  # until next_at: after an attempt in vain, or for the night
    RESERVED = "reserved"  # an agent is kept for it, the dial is about to be made
    RINGING_AGENT = "ringing_agent"  # agent first: the agent's phone rings
    CALLING = "calling"  # the customer's phone rings
    ANSWERED = "answered"  # the customer is on the line; the call goes its way
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Promise:
    callback_id: CallbackId
    queue: QueueName
    number: str
    booked_at: datetime
    place_at: datetime
    """Seniority: when the call it comes from joined the queue."""
    expires_at: datetime
    attempts_allowed: int
    gap_seconds: int
    agent_first: bool = False
    priority: int = 0
    wants: Wants = field(default_factory=Wants)
    language: str = "zh"
    state: PromiseState = PromiseState.WAITING
    misses: int = 0
    """Attempts that came to nothing."""
    dials: int = 0
    """Tells the dials of a promise apart."""
    agent_id: AgentId | None = None
    node: NodeName = NO_NODE
    channel: ChannelName | None = None
    """The customer's leg while it rings."""
    agent_channel: ChannelName | None = None
    """Agent first: the leg that waits for the customer."""
    rang: bool = False
    next_at: datetime | None = None
    """When something is to be done if nothing happens before."""
    call_id: CallId | None = None
    """The conversation."""

    @property
    def entry_id(self) -> CallId:
        """Its place in the waiting room."""
        return CallId(f"callback-{self.callback_id}")

    @property
    def unique_id(self) -> str:
        """Of the customer's leg, and with it the id of the call once it is answered."""
        return f"{self.node}-callback-{self.callback_id}-{self.dials}"


@dataclass(frozen=True, slots=True)
class PromiseInput:
    at: datetime


@dataclass(frozen=True, slots=True)
class AgentGiven(PromiseInput):
    agent_id: AgentId
    node: NodeName
    dial_at: datetime


@dataclass(frozen=True, slots=True)
class AgentRung(PromiseInput):
    until: datetime


@dataclass(frozen=True, slots=True)
class AgentLost(PromiseInput):
    """Agent first: the agent did not answer. The customer knows nothing of it."""


@dataclass(frozen=True, slots=True)
class CustomerRung(PromiseInput):
    until: datetime
    agent_channel: ChannelName | None = None


@dataclass(frozen=True, slots=True)
class CustomerAnswered(PromiseInput):
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Failed(PromiseInput):
    """The attempt came to nothing, before the answer or before the customer talked to anybody."""

    cause: str


@dataclass(frozen=True, slots=True)
class Connected(PromiseInput):
    pass


@dataclass(frozen=True, slots=True)
class Postponed(PromiseInput):
    until: datetime


@dataclass(frozen=True, slots=True)
class RestOver(PromiseInput):
    pass


@dataclass(frozen=True, slots=True)
class Expired(PromiseInput):
    pass


@dataclass(frozen=True, slots=True)
class Cancelled(PromiseInput):
    pass


@dataclass(frozen=True, slots=True)
class CalledAgain(PromiseInput):
    call_id: CallId


S = PromiseState
UNANSWERED = (S.WAITING, S.RESTING, S.RESERVED, S.RINGING_AGENT, S.CALLING)
IN_FLIGHT = (S.RESERVED, S.RINGING_AGENT, S.CALLING)
"""An agent is kept for each of these."""
DIALLED = (S.RESERVED, S.RINGING_AGENT, S.CALLING, S.ANSWERED)

NEXT: dict[tuple[PromiseState, type[PromiseInput]], PromiseState] = {
    (S.WAITING, AgentGiven): S.RESERVED,
    (S.WAITING, Postponed): S.RESTING,
    (S.RESTING, RestOver): S.WAITING,
    (S.RESERVED, AgentRung): S.RINGING_AGENT,
    **{(state, AgentLost): S.WAITING for state in (S.RESERVED, S.RINGING_AGENT)},
    **{(state, CustomerRung): S.CALLING for state in (S.RESERVED, S.RINGING_AGENT)},
    # reserved: the dial was made by a life of ours that did not see its answer
    **{(state, CustomerAnswered): S.ANSWERED for state in (S.RESERVED, S.CALLING)},
    **{(state, Failed): S.RESTING for state in DIALLED},
    (S.ANSWERED, Connected): S.CLOSED,
    **{(state, Expired): S.CLOSED for state in (S.WAITING, S.RESTING)},
    **{(state, Cancelled): S.CLOSED for state in UNANSWERED},
    **{(state, CalledAgain): S.CLOSED for state in UNANSWERED},
}

Stepped = tuple[Promise, tuple[Event, ...]]


def step(promise: Promise, fact: PromiseInput) -> Stepped:
    """The promise after the fact and what to publish. Raises Refused where the table has no entry."""
    target = NEXT.get((promise.state, type(fact)))
    if target is None:
        raise Refused(Code.CALLBACK_WRONG_STATE)
    return _APPLY[type(fact)](replace(promise, state=target), fact)


def booked(promise: Promise, call_id: CallId | None) -> Event:
    return events.CallbackBooked(
        **_head(promise, promise.booked_at),
        number=promise.number,
        call_id=call_id,
        place_at=promise.place_at,
        expires_at=promise.expires_at,
    )


def may_call(promise: Promise, timezone: str, now: datetime) -> bool:
    clock = now.astimezone(ZoneInfo(timezone)).time()
    return NIGHT_ENDS <= clock < NIGHT_BEGINS or now - promise.booked_at < ASKED_JUST_NOW


def morning(timezone: str, now: datetime) -> datetime:
    """The end of the night that `now` is in."""
    local = now.astimezone(ZoneInfo(timezone))
    day = local.date() + timedelta(days=1 if local.time() >= NIGHT_ENDS else 0)
    return datetime.combine(day, NIGHT_ENDS, ZoneInfo(timezone)).astimezone(now.tzinfo)


def wake_at(promise: Promise) -> datetime:
    """When to look at the promise again if nothing happens before."""
    if promise.state is S.WAITING or promise.next_at is None:
        return promise.expires_at
    return min(promise.next_at, promise.expires_at) if promise.state is S.RESTING else promise.next_at


# ---- what each input does ------------------------------------------


def _head(promise: Promise, at: datetime) -> dict[str, Any]:
    return {**unnumbered(at, promise.node), "callback_id": promise.callback_id, "queue": promise.queue}


def _free(promise: Promise) -> Promise:
    return replace(promise, agent_id=None, channel=None, agent_channel=None, rang=False, next_at=None, call_id=None)


def _agent_given(promise: Promise, fact: AgentGiven) -> Stepped:
    given = replace(
        promise, agent_id=fact.agent_id, node=fact.node, dials=promise.dials + 1, rang=False, next_at=fact.dial_at
    )
    dialled = events.CallbackDialled(**_head(given, fact.at), attempt=promise.misses + 1, agent_id=fact.agent_id)
    return given, (dialled,)


def _agent_rung(promise: Promise, fact: AgentRung) -> Stepped:
    return replace(promise, next_at=fact.until), ()


def _agent_lost(promise: Promise, fact: AgentLost) -> Stepped:
    return _free(promise), ()


def _customer_rung(promise: Promise, fact: CustomerRung) -> Stepped:
    return replace(promise, next_at=fact.until, agent_channel=fact.agent_channel), ()


def _customer_answered(promise: Promise, fact: CustomerAnswered) -> Stepped:
    return replace(promise, call_id=fact.call_id, next_at=None), ()


def _failed(promise: Promise, fact: Failed) -> Stepped:
    misses = promise.misses + 1
    next_at = fact.at + timedelta(seconds=promise.gap_seconds)
    over: CallbackEnd | None = None
    if misses >= promise.attempts_allowed:
        over = CallbackEnd.EXHAUSTED
    elif next_at >= promise.expires_at:
        over = CallbackEnd.EXPIRED
    missed = events.CallbackMissed(
        **_head(promise, fact.at), attempt=misses, cause=fact.cause[:40], next_at=None if over else next_at
    )
    rested = replace(_free(promise), misses=misses, next_at=next_at)
    if over is None:
        return rested, (missed,)
    closed, published = _close(rested, fact.at, over)
    return closed, (missed, *published)


def _close(promise: Promise, at: datetime, end: CallbackEnd, call_id: CallId | None = None) -> Stepped:
    closed = events.CallbackClosed(**_head(promise, at), end=end, call_id=call_id)
    return replace(_free(promise), state=S.CLOSED), (closed,)


def _postponed(promise: Promise, fact: Postponed) -> Stepped:
    return replace(promise, next_at=fact.until), ()


def _rest_over(promise: Promise, fact: RestOver) -> Stepped:
    return replace(promise, next_at=None), ()


_APPLY: dict[type[PromiseInput], Callable[[Promise, Any], Stepped]] = {
    AgentGiven: _agent_given,
    AgentRung: _agent_rung,
    AgentLost: _agent_lost,
    CustomerRung: _customer_rung,
    CustomerAnswered: _customer_answered,
    Failed: _failed,
    Connected: lambda promise, fact: _close(promise, fact.at, CallbackEnd.TALKED, promise.call_id),
    Postponed: _postponed,
    RestOver: _rest_over,
    Expired: lambda promise, fact: _close(promise, fact.at, CallbackEnd.EXPIRED),
    Cancelled: lambda promise, fact: _close(promise, fact.at, CallbackEnd.CANCELLED),
    CalledAgain: lambda promise, fact: _close(promise, fact.at, CallbackEnd.CALLED_AGAIN, fact.call_id),
}
