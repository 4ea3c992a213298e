"""The caller's way: arrival, menu, waiting room, fallback, hang-up. Handlers of the facts the dialplan reports."""

from dataclasses import replace

from acd.contracts.vocabulary import Direction
from acd.core import facts
from acd.core.agents import kept
from acd.core.callbacks import answered, booking
from acd.core.callers import contacts
from acd.core.calls.call import (
    IN_CONVERSATION,
    IN_ROOM,
    AgentGone,
    Call,
    CallerGone,
    CallState,
    FallbackEntered,
    RoomEntered,
)
from acd.core.calls.progress import adopt, advance
from acd.core.control import end, spying
from acd.core.facts import Timer
from acd.core.outbound.dunning import caller_hung_up
from acd.core.recordings import recorder
from acd.core.routing import Mark, Wants
from acd.core.state import World
from acd.core.waiting import matching, stay
from acd.core.waiting.expectation import learn_handle_time, learn_wait

S = CallState


def call_arrived(world: World, fact: facts.CallArrived) -> None:
    if fact.call_id not in world.calls:
        adopt(world, Call(fact.call_id, fact.node, fact.channel, Direction.INBOUND, fact.at, fact.did, fact.caller))


def call_reported(world: World, fact: facts.CallFact) -> None:
    """A user event that changes the call alone."""
    call = world.calls.get(fact.call_id)
    if call is None:
        world.skipped[f"{type(fact).__name__} of an unknown call"] += 1
        return
    advance(world, call, fact)


def caller_waiting(world: World, fact: facts.CallerWaiting) -> None:
    call = _met(world, fact)
    if call.state in IN_CONVERSATION:
        call = agent_left(world, call, AgentGone(fact.at, fact.node))
    if call.state in (S.RESERVED, S.RINGING):
        world.cancel_timer(Timer.RESERVED, call.call_id)
        matching.missed_by_agent(world, call, fact.at)
    kept.let_go(world, call, fact.at)
    queue, comes_in = world.queue(fact.queue), call.state not in (*IN_ROOM, S.KEPT)
    call = replace(call, wants=_wants(world, call, fact))
    if call.queued_at is None:
        contacts.note_wish(world, call)
    if comes_in and call.callback_id is None:
        call = _keeps_promise(world, call)
    joined = call.queued_at or fact.queued_at or fact.at
    priority = fact.priority + (kept.FRONT_PRIORITY if call.kept_since else 0)
    place = replace(call, queue=queue.name, priority=priority, queued_at=joined)
    position = world.room.position(world.entry_of(place))
    entered = RoomEntered(fact.at, fact.node, queue.name, priority, joined, position, fact.channel)
    after = advance(world, call, entered)
    if after is None or not world.is_synced(after.node) or answered.deliver(world, after):
        return
    if comes_in and after.callback_id is None:
        stay.arrive(world, after)
    else:
        stay.begin(world, after)


def _keeps_promise(world: World, call: Call) -> Call:
    """Who rings before we do takes over the promise and its place."""
    place_at = booking.called_again(world, call)
    return call if place_at is None else replace(call, queued_at=min(place_at, call.queued_at or place_at))


def _wants(world: World, call: Call, fact: facts.CallerWaiting) -> Wants:
    """Who is calling is looked up at the first entry; later counts what changed: another queue, an agent who missed."""
    wants = call.wants
    if call.queued_at is None:
        before = (Mark.REPEATED,) if contacts.came_before(world, call) else ()
        promised = (Mark.AFTER_CALLBACK,) if contacts.was_promised(world, call) else ()
        asked = {Mark.EMERGENCY, Mark.COMPLAINT} & {fact.queue}  # so it stays, whatever queue the caller is sent to
        marks = tuple(sorted({*wants.marks, *fact.marks, *before, *promised, *asked}))
        wants = replace(wants, marks=marks, center=fact.center or wants.center, manager=fact.manager or wants.manager)
        wants = replace(wants, manager_has_phone=fact.manager_has_phone)
        return replace(wants, last_agent=contacts.last_agent(world, call))
    if call.state is not S.WAITING:  # the agent meant for this caller alone did not answer
        wants = replace(wants, pinned=None, pinned_by="")
    if world.queue(fact.queue).name != call.queue:
        wants = replace(wants, opened=(), reach=0)
    return replace(wants, marks=tuple(sorted({*wants.marks, *fact.marks})))


def caller_in_fallback(world: World, fact: facts.CallerInFallback) -> None:
    """app_queue has the caller, until the next renewal of the lease takes the caller back."""
    call = _met(world, fact)
    world.leave_room(call)
    if call.state in (S.RESERVED, S.RINGING, S.KEPT):
        world.cancel_timer(Timer.RESERVED, call.call_id)
        matching.free_agent(world, call, fact.at)
    queue = world.queue(fact.queue)
    joined = call.queued_at or fact.queued_at or fact.at
    entered = FallbackEntered(fact.at, fact.node, queue.name, fact.priority, joined, 1, fact.channel)
    advance(world, call, entered)


def _met(world: World, fact: facts.CallerWaiting | facts.CallerInFallback) -> Call:
    """The call, taken on now if its arrival was not seen: a waiting caller is never ignored."""
    call = world.calls.get(fact.call_id)
    if call is not None:
        return call
    arrived = Call(fact.call_id, fact.node, fact.channel, Direction.INBOUND, fact.queued_at or fact.at, incomplete=True)
    return adopt(world, arrived)


def caller_asked(world: World, fact: facts.CallerAsked) -> None:
    """Nobody is given to the caller while the question lasts; the place in time stays."""
    _out_of_room(world, fact)


def queue_left(world: World, fact: facts.QueueLeft) -> None:
    _out_of_room(world, fact)


def _out_of_room(world: World, fact: facts.CallFact) -> None:
    call = world.calls.get(fact.call_id)
    if call is not None and advance(world, call, fact) is not None:
        world.leave_room(call)


def agent_left(world: World, call: Call, fact: AgentGone, *, goes_on: bool = False) -> Call:
    """The agent's side of the conversation is over; the customer may go on to the survey, or (`goes_on`) to another."""
    after = advance(world, call, fact) or call
    after = spying.stay(world, after) if goes_on or spying.stays(after) else spying.end_all(world, after)
    matching.over_for_agent(world, call, fact.at)
    learn_handle_time(world, call, after)
    return after


def caller_left(world: World, call: Call, fact: CallerGone) -> None:
    """The end of the call, whatever its state."""
    world.cancel_timer(Timer.RESERVED, call.call_id)
    after = advance(world, call, fact)
    if after is None:
        return
    spying.end_all(world, call)
    if call.state in IN_CONVERSATION:
        end.customer_gone(world, call)
        matching.over_for_agent(world, call, fact.at)
        learn_handle_time(world, call, after)
    else:
        if call.state in IN_ROOM and not fact.inferred:
            learn_wait(world, call, fact.at, gave_up=True)
        matching.free_agent(world, call, fact.at)
    if not fact.inferred:
        answered.lost(world, call)
    caller_hung_up(world, call, fact)
    recorder.over(world, after, fact)
    world.drop_call(after)


def transferred(world: World, fact: facts.BlindTransferred) -> None:
    call = world.calls.get(fact.call_id)
    if call is not None and call.agent_channel == fact.by_channel:
        advance(world, call, fact)
