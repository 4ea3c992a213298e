"""The customer has answered our call: from here on it is a call like any other, delivered to the agent kept for it."""

from acd.contracts.dialplan import Context
from acd.contracts.routing import Reason
from acd.contracts.vocabulary import AgentState, Direction
from acd.core import facts
from acd.core.callbacks.dialling import fail
from acd.core.callbacks.keeping import move
from acd.core.callbacks.promise import NEXT, Connected, CustomerAnswered, Promise, PromiseState
from acd.core.calls.call import AgentChosen, Call, CallState
from acd.core.calls.call_step import step
from acd.core.calls.progress import adopt
from acd.core.effects import Redirect
from acd.core.outbound.dunning import SERVICE_NUMBER
from acd.core.state import World
from acd.core.waiting.matching import DIAL_WITHIN


def answered(world: World, fact: facts.CallbackAnswered) -> None:
    promise = world.promises.get(fact.callback_id)
    fits = promise is not None and (promise.state, CustomerAnswered) in NEXT and promise.unique_id == fact.call_id
    if promise is None or not fits:
        world.skipped["CallbackAnswered of no open promise"] += 1
        return
    move(world, promise, CustomerAnswered(fact.at, fact.call_id))
    adopt(world, _conversation(promise, fact))


def _conversation(promise: Promise, fact: facts.CallbackAnswered) -> Call:
    return Call(
        fact.call_id,
        fact.node,
        fact.channel,
        Direction.OUTBOUND,
        fact.at,
        did=SERVICE_NUMBER,
        caller=promise.number,
        state=CallState.IN_IVR,
        queue=promise.queue,
        priority=promise.priority,
        queued_at=promise.place_at,
        wants=promise.wants,
        agent_id=promise.agent_id,
        callback_id=promise.callback_id,
    )


def deliver(world: World, call: Call) -> bool:
    """To the agent who was kept for this very call; False when there is none (any more)."""
    promise = world.promises.get(call.callback_id) if call.callback_id else None
    agent = world.agents.get(promise.agent_id) if promise is not None and promise.agent_id else None
    if promise is None or agent is None or (agent.state, agent.call_id) != (AgentState.RESERVED, call.call_id):
        return False
    why = (Reason(code="callback", values={"callback": promise.callback_id, "agent": agent.agent_id}),)
    words = "a promised call back: the agent was kept while the customer was called"
    world.ask(Redirect(call.node, call.channel, Context.DELIVER, agent.agent_id))
    world.put_call(step(call, AgentChosen(world.now, call.node, agent.agent_id, words, why))[0])
    world.set_timer(facts.Timer.RESERVED, call.call_id, DIAL_WITHIN)
    return True


def connected(world: World, call: Call) -> None:
    """The customer talks to an agent, whichever: the promise is kept."""
    promise = _of_call(world, call)
    if promise is not None:
        move(world, promise, Connected(world.now))


def lost(world: World, call: Call) -> None:
    """The customer has gone without having talked to anybody."""
    promise = _of_call(world, call)
    if promise is not None:
        fail(world, promise, "hung_up")


def _of_call(world: World, call: Call) -> Promise | None:
    promise = world.promises.get(call.callback_id) if call.callback_id else None
    fits = promise is not None and promise.state is PromiseState.ANSWERED and promise.call_id == call.call_id
    return promise if fits else None
