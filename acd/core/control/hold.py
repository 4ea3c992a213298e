"""Hold for desk phones: the customer to music, the agent's leg to silence, and back. Softphones hold by themselves."""

from dataclasses import replace

from acd.contracts.commands import HoldCall, ResumeCall
from acd.contracts.dialplan import Context
from acd.contracts.vocabulary import HangupSide
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.agents import kept
from acd.core.callers.journey import agent_left
from acd.core.calls.call import AgentGone, Call, CallState
from acd.core.calls.progress import advance, advance_agent
from acd.core.control.base import know_each_other, ours_to_move, theirs
from acd.core.effects import Redirect, RedirectPair
from acd.core.state import World

S = CallState


def hold(world: World, command: HoldCall) -> None:
    call, leg = theirs(world, command, S.CONNECTED)
    ours_to_move(call)
    world.ask(
        *know_each_other(call, leg),
        RedirectPair(call.node, call.channel, Context.HELD, leg, Context.AGENT_HOLDS),
    )
    held = advance(world, call, facts.PhoneHeld(world.now, call.node, command.agent_id, leg, call.call_id))
    if held is not None:
        world.put_call(replace(held, parked=True))
        advance_agent(world, command.agent_id, agents.PutOnHold(world.now))


def resume(world: World, command: ResumeCall) -> None:
    call, leg = theirs(world, command, S.HELD)
    ours_to_move(call)
    world.ask(Redirect(call.node, leg, Context.REJOIN, "s"))
    taken_back(world, call, facts.PhoneResumed(world.now, call.node, command.agent_id, leg, call.call_id))


def taken_back(world: World, call: Call, fact: facts.PhoneResumed) -> None:
    resumed = advance(world, call, fact)
    if resumed is not None:
        world.put_call(replace(resumed, parked=False))
        advance_agent(world, fact.agent_id, agents.TookBack(fact.at))


def agent_gone(world: World, call: Call, fact: AgentGone) -> None:
    """Who hangs up while holding has ended the call; for a telephone that vanished the caller is kept."""
    if call.hangup_side is HangupSide.AGENT:
        world.ask(Redirect(call.node, call.channel, Context.SURVEY, "s"))
        agent_left(world, call, fact)
    else:
        world.ask(Redirect(call.node, call.channel, Context.KEPT, "s"))
        kept.keep(world, call, fact.at)
