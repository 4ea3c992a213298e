"""The agents' telephones and every leg's end. Handlers of the facts that channels report."""

from dataclasses import replace

from acd.contracts.ids import AgentId
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.agents import kept
from acd.core.callbacks import answered, dialling
from acd.core.callers import contacts
from acd.core.callers.journey import agent_left, caller_left
from acd.core.calls.call import IN_CONVERSATION, AgentGone, Call, CallerGone, CallState, FallbackRingOver
from acd.core.calls.progress import advance, advance_agent
from acd.core.calls.steps.end import DROP_CAUSES
from acd.core.control import conference, consult, hold, spying
from acd.core.facts import Timer
from acd.core.outbound import dunning
from acd.core.state import World
from acd.core.waiting import matching
from acd.core.waiting.expectation import learn_wait

S = CallState


def leg_opened(world: World, fact: facts.LegOpened) -> None:
    """An agent on the phone, be it for a call of ours, a colleague or the echo test, gets no other call now."""
    if fact.agent_id is None:
        dunning.leg_opened(world, fact)
        dialling.leg_opened(world, fact)
    else:
        world.phones.setdefault(fact.agent_id, set()).add((fact.node, fact.channel))
        _seat(world, fact.agent_id)


def leg_alerted(world: World, fact: facts.LegAlerted) -> None:
    dunning.leg_alerted(world, fact)
    dialling.leg_alerted(world, fact)


def _seat(world: World, agent_id: AgentId) -> None:
    agent = world.agents.get(agent_id)
    if agent is not None:
        world.seat(agent)


def phone_dialled(world: World, fact: facts.PhoneDialled) -> None:
    call = world.calls.get(fact.call_id)
    if call is None:
        return
    if call.state in IN_CONVERSATION and fact.agent_id != call.agent_id:
        consult.dialled(world, call, fact)
        return
    if call.state in (S.RESERVED, S.RINGING) and call.agent_id != fact.agent_id:
        # An earlier redirect took effect after all: the phone that rings wins.
        matching.free_agent(world, call, fact.at)
    world.leave_room(call)
    if advance(world, call, fact) is not None:
        world.cancel_timer(Timer.RESERVED, call.call_id)
        advance_agent(world, fact.agent_id, agents.Rang(fact.at, call.call_id))


def phone_answered(world: World, fact: facts.PhoneAnswered) -> None:
    call = world.calls.get(fact.call_id)
    if call is None:
        return
    if call.consult is not None and fact.channel in call.consult.channels:
        consult.answered(world, call, fact)
        return
    if call.state in IN_CONVERSATION:  # said before by the channel's state, now by the end of the dial
        if call.agent_channel == fact.channel and not call.announced:
            world.put_call(replace(call, announced=True))
        return
    world.leave_room(call)
    if advance(world, call, fact) is not None:
        world.cancel_timer(Timer.RESERVED, call.call_id)
        if call.agent_id != fact.agent_id:
            matching.free_agent(world, call, fact.at)
        learn_wait(world, call, fact.at, gave_up=False)
        answered.connected(world, call)
        contacts.note_talk(world, world.calls[call.call_id])
        advance_agent(world, fact.agent_id, agents.Answered(fact.at, call.call_id))


def phone_reported(world: World, fact: facts.PhoneFact) -> None:
    """Alerting and failing change the call alone, and only while it rings this agent."""
    call = world.calls.get(fact.call_id)
    if call is not None and call.state is S.RINGING and call.agent_id == fact.agent_id:
        advance(world, call, fact)


def phone_held(world: World, fact: facts.PhoneHeld | facts.PhoneResumed) -> None:
    call = world.calls.get(fact.call_id)
    if call is None or call.agent_channel != fact.channel or call.parked:
        return
    if advance(world, call, fact) is not None:
        held = isinstance(fact, facts.PhoneHeld)
        advance_agent(world, fact.agent_id, agents.PutOnHold(fact.at) if held else agents.TookBack(fact.at))


def outside_dialled(world: World, fact: facts.OutsideFact) -> None:
    """Somebody outside is rung, or has answered, for an agent who asks."""
    call = world.calls.get(fact.call_id)
    if call is None:
        return
    if isinstance(fact, facts.OutsideDialled):
        consult.dialled(world, call, fact)
    elif isinstance(fact, facts.OutsideAnswered):
        consult.answered(world, call, fact)


def hangup_asked(world: World, fact: facts.HangupAsked) -> None:
    call = world.calls.get(fact.call_id)
    if call is not None:
        advance(world, call, fact)


def leg_gone(world: World, fact: facts.LegGone) -> None:
    node = world.nodes.get(fact.node)
    if node is not None and not node.synced:
        node.gone.add(fact.channel)
    spying.leg_gone(world, fact)
    call = world.calls.get(fact.call_id)
    if call is not None and fact.channel == call.channel:
        caller_left(world, call, CallerGone(fact.at, fact.node, fact.cause))
    elif call is not None and fact.channel == call.agent_channel:
        _agent_leg_gone(world, call, fact)
    elif call is not None:
        _other_leg_gone(world, call, fact)
    if fact.agent_id is None:
        dunning.leg_gone(world, fact)
        dialling.leg_gone(world, fact)
    else:
        _phone_closed(world, fact, fact.agent_id)


def _agent_leg_gone(world: World, call: Call, fact: facts.LegGone) -> None:
    gone = AgentGone(fact.at, fact.node)
    if call.state is S.CONSULTING:
        consult.agent_gone(world, call, gone)
    elif call.parties:
        conference.agent_gone(world, call, gone)
    elif call.parked:
        hold.agent_gone(world, call, gone)
    elif call.state in IN_CONVERSATION and fact.cause in DROP_CAUSES and call.hangup_side is None:
        kept.keep(world, call, fact.at)
    elif call.state in IN_CONVERSATION:
        agent_left(world, call, gone)
    elif call.state is S.RINGING and call.fallback:
        matching.free_agent(world, call, fact.at)
        advance(world, call, FallbackRingOver(fact.at, fact.node))


def _other_leg_gone(world: World, call: Call, fact: facts.LegGone) -> None:
    """Who was asked, or confers."""
    if call.consult is not None and fact.channel in call.consult.channels:
        consult.target_gone(world, call, fact)
    elif any(party.channel == fact.channel for party in call.parties):
        conference.party_gone(world, call, fact, fact.channel)


def _phone_closed(world: World, fact: facts.LegGone, agent_id: AgentId) -> None:
    """The phone is down again: its agent may be ready for the next call."""
    live = world.phones.get(agent_id)
    if live is None:
        return
    live.discard((fact.node, fact.channel))
    if not live:
        del world.phones[agent_id]
        _seat(world, agent_id)
