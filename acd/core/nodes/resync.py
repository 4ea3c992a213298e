"""After a gap (restart, lost link) the world is brought back in step with what is alive on the node.

Callers found waiting keep their seniority, conversations their true beginnings as far as anybody knew them; a call
that ended while nobody watched is ended here, marked incomplete.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from acd.contracts import events
from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId, NodeName
from acd.contracts.vocabulary import AgentState, Direction, QueueExit
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.agents import kept
from acd.core.agents.members import device_changes, member_repairs
from acd.core.agents.phones import phone_answered, phone_dialled
from acd.core.callbacks import after_gap
from acd.core.callers.journey import (
    agent_left,
    caller_asked,
    caller_in_fallback,
    caller_left,
    caller_waiting,
    queue_left,
)
from acd.core.calls.call import IN_CONVERSATION, AgentGone, Call, CallerGone, CallState, FallbackEntered, RoomEntered
from acd.core.calls.progress import adopt, advance
from acd.core.control.found import settle, settle_spies
from acd.core.effects import unnumbered
from acd.core.facts import CallerAsked, CallerInFallback, CallerWaiting, LegState, LiveLeg, QueueLeft, Timer
from acd.core.nodes.lease import renew_on
from acd.core.nodes.node import Node
from acd.core.outbound import dunning
from acd.core.recordings import recorder
from acd.core.state import World
from acd.core.waiting import matching, stay

S = CallState
TALKING = IN_CONVERSATION
WITHOUT_AGENT = (S.OFFERED, S.IN_IVR, S.WAITING, S.AWAY, S.FALLBACK, S.LEFT, S.ENDED)
AGENT_IS_GONE = (Context.DELIVER, Context.TALKED, Context.SURVEY, Context.WAITING, Context.FALLBACK, Context.IVR)
"""A talking caller found there without the agent's leg has lost it. Of a place not named here nothing is concluded."""
OUT_OF_THE_ROOM = (Context.ASK_CALLBACK, Context.LEAVE_MESSAGE, Context.MANAGER)
BEFORE_THE_ROOM = (Context.INBOUND, Context.IVR, Context.FAILED, Context.OUTBOUND)


@dataclass(frozen=True, slots=True)
class Found:
    """One call as it is alive on the node."""

    caller: LiveLeg
    phone: LiveLeg | None
    """The agent's leg, the one that talks if there are several."""
    legs: tuple[LiveLeg, ...]
    """All of them."""


def resynced(world: World, fact: facts.Resynced) -> None:
    """What lives on the node is known again."""
    node = world.nodes[fact.node]
    world.cancel_timer(Timer.NODE, fact.node)
    legs = [leg for leg in fact.legs if leg.channel not in node.gone]
    found = _calls_among(world, legs)
    unique_ids = {leg.unique_id for leg in legs}
    blind_since = min(node.blind_since or fact.at, fact.at)
    _note_phones(world, fact.node, legs)
    node.synced, node.gone = True, set()
    _close_all_but(world, fact.node, set(found), blind_since)
    for call_id, alive in found.items():
        _reconcile(world, node, _known(world, call_id, alive, fact), alive, fact.at, blind_since)
        settle_spies(world, world.calls[call_id], unique_ids)
        recorder.found(world, call_id, alive.caller, fact)
    _settle_agents(world, fact.node, legs, blind_since)
    _rejoin_agents(world)
    for call in world.calls.values():  # on their way to a phone, or back from one: if nothing is heard, offer again
        if call.node == fact.node and call.state in (S.RESERVED, S.WAITING) and call.call_id not in world.room:
            world.set_timer(Timer.RESERVED, call.call_id, matching.DIAL_WITHIN)
    _settle_attempts(world, fact.node, legs)
    after_gap.settle(world, fact.node, legs)
    node.blind_since, node.heard, node.given_up = None, True, set()
    world.ask(*member_repairs(fact.node, world.fallback_queues, fact.members, world.agents.values()))
    for agent in world.agents.values():
        world.ask(*device_changes(fact.node, None, agent))
    renew_on(world, fact.node)
    recorder.tell_unrecorded(world, fact.node)
    world.publish(events.AcdLinkUp(**unnumbered(fact.at, fact.node)))
    world.rematch = True


def nothing_lives(world: World, node: Node) -> None:
    """Nobody will ever tell how the node's calls ended: their books are closed at the moment we last saw them."""
    blind_since = min(node.blind_since or world.now, world.now)
    node.given_up |= {call.call_id for call in world.calls.values() if call.node == node.name}
    _note_phones(world, node.name, [])
    _close_all_but(world, node.name, set(), blind_since)
    _settle_agents(world, node.name, [], blind_since)
    _settle_attempts(world, node.name, [])
    after_gap.settle(world, node.name, [])
    node.heard, world.rematch = True, True


