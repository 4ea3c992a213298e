"""One agent: presence, the transition table, step. Which call an agent gets is routing's business."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import AgentState, Device, PauseReason
from acd.core.agents.inputs import (
    AgentInput,
    Answered,
    AskedPause,
    BecameReady,
    CallOver,
    Consulting,
    ConsultOver,
    DeskGone,
    DeskReturned,
    KeptOver,
    Missed,
    PhoneLost,
    PutOnHold,
    Rang,
    Released,
    Reserved,
    SignedIn,
    SignedOut,
    TookBack,
    WrapUpDone,
    WrapUpSet,
)
from acd.core.errors import Code, Refused

__all__ = [
    "BUSY",
    "DESK_GRACE",
    "FREE",
    "IN_CALL",
    "NEXT",
    "SIGNED_IN",
    "Agent",
    "AgentInput",
    "Answered",
    "AskedPause",
    "BecameReady",
    "CallOver",
    "ConsultOver",
    "Consulting",
    "DeskGone",
    "DeskReturned",
    "KeptOver",
    "Missed",
    "PhoneLost",
    "PutOnHold",
    "Rang",
    "Released",
    "Reserved",
    "SignedIn",
    "SignedOut",
    "TookBack",
    "WrapUpDone",
    "WrapUpSet",
    "step",
]

DESK_GRACE = timedelta(seconds=10)
"""An agent whose desk is away for longer gets no call."""


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
    next_by: str = ""
    wrap_up_until: datetime | None = None
    pause_until: datetime | None = None
    """When the pause going on should end, by the table's limits."""
    by: str = ""
    """The supervisor who forced the present state."""
    misses: int = 0
    """Missed rings in a row: an answer, a sign-in and the pause they lead to begin anew."""
    devices: tuple[Device, ...] = tuple(Device)
    session: str = ""
    """Which desk speaks for the agent; empty: none is watched."""
    desk_lost_at: datetime | None = None
    waits_for_desk: bool = False
    """Paused only because the desk is away: ready again when it is back."""
    assigned: bool = False
    """Queues and skills were given by a supervisor: a sign-in on another desk does not undo it."""


S = AgentState
IN_CALL = (S.TALKING, S.HELD, S.CONSULTING)
BUSY = (S.RESERVED, S.RINGING, *IN_CALL, S.KEPT)
FREE = (S.READY, S.PAUSED, S.WRAP_UP)
SIGNED_IN = tuple(state for state in AgentState if state is not S.LOGGED_OUT)
# app_queue rings whom it thinks free, and a phone may be dialled later than we waited for it
MAY_RING = (S.READY, S.RESERVED, S.RINGING, S.WRAP_UP, S.PAUSED, S.KEPT)

