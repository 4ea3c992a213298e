"""Brings waiting callers and ready agents together, and takes them apart again when it comes to nothing."""

from datetime import datetime, timedelta

from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.callbacks.dialling import given
from acd.core.calls.call import AgentChosen, AgentReleased, Call, CallState
from acd.core.calls.call_step import step
from acd.core.calls.steps.base import milliseconds
from acd.core.effects import Redirect
from acd.core.routing import Decision, in_words
from acd.core.state import World
from acd.core.waiting import widening

DIAL_WITHIN = timedelta(seconds=3)
"""A chosen agent whose phone is not dialled by then is free again: the redirect was lost."""
CLEARLY_RANG_MS = 5000


def match(world: World) -> None:
    """Reserve an agent for every waiting caller who can be served now."""
    world.rematch = False
    widening.settle(world)
    while (decision := world.engine.choose(world.now)) is not None:
        _reserve(world, decision)
        widening.settle(world)


def _reserve(world: World, decision: Decision) -> None:
    if given(world, decision):
        return
    call, agent = world.calls[decision.call_id], world.agents[decision.agent_id]
    # The redirect is asked for first: everything else can wait, the caller has waited enough.
    world.ask(Redirect(call.node, call.channel, Context.DELIVER, agent.agent_id))
    world.leave_room(call)
    why = decision.why
    chosen = AgentChosen(world.now, call.node, agent.agent_id, in_words(why), why)
    world.put_call(step(call, chosen)[0])
    world.put_agent(agents.step(agent, agents.Reserved(world.now, call.call_id)))
    world.set_timer(facts.Timer.RESERVED, call.call_id, DIAL_WITHIN)


def release(world: World, call: Call) -> None:
    """The phone was not dialled in time: the agent is free, the caller is offered again."""
    released = _give_up(world, call)
    if released is not None:
        offer_again(world, released)


def redirect_refused(world: World, fact: facts.RedirectRefused) -> None:
    """Asterisk knows no such channel: its hang-up is on its way to us. If none comes, another try a little later."""
    for call in list(world.calls.values()):
        if call.node == fact.node and call.channel == fact.channel and _give_up(world, call) is not None:
            world.set_timer(facts.Timer.RESERVED, call.call_id, DIAL_WITHIN)


def _give_up(world: World, call: Call) -> Call | None:
    if call.state is not CallState.RESERVED or call.kept_since is not None:
        return None
    world.cancel_timer(facts.Timer.RESERVED, call.call_id)
    free_agent(world, call, world.now)
    waiting, published = step(call, AgentReleased(world.now, call.node))
    world.put_call(waiting)
    world.publish(*published)
    return waiting


def offer_again(world: World, call: Call) -> None:
    """A waiting caller who is in no room takes the place kept there."""
    if call.state is CallState.WAITING and call.call_id not in world.room and world.is_synced(call.node):
        world.enter_room(call)


def reservation_over(world: World, call_id: CallId) -> None:
    """Time is up for the phone to be dialled, or for a refused caller's hang-up to be seen."""
    call = world.calls.get(call_id)
    if call is not None:
        release(world, call)
        offer_again(world, call)


def free_agent(world: World, call: Call, at: datetime) -> None:
    """The agent chosen or rung for this call is free again through no fault of theirs."""
    agent = world.agents.get(call.agent_id) if call.agent_id else None
    if agent is None or agent.call_id != call.call_id:
        return
    free = agents.KeptOver(at) if agent.state is AgentState.KEPT else agents.Released(at)
    if (agent.state, type(free)) in agents.NEXT:
        world.put_agent(agents.step(agent, free))


def missed_by_agent(world: World, call: Call, at: datetime) -> None:
    """The agent's phone was not answered: no further call until the agent says so."""
    agent = world.agents.get(call.agent_id) if call.agent_id else None
    if agent is None or agent.call_id != call.call_id or (agent.state, agents.Missed) not in agents.NEXT:
        return
    rang = call.alerted or milliseconds(call.ringing_since, at) >= CLEARLY_RANG_MS
    reason = PauseReason.RONA if call.ringing_since is not None and rang else PauseReason.UNREACHABLE
    world.put_agent(agents.step(agent, agents.Missed(at, reason, world.queue(call.queue).misses)))


def over_for_agent(world: World, call: Call, at: datetime) -> None:
    """The conversation is over: wrap-up, as long as the queue grants."""
    agent = world.agents.get(call.agent_id) if call.agent_id else None
    if agent is None or agent.call_id != call.call_id or (agent.state, agents.CallOver) not in agents.NEXT:
        return
    seconds = world.queue(call.queue).wrap_up_seconds
    world.put_agent(agents.step(agent, agents.CallOver(at, seconds)))
