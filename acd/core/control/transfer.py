"""Blind transfer: the agent is out at once, the caller waits for an agent, in a queue, or goes outside."""

from dataclasses import replace

from acd.contracts.commands import TransferCall
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import AgentId, CenterId
from acd.contracts.vocabulary import AgentState, TargetKind
from acd.core.agents import agent as agents
from acd.core.callers.journey import agent_left
from acd.core.calls.call import AgentChosen, AgentGone, Call, CallState, RoomEntered
from acd.core.calls.progress import advance, advance_agent
from acd.core.control.base import ours_to_move, outside_number, queue_of, reachable_agent, theirs
from acd.core.control.handing_over import say_transferred
from acd.core.effects import Hangup, Redirect, SetVariables
from acd.core.errors import Code, Refused
from acd.core.facts import Fact, Timer
from acd.core.state import World
from acd.core.waiting.matching import DIAL_WITHIN

S = CallState


def transfer(world: World, command: TransferCall) -> None:
    call, leg = theirs(world, command, S.CONNECTED, S.HELD)
    ours_to_move(call)
    asked = Fact(world.now, call.node)
    to, note = command.to, command.note
    match to.kind:
        case TargetKind.AGENT:
            target = reachable_agent(world, to.id, call.agent_id)
            if target.state is not AgentState.READY:
                raise Refused(Code.TARGET_NOT_READY)
            say_transferred(world, call, asked, "blind", to.id, to.kind, note)
            to_agent(world, call, asked, target.agent_id)
        case TargetKind.QUEUE | TargetKind.CENTER:
            queue = queue_of(world, call, to)
            say_transferred(world, call, asked, "blind", to.id, to.kind, note)
            world.ask(
                SetVariables(call.node, call.channel, ((Variable.QUEUE, queue),)),
                Redirect(call.node, call.channel, Context.WAITING, "s"),
            )
            left = agent_left(world, call, AgentGone(asked.at, asked.node), goes_on=True)
            if to.kind is TargetKind.CENTER:
                world.put_call(replace(left, wants=replace(left.wants, center=CenterId(to.id), opened=(), reach=0)))
        case TargetKind.EXTERNAL:
            number = outside_number(world, to.id)
            say_transferred(world, call, asked, "blind", number, to.kind, note)
            to_outside(world, call, asked, number)
    world.ask(Hangup(call.node, leg))


def to_agent(world: World, call: Call, fact: Fact, target: AgentId) -> None:
    """A new stay in the waiting room, with the agent already chosen: unanswered, the caller waits there."""
    world.ask(Redirect(call.node, call.channel, Context.DELIVER, target))
    by = call.agent_id
    left = agent_left(world, call, AgentGone(fact.at, fact.node), goes_on=True)
    joined = left.queued_at or fact.at
    entered = RoomEntered(fact.at, fact.node, left.queue, left.priority, joined, 1, left.channel)
    waiting = advance(world, left, entered)
    chosen = advance(world, waiting or left, AgentChosen(fact.at, fact.node, target, f"transferred by {by}"))
    if chosen is not None:
        advance_agent(world, target, agents.Reserved(fact.at, call.call_id))
        world.set_timer(Timer.RESERVED, call.call_id, DIAL_WITHIN)


def to_outside(world: World, call: Call, fact: Fact, number: str) -> None:
    """In the books until the customer hangs up; not answered there, the dialplan puts the caller back to wait."""
    world.ask(Redirect(call.node, call.channel, Context.OUTSIDE, number))
    agent_left(world, call, AgentGone(fact.at, fact.node))