NEXT: dict[tuple[AgentState, type[AgentInput]], AgentState] = {
    (S.LOGGED_OUT, SignedIn): S.PAUSED,
    **{(state, SignedIn): state for state in SIGNED_IN},
    **{(state, SignedOut): S.LOGGED_OUT for state in FREE},
    **{(state, SignedOut): state for state in BUSY},
    **{(state, BecameReady): S.READY for state in FREE},
    **{(state, BecameReady): state for state in BUSY},
    **{(state, AskedPause): S.PAUSED for state in FREE},
    **{(state, AskedPause): state for state in BUSY},
    **{(state, Reserved): S.RESERVED for state in (S.READY, S.KEPT)},
    **{(state, Rang): S.RINGING for state in MAY_RING},
    **{(state, Answered): S.TALKING for state in MAY_RING},
    **{(state, Released): S.READY for state in (S.RESERVED, S.RINGING)},
    **{(state, Missed): S.PAUSED for state in (S.RESERVED, S.RINGING, S.KEPT)},
    (S.TALKING, PutOnHold): S.HELD,
    (S.HELD, TookBack): S.TALKING,
    **{(state, Consulting): S.CONSULTING for state in (S.TALKING, S.HELD)},
    (S.CONSULTING, ConsultOver): S.TALKING,
    **{(state, PhoneLost): S.KEPT for state in (S.RESERVED, S.RINGING, *IN_CALL, S.WRAP_UP)},
    (S.KEPT, KeptOver): S.PAUSED,
    **{(state, CallOver): S.WRAP_UP for state in IN_CALL},
    (S.WRAP_UP, WrapUpSet): S.WRAP_UP,
    (S.WRAP_UP, WrapUpDone): S.READY,
    **{(state, DeskGone): state for state in SIGNED_IN},
    **{(state, DeskReturned): state for state in SIGNED_IN},
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
    moves = target is not agent.state
    moved = replace(agent, state=target, reason=None, by="", waits_for_desk=False) if moves else agent
    return _settled(agent, _APPLY.get(type(fact), _unchanged)(moved, fact), fact)


def _settled(before: Agent, after: Agent, fact: AgentInput) -> Agent:
    if after.state is S.WRAP_UP and (after.wrap_up_until is None or after.wrap_up_until <= fact.at):
        after = replace(after, state=S.READY)
    if after.state is S.READY and after.next_state is not None:
        after = replace(after, state=after.next_state, reason=after.next_reason, by=after.next_by)
    if after.state is S.READY and after.desk_lost_at is not None and fact.at >= after.desk_lost_at + DESK_GRACE:
        after = replace(after, state=S.PAUSED, reason=PauseReason.SYSTEM, waits_for_desk=True)
    if after.state in (S.READY, S.PAUSED, S.LOGGED_OUT):
        after = replace(after, call_id=None, wrap_up_until=None, next_state=None, next_reason=None, next_by="")
    if after.state is S.LOGGED_OUT:
        after = replace(after, session="", desk_lost_at=None, assigned=False)
    if after.state is S.READY:
        after = replace(after, idle_since=after.idle_since or fact.at)
    elif after.state not in (S.RESERVED, S.RINGING):
        after = replace(after, idle_since=None)
    return replace(after, since=fact.at) if (after.state, after.reason) != (before.state, before.reason) else after


def _unchanged(agent: Agent, fact: AgentInput) -> Agent:
    return agent


def _signed_in(agent: Agent, fact: SignedIn) -> Agent:
    if agent.state is not S.PAUSED or agent.reason is not None:
        return agent
    agent = replace(agent, misses=0)
    return replace(agent, state=S.READY) if fact.ready else replace(agent, reason=PauseReason.SYSTEM)


def _signed_out(agent: Agent, fact: SignedOut) -> Agent:
    if agent.state is S.LOGGED_OUT:
        return replace(agent, by=fact.by)
    return replace(agent, next_state=S.LOGGED_OUT, next_reason=None, next_by=fact.by)


def _became_ready(agent: Agent, fact: BecameReady) -> Agent:
    """Who says so himself sits at a desk, whatever was heard of it; a word during a call forces nothing."""
    by = fact.by if agent.state is S.READY else agent.by
    agent = replace(agent, next_state=None, next_reason=None, next_by="", by=by)
    return agent if fact.by else replace(agent, desk_lost_at=None)


def _asked_pause(agent: Agent, fact: AskedPause) -> Agent:
    if agent.state is S.PAUSED:
        return replace(agent, reason=fact.reason, by=fact.by, waits_for_desk=False)
    if agent.next_state is S.LOGGED_OUT:
        return agent
    return replace(agent, next_state=S.PAUSED, next_reason=fact.reason, next_by=fact.by)


def _with_call(agent: Agent, fact: Reserved | Rang) -> Agent:
    return replace(agent, call_id=fact.call_id, wrap_up_until=None)


def _answered(agent: Agent, fact: Answered) -> Agent:
    return replace(agent, call_id=fact.call_id, wrap_up_until=None, misses=0)


def _missed(agent: Agent, fact: Missed) -> Agent:
    """Not yet too often: ready, behind everybody else."""
    misses = agent.misses + 1
    if agent.next_state is S.LOGGED_OUT:
        return replace(agent, state=S.LOGGED_OUT, by=agent.next_by)
    if fact.reason is PauseReason.RONA and misses < fact.allowed:
        return replace(agent, state=S.READY, misses=misses, idle_since=fact.at)
    return replace(agent, reason=fact.reason, misses=0)


def _phone_lost(agent: Agent, fact: PhoneLost) -> Agent:
    return replace(agent, wrap_up_until=None)


def _kept_over(agent: Agent, fact: KeptOver) -> Agent:
    if agent.next_state is S.LOGGED_OUT:
        return replace(agent, state=S.LOGGED_OUT, by=agent.next_by)
    return replace(agent, reason=PauseReason.UNREACHABLE)


def _call_over(agent: Agent, fact: CallOver) -> Agent:
    until = fact.at + timedelta(seconds=fact.wrap_up_seconds) if fact.wrap_up_seconds > 0 else None
    return replace(agent, wrap_up_until=until)


def _wrap_up_set(agent: Agent, fact: WrapUpSet) -> Agent:
    return replace(agent, wrap_up_until=fact.at + timedelta(seconds=fact.seconds))


def _desk_gone(agent: Agent, fact: DeskGone) -> Agent:
    return replace(agent, desk_lost_at=agent.desk_lost_at or fact.at)


def _desk_returned(agent: Agent, fact: DeskReturned) -> Agent:
    agent = replace(agent, desk_lost_at=None)
    return replace(agent, state=S.READY, reason=None, waits_for_desk=False) if agent.waits_for_desk else agent


_APPLY: dict[type[AgentInput], Callable[[Agent, Any], Agent]] = {
    SignedIn: _signed_in,
    SignedOut: _signed_out,
    BecameReady: _became_ready,
    AskedPause: _asked_pause,
    Reserved: _with_call,
    Rang: _with_call,
    Answered: _answered,
    Missed: _missed,
    PhoneLost: _phone_lost,
    KeptOver: _kept_over,
    CallOver: _call_over,
    WrapUpSet: _wrap_up_set,
    DeskGone: _desk_gone,
    DeskReturned: _desk_returned,
}
