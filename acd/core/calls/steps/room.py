"""Waiting and ringing."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.vocabulary import QueueExit
from acd.core import facts
from acd.core.calls.call import (
    IN_ROOM,
    AgentChosen,
    AgentReleased,
    Call,
    FallbackEntered,
    FallbackRingOver,
    RoomEntered,
)
from acd.core.calls.call import CallState as S
from acd.core.calls.steps.base import Stepped, head, milliseconds
from acd.core.waiting.announcements import NOTHING_TOLD, told_before


def entered(call: Call, fact: RoomEntered) -> Stepped:
    """Back from a missed ring the caller's stay goes on: the place in time is kept and nothing is published."""
    fallback = isinstance(fact, FallbackEntered)
    staying = call.waiting_since is not None and call.state in IN_ROOM and call.kept_since is None
    missed = _missed(call, fact) if call.state in (S.RESERVED, S.RINGING) and call.kept_since is None else ()
    after = replace(
        call,
        channel=fact.channel,
        queue=fact.queue,
        priority=fact.priority,
        fallback=fallback,
        agent_id=None,
        agent_channel=None,
        decision="",
        why=(),
        ringing_since=None,
        alerted=False,
        ring_status="",
        kept_since=None,
    )
    if staying:
        return after, missed
    queued = events.CallQueued(
        **head(call, fact), queue=fact.queue, priority=fact.priority, position=fact.position, fallback=fallback
    )
    since = fact.queued_at if call.queued_at is None else fact.at
    told = told_before(call.told) if call.queue == fact.queue else NOTHING_TOLD
    return replace(after, queued_at=fact.queued_at, waiting_since=since, told=told), (*missed, queued)


def asked(call: Call, fact: facts.CallerAsked) -> Stepped:
    """Still in the queue as far as anybody counts: who hangs up now has given up waiting."""
    return call, ()


def left(call: Call, fact: facts.QueueLeft) -> Stepped:
    """For something else than an agent. Only in the menu there is still something to be had."""
    event = events.CallQueueLeft(
        **head(call, fact), queue=call.queue, how=fact.how, wait_ms=milliseconds(call.waiting_since, fact.at)
    )
    return replace(call, agent_wanted=False, served_by_menu=fact.how is not QueueExit.MENU), (event,)


def _missed(call: Call, fact: facts.Fact) -> tuple[Event, ...]:
    if call.agent_id is None:
        return ()
    return (
        events.CallAgentMissed(
            **head(call, fact),
            queue=call.queue,
            agent_id=call.agent_id,
            ring_ms=milliseconds(call.ringing_since, fact.at),
            cause=call.ring_status or "not_dialled",
        ),
    )


def chosen(call: Call, fact: AgentChosen) -> Stepped:
    return replace(call, agent_id=fact.agent_id, decision=fact.decision, why=fact.why), ()


def released(call: Call, fact: AgentReleased) -> Stepped:
    return replace(call, agent_id=None, decision="", why=()), ()


def dialled(call: Call, fact: facts.PhoneDialled) -> Stepped:
    if call.state is S.RINGING and call.agent_id == fact.agent_id:
        return call, ()  # the agent's second phone
    decision = call.decision or ("app_queue's choice" if call.fallback else "dialled by Asterisk")
    after = replace(
        call, agent_id=fact.agent_id, agent_channel=fact.channel, ringing_since=fact.at, alerted=False, ring_status=""
    )
    if call.kept_since is not None and call.agent_id == fact.agent_id:
        return after, ()  # a caller given back: no new offer
    event = events.CallAgentRinging(
        **head(call, fact), queue=call.queue, agent_id=fact.agent_id, decision=decision[:400], why=call.why
    )
    return after, (event,)


def alerted(call: Call, fact: facts.PhoneAlerted) -> Stepped:
    return replace(call, alerted=True), ()


def failed(call: Call, fact: facts.PhoneFailed) -> Stepped:
    return replace(call, ring_status=fact.status[:40].lower()), ()


def fallback_ring_over(call: Call, fact: FallbackRingOver) -> Stepped:
    after = replace(call, agent_id=None, agent_channel=None, ringing_since=None, alerted=False, ring_status="")
    return after, _missed(call, fact)
