"""One agent: presence, the transition table, step. Which call an agent gets is routing's business."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core.errors import Code, Refused


@dataclass(frozen=True, slots=True)
class Agent:
    agent_id: AgentId
    since: datetime
    name: str = ""
    center_id: str = ""
    queues: tuple[QueueName, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict)
    state: AgentState = AgentState.LOGGED_OUT
    reason: PauseReason | None = None
    call_id: CallId | None = None
    idle_since: datetime | None = None
    """Since when the agent could have had a call; a caller who hung up while ringing does not reset it."""
    next_state: AgentState | None = None
    """What was asked for during a call: taken up when the call and its wrap-up are over."""
    next_reason: PauseReason | None = None
    wrap_up_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgentInput:
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn(AgentInput):
    ready: bool


@dataclass(frozen=True, slots=True)
class SignedOut(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class BecameReady(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class AskedPause(AgentInput):
    reason: PauseReason


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
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class PutOnHold(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class TookBack(AgentInput):
    pass


@dataclass(frozen=True, slots=True)
class CallOver(AgentInput):
    wrap_up_seconds: int


@dataclass(frozen=True, slots=True)
class WrapUpDone(AgentInput):
    pass


S = AgentState
BUSY = (S.RESERVED, S.RINGING, S.TALKING, S.HELD)
IN_CALL = (S.TALKING, S.HELD)
SIGNED_IN = tuple(state for state in AgentState if state is not S.LOGGED_OUT)

NEXT: dict[tuple[AgentState, type[AgentInput]], AgentState] = {
    (S.LOGGED_OUT, SignedIn): S.PAUSED,
    **{(state, SignedIn): state for state in SIGNED_IN},
    **{(state, SignedOut): S.LOGGED_OUT for state in (S.READY, S.PAUSED, S.WRAP_UP)},
    **{(state, SignedOut): state for state in BUSY},
    **{(state, BecameReady): S.READY for state in (S.READY, S.PAUSED, S.WRAP_UP)},
    **{(state, BecameReady): state for state in BUSY},
    **{(state, AskedPause): S.PAUSED for state in (S.READY, S.PAUSED, S.WRAP_UP)},
    **{(state, AskedPause): state for state in BUSY},
    (S.READY, Reserved): S.RESERVED,
    # app_queue rings whom it thinks free, and a phone may be dialled later than we waited for it
    **{(state, Rang): S.RINGING for state in (S.READY, S.RESERVED, S.RINGING, S.WRAP_UP, S.PAUSED)},
    **{(state, Answered): S.TALKING for state in (S.READY, S.RESERVED, S.RINGING, S.WRAP_UP, S.PAUSED)},
    **{(state, Released): S.READY for state in (S.RESERVED, S.RINGING)},
    **{(state, Missed): S.PAUSED for state in (S.RESERVED, S.RINGING)},
    (S.TALKING, PutOnHold): S.HELD,
    (S.HELD, TookBack): S.TALKING,
    **{(state, CallOver): S.WRAP_UP for state in IN_CALL},
    (S.WRAP_UP, WrapUpDone): S.READY,
}


def step(agent: Agent, fact: AgentInput) -> Agent:
    """Return the agent after the fact; `since` moves only when the state or its reason does.

    What was asked for during a call (pause, sign-out) replaces READY when the table would make the agent ready. Raises
    Refused where the table has no entry.
    """
    target = NEXT.get((agent.state, type(fact)))
    if target is None:
        signed_out = agent.state is S.LOGGED_OUT
        raise Refused(Code.AGENT_NOT_LOGGED_IN if signed_out else Code.AGENT_WRONG_STATE)
    moved = replace(agent, state=target, reason=None if target is not agent.state else agent.reason)
    return _settled(agent, _APPLY.get(type(fact), _unchanged)(moved, fact), fact.at)


def _settled(before: Agent, after: Agent, at: datetime) -> Agent:
    if after.state is S.WRAP_UP and after.wrap_up_until is None:
        after = replace(after, state=S.READY)
    if after.state is S.READY and after.next_state is not None:
        after = replace(after, state=after.next_state, reason=after.next_reason)
    if after.state in (S.READY, S.PAUSED, S.LOGGED_OUT):
        after = replace(after, call_id=None, wrap_up_until=None, next_state=None, next_reason=None)
    if after.state is S.READY:
        after = replace(after, idle_since=after.idle_since or at)
    elif after.state not in (S.RESERVED, S.RINGING):
        after = replace(after, idle_since=None)
    if (after.state, after.reason) != (before.state, before.reason):
        after = replace(after, since=at)
    return after


def _unchanged(agent: Agent, fact: AgentInput) -> Agent:
    return agent


def _signed_in(agent: Agent, fact: SignedIn) -> Agent:
    if agent.state is not S.PAUSED or agent.reason is not None:
        return agent
    return replace(agent, state=S.READY) if fact.ready else replace(agent, reason=PauseReason.SYSTEM)


def _signed_out(agent: Agent, fact: SignedOut) -> Agent:
    return agent if agent.state is S.LOGGED_OUT else replace(agent, next_state=S.LOGGED_OUT, next_reason=None)


def _became_ready(agent: Agent, fact: BecameReady) -> Agent:
    return replace(agent, next_state=None, next_reason=None)


def _asked_pause(agent: Agent, fact: AskedPause) -> Agent:
    if agent.state is S.PAUSED:
        return replace(agent, reason=fact.reason)
    if agent.next_state is S.LOGGED_OUT:
        return agent
    return replace(agent, next_state=S.PAUSED, next_reason=fact.reason)


def _with_call(agent: Agent, fact: Reserved | Rang | Answered) -> Agent:
    return replace(agent, call_id=fact.call_id, wrap_up_until=None)


def _missed(agent: Agent, fact: Missed) -> Agent:
    if agent.next_state is S.LOGGED_OUT:
        return replace(agent, state=S.LOGGED_OUT)
    return replace(agent, reason=fact.reason)


def _call_over(agent: Agent, fact: CallOver) -> Agent:
    until = fact.at + timedelta(seconds=fact.wrap_up_seconds) if fact.wrap_up_seconds > 0 else None
    return replace(agent, wrap_up_until=until)


_APPLY: dict[type[AgentInput], Callable[[Agent, Any], Agent]] = {
    SignedIn: _signed_in,
    SignedOut: _signed_out,
    BecameReady: _became_ready,
    AskedPause: _asked_pause,
    Reserved: _with_call,
    Rang: _with_call,
    Answered: _with_call,
    Missed: _missed,
    CallOver: _call_over,
}
