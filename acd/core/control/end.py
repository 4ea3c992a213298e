"""The agent ends the call: the customer is asked for a grade, or not."""

from dataclasses import replace

from acd.contracts.commands import EndCall
from acd.contracts.vocabulary import HangupSide
from acd.core.calls.call import Call, CallState
from acd.core.control.base import theirs
from acd.core.effects import Hangup
from acd.core.state import World

S = CallState


def end(world: World, command: EndCall) -> None:
    """The dialplan sends a customer whose agent is gone to the survey; who is held there we send ourselves."""
    call, leg = theirs(world, command, S.CONNECTED, S.HELD)
    world.put_call(replace(call, hangup_side=HangupSide.AGENT))
    if command.survey:
        world.ask(*(Hangup(call.node, party.channel) for party in call.parties), Hangup(call.node, leg))
    else:
        world.ask(Hangup(call.node, call.channel))


def customer_gone(world: World, call: Call) -> None:
    """Legs the dialplan does not end by itself: whoever holds, waits, asks or is asked."""
    asked = call.consult
    waiting = call.agent_waits or call.parked or asked is not None
    if waiting and call.agent_channel is not None:
        world.ask(Hangup(call.node, call.agent_channel))
    if asked is not None:
        world.ask(*(Hangup(call.node, channel) for channel in asked.channels))