def _close_all_but(world: World, node: NodeName, alive: set[CallId], blind_since: datetime) -> None:
    for call in list(world.calls.values()):
        if call.node == node and call.call_id not in alive:
            caller_left(world, call, CallerGone(blind_since, node, 0, inferred=True))


def _calls_among(world: World, legs: list[LiveLeg]) -> dict[CallId, Found]:
    """The first leg of a call gave it its id; somebody outside, asked or sent to, has one without an agent, too."""
    of: dict[CallId, list[LiveLeg]] = defaultdict(list)
    for leg in legs:
        if leg.call_id:
            of[leg.call_id].append(leg)
    found = {}
    for call_id, together in of.items():
        callers = [leg for leg in together if leg.agent_id is None]
        phones = [leg for leg in together if leg.agent_id is not None]
        known = world.calls.get(call_id)
        if callers and (known is None or known.channel in [leg.channel for leg in callers]):
            caller = min(callers, key=lambda leg: leg.unique_id != call_id)
            phone = min(phones, key=lambda leg: leg.state is not LegState.UP, default=None)
            found[call_id] = Found(caller, phone, tuple(together))
    return found


def _note_phones(world: World, node: NodeName, legs: list[LiveLeg]) -> None:
    for live in world.phones.values():
        live.difference_update({place for place in live if place[0] == node})
    for leg in legs:
        if leg.agent_id is not None:
            world.phones.setdefault(leg.agent_id, set()).add((node, leg.channel))
    for agent in world.agents.values():
        world.seat(agent)


def _known(world: World, call_id: CallId, alive: Found, fact: facts.Resynced) -> Call:
    """The call as remembered, or taken on now: it arrived while nobody watched."""
    leg = alive.caller
    call = world.calls.get(call_id)
    if call is not None:
        return call
    if after_gap.found(world, leg, fact):
        return world.calls[call_id]
    attempt = world.attempts.get(leg.attempt_id) if leg.attempt_id else None
    if attempt is not None and attempt.answered_at is None:
        picked_up = facts.AttemptPickedUp(fact.at, fact.node, call_id, leg.channel, attempt.attempt_id)
        dunning.picked_up(world, picked_up)
        return world.calls[call_id]
    direction = Direction.OUTBOUND if leg.attempt_id else Direction.INBOUND
    began = fact.at - timedelta(seconds=leg.age_seconds)
    call = Call(call_id, fact.node, leg.channel, direction, began, leg.did, leg.caller, leg.attempt_id, incomplete=True)
    return adopt(world, call)


def _reconcile(world: World, node: Node, call: Call, alive: Found, now: datetime, blind_since: datetime) -> None:
    """Replay what must have happened while nobody watched, dated as early as it can have been."""
    leg, phone = alive.caller, alive.phone
    call = settle(world, call, alive.legs, blind_since)
    if call.state in TALKING and phone is None and leg.context in AGENT_IS_GONE:
        call = agent_left(world, replace(call, incomplete=True), AgentGone(blind_since, node.name))
    if leg.context == Context.KEPT:
        _found_kept(world, call, leg, now, blind_since)
    elif leg.context == Context.WAITING:
        _found_waiting(world, call, leg, now)
    elif leg.context == Context.FALLBACK and phone is None:
        caller_in_fallback(
            world,
            CallerInFallback(now, node.name, call.call_id, leg.channel, leg.queue, leg.priority, leg.queued_at),
        )
    elif phone is not None and call.state not in TALKING:
        _found_with_agent(world, call, leg, phone, max(blind_since, now - timedelta(seconds=phone.age_seconds)))
    elif leg.context == Context.DELIVER and call.state in (S.OFFERED, S.IN_IVR):
        _ensure_queued(world, call, leg, now)
    elif leg.context == Context.SURVEY and call.state is not S.LEFT:
        _found_after_agent(world, call, leg, now, blind_since)
    elif leg.context in OUT_OF_THE_ROOM and call.state not in (S.RESERVED, S.AWAY) and not _has_manager(call, leg):
        _found_asking(world, call, leg, now)
    elif leg.context == Context.IVR and call.state in (S.WAITING, S.AWAY):
        queue_left(world, QueueLeft(now, node.name, call.call_id, leg.channel, QueueExit.MENU))
    elif call.state is S.KEPT:  # on the way somewhere: if nothing is heard of it, others are offered the caller
        world.set_timer(Timer.KEPT, call.call_id, kept.ANSWER_WITHIN)
    elif leg.context in BEFORE_THE_ROOM and call.state is S.OFFERED:
        world.put_call(replace(call, state=S.IN_IVR))


def _found_waiting(world: World, call: Call, leg: LiveLeg, now: datetime) -> None:
    if call.state is S.RESERVED:
        matching.release(world, call)
    elif call.state is S.WAITING:
        stay.begin(world, call)
    else:
        again = CallerWaiting(now, call.node, call.call_id, leg.channel, leg.queue, leg.priority, leg.queued_at)
        caller_waiting(world, again)


