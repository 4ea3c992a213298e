"""The supervisor has the customer, the agent is out. One who does not listen yet is rung first, by listening."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.commands import TakeOverCall
from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId, ChannelName
from acd.contracts.vocabulary import SpyMode
from acd.core import facts
from acd.core.calls.call import IN_CONVERSATION, Call
from acd.core.calls.parties import Spy
from acd.core.control import spying
from acd.core.control.base import belongs_to, head, know_each_other
from acd.core.control.handing_over import change_hands
from acd.core.effects import Hangup, RedirectPair
from acd.core.errors import Code, Refused
from acd.core.facts import Fact
from acd.core.state import World


def take_over(world: World, command: TakeOverCall) -> None:
    call = world.calls.get(command.call_id)
    spy = next((spy for spy in call.spies if spy.supervisor == command.agent_id), None) if call else None
    if call is None or spy is None:
        spying.begin(world, command, SpyMode.LISTEN, takes_over=True)
    elif spy.channel is None:
        others = tuple(other for other in call.spies if other is not spy)
        world.put_call(replace(call, spies=(*others, replace(spy, takes_over=True))))
    elif call.state not in IN_CONVERSATION:
        raise Refused(Code.CALL_WRONG_STATE)
    else:
        _take(world, call, spy, spy.channel)


def supervisor_listens(world: World, fact: facts.SpyStarted) -> None:
    there = spying.found(world, fact.leg)
    if there is None:
        return
    call, spy = spying.started(world, fact, *there)
    if spy.takes_over and call.state in IN_CONVERSATION:
        _take(world, call, spy, fact.channel)


def _take(world: World, call: Call, spy: Spy, leg: ChannelName) -> None:
    """Both legs are moved at once: the end of the agent's must not end the listening before."""
    if call.agent_channel is None:
        return
    asked = call.consult.channels if call.consult else ()
    rest = (call.agent_channel, *asked, *(party.channel for party in call.parties))
    world.ask(
        *know_each_other(call, leg),
        belongs_to(call, leg),
        RedirectPair(call.node, call.channel, Context.HELD, leg, Context.TAKE_OVER),
        *(Hangup(call.node, channel) for channel in rest),
    )
    world.publish(
        events.CallTakenOver(**head(call, world.now), supervisor=spy.supervisor, agent_id=call.agent_id or AgentId(""))
    )
    call = spying.forget(world, call, spy)
    change_hands(world, call, Fact(world.now, call.node), spy.supervisor, leg)
