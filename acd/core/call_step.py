"""What each fact does to a call, and what is published about it. The table of states is in `call`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import AbandonStage, Direction, HangupSide, IvrOutcome
from acd.core import facts
from acd.core.call import (
    IN_ROOM,
    NEXT,
    AgentChosen,
    AgentGone,
    AgentReleased,
    Call,
    CallerGone,
    CallState,
    FallbackEntered,
    FallbackRingOver,
    RoomEntered,
)
from acd.core.effects import unnumbered
from acd.core.errors import Code, Refused

S = CallState

# Q.850 causes of an end that nobody wanted: network, media and protocol failures.
DROP_CAUSES = frozenset({27, 38, 41, 42, 44, 47, 58, 102, 111, 127})
NORMAL_CLEARING = 16

Stepped = tuple[Call, tuple[Event, ...]]


def step(call: Call, fact: facts.Fact) -> Stepped:
    """Return the call after the fact and what to publish. Raises Refused where the table has no entry."""
    target = NEXT.get((call.state, type(fact)))
    if target is None:
        raise Refused(Code.CALL_WRONG_STATE)
    after, published = _APPLY[type(fact)](call, fact)
    return replace(after, state=target), published


def milliseconds(since: datetime | None, until: datetime) -> int:
    """Never negative: two clocks may differ by a little."""
    return 0 if since is None else max(0, round((until - since) / timedelta(milliseconds=1)))


def _head(call: Call, fact: facts.Fact) -> dict[str, Any]:
    return {**unnumbered(fact.at, call.node), "call_id": call.call_id}


def _menu_answered(call: Call, fact: facts.MenuAnswered) -> Stepped:
    return call, (events.CallIvrAnswered(**_head(call, fact)),)


def _menu_visited(call: Call, fact: facts.MenuVisited) -> Stepped:
    event = events.CallIvrVisited(
        **_head(call, fact), menu_node=fact.menu_node[:40], key=fact.key[:16], outcome=fact.outcome[:40]
    )
    return call, (event,)


def _identified(call: Call, fact: facts.CallerIdentified) -> Stepped:
    event = events.CallIdentified(
        **_head(call, fact), customer_id=fact.customer_id[:40], auth_level=min(3, max(0, fact.auth_level))
    )
    return call, (event,)


def _password_checked(call: Call, fact: facts.PasswordChecked) -> Stepped:
    return call, (events.CallPasswordChecked(**_head(call, fact), result=fact.result),)


def _agent_wanted(call: Call, fact: facts.AgentWanted) -> Stepped:
    event = events.CallAgentRequested(**_head(call, fact), queue=fact.queue, reason=fact.reason[:40])
    return replace(call, agent_wanted=True), (event,)


def _menu_left(call: Call, fact: facts.MenuLeft) -> Stepped:
    served = fact.outcome is IvrOutcome.SELF_SERVICE
    wanted = call.agent_wanted or fact.outcome is IvrOutcome.AGENT
    after = replace(call, served_by_menu=served, agent_wanted=wanted)
    return after, (events.CallIvrLeft(**_head(call, fact), outcome=fact.outcome),)


def _entered(call: Call, fact: RoomEntered) -> Stepped:
    """Back from a missed ring the caller's stay goes on: the place in time is kept and nothing is published."""
    fallback = isinstance(fact, FallbackEntered)
    staying = call.queued_at is not None and call.state in IN_ROOM
    missed = _missed(call, fact) if call.state in (S.RESERVED, S.RINGING) else ()
    after = replace(
        call,
        channel=fact.channel,
        queue=fact.queue,
        priority=fact.priority,
        fallback=fallback,
        agent_id=None,
        agent_channel=None,
        decision="",
        ringing_since=None,
        alerted=False,
        ring_status="",
    )
    if staying:
        return after, missed
    queued = events.CallQueued(
        **_head(call, fact), queue=fact.queue, priority=fact.priority, position=fact.position, fallback=fallback
    )
    return replace(after, queued_at=fact.queued_at), (*missed, queued)


def _missed(call: Call, fact: facts.Fact) -> tuple[Event, ...]:
    if call.agent_id is None:
        return ()
    return (
        events.CallAgentMissed(
            **_head(call, fact),
            queue=call.queue,
            agent_id=call.agent_id,
            ring_ms=milliseconds(call.ringing_since, fact.at),
            cause=call.ring_status or "not_dialled",
        ),
    )


def _chosen(call: Call, fact: AgentChosen) -> Stepped:
    return replace(call, agent_id=fact.agent_id, decision=fact.decision), ()


def _released(call: Call, fact: AgentReleased) -> Stepped:
    return replace(call, agent_id=None, decision=""), ()


def _dialled(call: Call, fact: facts.PhoneDialled) -> Stepped:
    if call.state is S.RINGING and call.agent_id == fact.agent_id:
        return call, ()  # the agent's second phone
    decision = call.decision or ("app_queue's choice" if call.fallback else "dialled by Asterisk")
    after = replace(
        call, agent_id=fact.agent_id, agent_channel=fact.channel, ringing_since=fact.at, alerted=False, ring_status=""
    )
    event = events.CallAgentRinging(
        **_head(call, fact), queue=call.queue, agent_id=fact.agent_id, decision=decision[:400]
    )
    return after, (event,)


def _alerted(call: Call, fact: facts.PhoneAlerted) -> Stepped:
    return replace(call, alerted=True), ()


def _failed(call: Call, fact: facts.PhoneFailed) -> Stepped:
    return replace(call, ring_status=fact.status[:40].lower()), ()


