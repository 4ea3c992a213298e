"""A promise moved one step: told, written down, put into the waiting room or taken out, its next timer set."""

from acd.contracts.events import CallbackClosed, Event
from acd.contracts.ids import AgentId, CallbackId
from acd.contracts.vocabulary import CallbackEnd
from acd.core.agents import agent as agents
from acd.core.callbacks.promise import IN_FLIGHT, Promise, PromiseInput, PromiseState, step, wake_at
from acd.core.callers import contacts
from acd.core.effects import Kind, Save, SetTimer
from acd.core.errors import Refused
from acd.core.facts import Timer, TimerKey
from acd.core.routing import Entry
from acd.core.state import World

REMEMBERED = (CallbackEnd.TALKED, CallbackEnd.EXHAUSTED, CallbackEnd.EXPIRED)


def move(world: World, promise: Promise, fact: PromiseInput) -> Promise | None:
    """None (and a count) when the input does not fit the promise's state."""
    try:
        after, published = step(promise, fact)
    except Refused:
        world.skipped[f"{type(fact).__name__} of a promise {promise.state}"] += 1
        return None
    world.publish(*published)
    _remember(world, promise, published)
    if promise.state in IN_FLIGHT and after.agent_id is None and promise.agent_id is not None:
        _free_agent(world, promise, promise.agent_id, fact)
    put(world, after)
    return after


def _remember(world: World, promise: Promise, published: tuple[Event, ...]) -> None:
    """Who calls again after our call, or because it never came, is served sooner."""
    if any(isinstance(event, CallbackClosed) and event.end in REMEMBERED for event in published):
        contacts.note_promise_over(world, promise.number, promise.place_at)


def put(world: World, promise: Promise) -> None:
    if promise.state is PromiseState.CLOSED:
        world.leave(promise.entry_id)
        world.promises.pop(promise.callback_id, None)
        world.cancel_timer(Timer.CALLBACK, promise.callback_id)
        world.ask(Save(Kind.PROMISE, promise.callback_id, None))
        return
    world.promises[promise.callback_id] = promise
    world.ask(
        Save(Kind.PROMISE, promise.callback_id, promise),
        SetTimer(TimerKey(Timer.CALLBACK, promise.callback_id), wake_at(promise)),
    )
    take_place(world, promise)


def take_place(world: World, promise: Promise) -> None:
    """In the waiting room while it is to be called and some node could call it."""
    waits = promise.state is PromiseState.WAITING and bool(world.synced_nodes())
    if waits and promise.entry_id not in world.room:
        world.enter(entry_of(world, promise))
    elif not waits:
        world.leave(promise.entry_id)


def entry_of(world: World, promise: Promise) -> Entry:
    rule, wants = world.queue(promise.queue), promise.wants
    return Entry(
        entry_id=promise.entry_id,
        queue=rule.name,
        joined=promise.place_at,
        points=world.engine.rules.points(rule, promise.priority, wants.marks),
        center=wants.center,
        manager=wants.manager,
        last_agent=wants.last_agent,
    )


def of_number(world: World, number: str) -> Promise | None:
    """The open promise to this number; there is never more than one."""
    return next((promise for promise in world.promises.values() if promise.number == number), None)


def of_entry(world: World, entry_id: str) -> Promise | None:
    return world.promises.get(CallbackId(entry_id.removeprefix("callback-")))


def of_leg(world: World, unique_id: str) -> Promise | None:
    """Whose customer this leg calls now."""
    _, found, rest = unique_id.partition("-callback-")
    promise = world.promises.get(CallbackId(rest.rpartition("-")[0])) if found else None
    return promise if promise is not None and promise.unique_id == unique_id else None


def _free_agent(world: World, promise: Promise, agent_id: AgentId, fact: PromiseInput) -> None:
    """The agent kept for the promise is free again through no fault of theirs."""
    agent = world.agents.get(agent_id)
    if agent is not None and agent.call_id == promise.unique_id and (agent.state, agents.Released) in agents.NEXT:
        world.put_agent(agents.step(agent, agents.Released(fact.at)))
