"""Promises after a restart or a lost link: what was dialled unseen is found out, never dialled a second time."""

from collections.abc import Iterable
from dataclasses import replace

from acd.contracts.ids import NodeName
from acd.core import facts
from acd.core.agents.agent import Agent
from acd.core.callbacks.answered import answered
from acd.core.callbacks.dialling import END_SEEN_WITHIN, fail
from acd.core.callbacks.keeping import move, of_leg, put, take_place
from acd.core.callbacks.promise import IN_FLIGHT, Connected, Promise, PromiseState
from acd.core.facts import LegState, LiveLeg
from acd.core.state import World

S = PromiseState


def restored(world: World, promise: Promise) -> None:
    """As the journal remembers. What was about to be dialled may have been dialled: it is not done again."""
    if promise.state in IN_FLIGHT:
        promise = replace(promise, state=S.CALLING)
    world.promises[promise.callback_id] = promise


def started(world: World) -> None:
    """Set every promise's timer; those in flight are judged by the resync, or given up after a while."""
    for promise in list(world.promises.values()):
        in_flight = promise.state is S.CALLING
        put(world, replace(promise, next_at=world.now + END_SEEN_WITHIN) if in_flight else promise)


def found(world: World, leg: LiveLeg, fact: facts.Resynced) -> bool:
    """A customer whom we called and whose answer nobody saw: taken on now."""
    promise = of_leg(world, leg.unique_id)
    if promise is None or promise.state is not S.CALLING or leg.state is not LegState.UP or not leg.call_id:
        return False
    answered(world, facts.CallbackAnswered(fact.at, fact.node, leg.call_id, leg.channel, promise.callback_id))
    return leg.call_id in world.calls


def settle(world: World, node: NodeName, legs: Iterable[LiveLeg]) -> None:
    """After the calls are settled: attempts of this node that are no more, and everybody's place in the room."""
    alive = {leg.unique_id: leg for leg in legs}
    for promise in list(world.promises.values()):
        if promise.node == node and promise.state in IN_FLIGHT:
            _settle_one(world, promise, alive.get(promise.unique_id))
        elif promise.node == node and promise.state is S.ANSWERED and promise.call_id not in world.calls:
            move(world, promise, Connected(world.now))  # answered and over unseen: not called again
        else:
            take_place(world, promise)


def _settle_one(world: World, promise: Promise, leg: LiveLeg | None) -> None:
    if leg is None:
        fail(world, promise, "lost")
    else:
        put(world, replace(promise, channel=leg.channel))


def keeps(world: World, agent: Agent) -> bool:
    """Whether the agent is kept for a customer who is being called."""
    promise = of_leg(world, agent.call_id) if agent.call_id else None
    return promise is not None and promise.state in IN_FLIGHT


def blind(world: World) -> None:
    """No node can call anybody now."""
    for promise in world.promises.values():
        take_place(world, promise)