def _fallback_ring_over(call: Call, fact: FallbackRingOver) -> Stepped:
    after = replace(call, agent_id=None, agent_channel=None, ringing_since=None, alerted=False, ring_status="")
    return after, _missed(call, fact)


def _answered(call: Call, fact: facts.PhoneAnswered) -> Stepped:
    event = events.CallConnected(
        **_head(call, fact),
        queue=call.queue,
        agent_id=fact.agent_id,
        wait_ms=milliseconds(call.queued_at, fact.at),
        ring_ms=milliseconds(call.ringing_since, fact.at),
    )
    after = replace(
        call,
        agent_id=fact.agent_id,
        agent_channel=fact.channel,
        connected_at=fact.at,
        announced=False,
        held_at=None,
        hold_ms=0,
        hangup_side=None,
    )
    return after, (event,)


def _held(call: Call, fact: facts.PhoneHeld) -> Stepped:
    return replace(call, held_at=fact.at), (events.CallHeld(**_head(call, fact), agent_id=fact.agent_id),)


def _resumed(call: Call, fact: facts.PhoneResumed) -> Stepped:
    hold_ms = milliseconds(call.held_at, fact.at)
    event = events.CallResumed(**_head(call, fact), agent_id=fact.agent_id, hold_ms=hold_ms)
    return replace(call, held_at=None, hold_ms=call.hold_ms + hold_ms), (event,)


def _transferred(call: Call, fact: facts.BlindTransferred) -> Stepped:
    by = call.agent_id or AgentId("")
    return call, (events.CallTransferred(**_head(call, fact), kind="blind", by=by, to=fact.to[:64]),)


def _conversation_over(call: Call, at: datetime) -> Call:
    hold_ms = call.hold_ms + milliseconds(call.held_at, at)
    talk_ms = max(0, milliseconds(call.connected_at, at) - hold_ms)
    return replace(
        call,
        hold_ms=hold_ms,
        held_at=None,
        connected_at=None,
        total_talk_ms=call.total_talk_ms + talk_ms,
        total_hold_ms=call.total_hold_ms + hold_ms,
    )


def _agent_gone(call: Call, fact: AgentGone) -> Stepped:
    return _conversation_over(call, fact.at), ()


def _surveyed(call: Call, fact: facts.CallerSurveyed) -> Stepped:
    event = events.CallSurveyed(
        **_head(call, fact),
        agent_id=call.agent_id,
        satisfaction=fact.satisfaction,
        dissatisfaction_reason=fact.reason[:40],
    )
    return call, (event,)


def _hangup_asked(call: Call, fact: facts.HangupAsked) -> Stepped:
    """The first far side to hang up ended the call; after the agent's hang-up the customer's no longer counts."""
    if call.hangup_side is not None:
        return call, ()
    if fact.channel == call.channel:
        return replace(call, hangup_side=HangupSide.CUSTOMER), ()
    if fact.channel == call.agent_channel and call.state in (S.CONNECTED, S.HELD):
        return replace(call, hangup_side=HangupSide.AGENT), ()
    return call, ()


def _abandon_stage(call: Call) -> AbandonStage | None:
    """None when the call was served, or nobody was asked for."""
    match call.state:
        case S.WAITING | S.FALLBACK | S.RESERVED:
            return AbandonStage.QUEUE
        case S.RINGING:
            return AbandonStage.RING
        case S.OFFERED | S.IN_IVR if call.direction is Direction.INBOUND:
            return AbandonStage.IVR if call.agent_wanted or not call.served_by_menu else None
        case _:
            return None


def _caller_gone(call: Call, fact: CallerGone) -> Stepped:
    talking = call.state in (S.CONNECTED, S.HELD)
    after = _conversation_over(call, fact.at) if talking else call
    published: list[Event] = []
    stage = None if fact.inferred else _abandon_stage(call)
    if stage is not None:
        waited = milliseconds(call.queued_at, fact.at) if stage is not AbandonStage.IVR else 0
        queue = call.queue or None
        published.append(events.CallAbandoned(**_head(call, fact), stage=stage, queue=queue, wait_ms=waited))
    ended = events.CallEnded(
        **_head(call, fact),
        hangup_side=call.hangup_side or HangupSide.SYSTEM,
        hangup_cause=fact.cause or NORMAL_CLEARING,  # Asterisk leaves 0 for a plain BYE
        talk_ms=after.total_talk_ms,
        hold_ms=after.total_hold_ms,
        agent_id=call.agent_id if talking or call.state is S.LEFT else None,
        dropped=talking and fact.cause in DROP_CAUSES,
        incomplete=call.incomplete or fact.inferred,
    )
    return after, (*published, ended)


_APPLY: dict[type[facts.Fact], Callable[[Call, Any], Stepped]] = {
    facts.MenuAnswered: _menu_answered,
    facts.MenuVisited: _menu_visited,
    facts.CallerIdentified: _identified,
    facts.PasswordChecked: _password_checked,
    facts.AgentWanted: _agent_wanted,
    facts.MenuLeft: _menu_left,
    RoomEntered: _entered,
    FallbackEntered: _entered,
    AgentChosen: _chosen,
    AgentReleased: _released,
    facts.PhoneDialled: _dialled,
    facts.PhoneAlerted: _alerted,
    facts.PhoneFailed: _failed,
    FallbackRingOver: _fallback_ring_over,
    facts.PhoneAnswered: _answered,
    facts.PhoneHeld: _held,
    facts.PhoneResumed: _resumed,
    facts.BlindTransferred: _transferred,
    AgentGone: _agent_gone,
    facts.CallerSurveyed: _surveyed,
    facts.HangupAsked: _hangup_asked,
    CallerGone: _caller_gone,
}