def _has_manager(call: Call, leg: LiveLeg) -> bool:
    """Talks to the own manager, who answered outside the house: not in the queue any more."""
    return leg.context == Context.MANAGER and call.state is S.IN_IVR and call.served_by_menu


def _found_asking(world: World, call: Call, leg: LiveLeg, now: datetime) -> None:
    """Went from the room to a question, unseen."""
    _ensure_queued(world, call, leg, now)
    caller_asked(world, CallerAsked(now, call.node, call.call_id, leg.channel, leg.context))


def _found_kept(world: World, call: Call, leg: LiveLeg, now: datetime, blind_since: datetime) -> None:
    if call.agent_id is None:  # of a conversation we know nothing of: nobody to be kept for
        _found_after_agent(world, call, leg, now, blind_since)
    kept.found(world, world.calls[call.call_id], now, blind_since)


def _found_with_agent(world: World, call: Call, leg: LiveLeg, phone: LiveLeg, dialled_at: datetime) -> None:
    """A phone rings or talks for a call we last saw waiting (or never saw)."""
    if phone.agent_id is None:
        return
    _ensure_queued(world, call, leg, dialled_at)
    where = (dialled_at, call.node, phone.agent_id, phone.channel, call.call_id)
    phone_dialled(world, facts.PhoneDialled(*where))
    if phone.state is LegState.UP:
        for _ in ("picked up", "announced"):
            phone_answered(world, facts.PhoneAnswered(*where))


def _found_after_agent(world: World, call: Call, leg: LiveLeg, now: datetime, blind_since: datetime) -> None:
    """Answered and over while nobody watched: counted as answered, its times only as far as they are known."""
    call = replace(call, incomplete=True)
    world.put_call(call)
    if leg.served_by is None:
        world.put_call(replace(call, state=S.LEFT))
        return
    earliest = max(blind_since, leg.queued_at or now - timedelta(seconds=leg.age_seconds))
    _ensure_queued(world, call, leg, earliest)
    where = (earliest, call.node, leg.served_by, leg.channel, call.call_id)
    answered = advance(world, world.calls[call.call_id], facts.PhoneAnswered(*where))
    if answered is not None:
        advance(world, answered, AgentGone(earliest, call.node))  # how long they talked nobody knows


def _ensure_queued(world: World, call: Call, leg: LiveLeg, at: datetime) -> None:
    """A call beyond the waiting room has been through it, seen or not."""
    if call.queued_at is None:
        joined, in_fallback = leg.queued_at or at, leg.context == Context.FALLBACK
        passed = (joined, call.node, world.queue(leg.queue).name, leg.priority, joined, 1, leg.channel)
        advance(world, call, FallbackEntered(*passed) if in_fallback else RoomEntered(*passed))


def _settle_agents(world: World, node: NodeName, legs: list[LiveLeg], blind_since: datetime) -> None:
    """Agents held by calls of this node that are no more, or no longer theirs. Who is still on the line keeps it."""
    prefix, on_the_line = f"{node}-", {(leg.agent_id, leg.call_id) for leg in legs}
    for agent in list(world.agents.values()):
        if agent.call_id is None or agent.state is AgentState.WRAP_UP or after_gap.keeps(world, agent):
            continue
        call = world.calls.get(agent.call_id)
        if call is not None and (call.node != node or (agent.agent_id, call.call_id) in on_the_line):
            continue
        if call is not None and call.agent_id == agent.agent_id and call.state not in WITHOUT_AGENT:
            continue
        if call is None and not agent.call_id.startswith(prefix):
            continue
        freed = (agents.CallOver(blind_since, 0), agents.Released(blind_since), agents.KeptOver(blind_since))
        over = next(over for over in freed if (agent.state, type(over)) in agents.NEXT)
        world.put_agent(agents.step(agent, over))


def _rejoin_agents(world: World) -> None:
    """Whom one node freed may have been found in a conversation on another one before."""
    for call in world.calls.values():
        agent = world.agents.get(call.agent_id) if call.agent_id and call.state in TALKING else None
        if agent is None or agent.call_id == call.call_id:
            continue
        if (agent.state, agents.Answered) in agents.NEXT:
            world.put_agent(agents.step(agent, agents.Answered(call.connected_at or world.now, call.call_id)))


def _settle_attempts(world: World, node: NodeName, legs: list[LiveLeg]) -> None:
    alive = {leg.unique_id for leg in legs}
    for attempt in list(world.attempts.values()):
        if attempt.node != node or attempt.unique_id in alive:
            continue
        if attempt.answered_at is None:
            dunning.finish_unanswered(world, attempt, world.now, 0)
