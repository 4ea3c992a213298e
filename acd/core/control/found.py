"""After a gap: what became of a hold, a question or a conference while nobody watched, told by which legs are left."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from acd.contracts.dialplan import Context
from acd.contracts.ids import ChannelName
from acd.core import facts
from acd.core.calls.call import IN_CONVERSATION, IN_ROOM, AgentGone, Call, CallState
from acd.core.control import conference, consult, hold, spying
from acd.core.facts import Fact, LegState, LiveLeg
from acd.core.state import World


def settle(world: World, call: Call, legs: Iterable[LiveLeg], at: datetime) -> Call:
    """The call as it must be now. `legs`: all that are alive of it; nothing is concluded of a leg on another node."""
    if call.state not in IN_CONVERSATION or call.agent_channel is None:
        return call
    alive = {leg.channel: leg for leg in legs}
    agent, gap = alive.get(call.agent_channel), Fact(at, call.node)
    _others(world, call, alive, gap)
    call = world.calls[call.call_id]
    if agent is None:
        _agent_gone(world, call, gap)
    elif agent.context == Context.REJOIN and call.state is CallState.CONSULTING:
        consult.back(world, call, gap)
    elif agent.context == Context.REJOIN and call.parked and call.agent_id is not None:
        taken = facts.PhoneResumed(at, call.node, call.agent_id, agent.channel, call.call_id)
        hold.taken_back(world, call, taken)
    return world.calls[call.call_id]


def _others(world: World, call: Call, alive: Mapping[ChannelName, LiveLeg], gap: Fact) -> None:
    """Who was asked may have answered or gone, who conferred may have left."""
    asked = call.consult
    if asked is not None:
        left = tuple(channel for channel in asked.channels if channel in alive)
        up = next((channel for channel in left if alive[channel].state is LegState.UP), None)
        call = replace(call, consult=replace(asked, channels=left, channel=up))
        world.put_call(call)
    for party in call.parties:
        if party.channel not in alive:
            conference.party_gone(world, world.calls[call.call_id], gap, party.channel)


def _agent_gone(world: World, call: Call, gap: Fact) -> None:
    """Only when somebody else is there for the customer: everything else is told by where the customer is."""
    gone = AgentGone(gap.at, gap.node)
    if call.consult is not None and call.consult.channel is not None:
        consult.agent_gone(world, call, gone)
    elif call.parties:
        conference.agent_gone(world, call, gone)


def settle_spies(world: World, call: Call, alive: set[str]) -> None:
    """`alive`: unique ids of all legs of the node."""
    for spy in call.spies:
        if not alive.intersection(spy.legs):
            call = spying.forget(world, call, spy)
    if call.state in IN_CONVERSATION:
        spying.follow(world, call)
    elif call.state in (*IN_ROOM, CallState.KEPT):
        spying.stay(world, call)
    else:
        spying.end_all(world, call)
