"""Promises made and ended: from the waiting room, by command, or because the customer rings again."""

from dataclasses import replace
from datetime import datetime, timedelta

from acd.contracts.commands import BookCallback, CancelCallback
from acd.contracts.dialplan import Variable
from acd.contracts.ids import CallbackId, CallId
from acd.contracts.numbers import national
from acd.contracts.routing import CallbackRule
from acd.contracts.vocabulary import QueueExit
from acd.core import facts
from acd.core.callbacks.keeping import move, of_number, put
from acd.core.callbacks.promise import NEXT, CalledAgain, Cancelled, Promise, booked
from acd.core.calls.call import Call, CallState
from acd.core.calls.progress import advance
from acd.core.effects import Hangup, SetVariables
from acd.core.errors import Code, Refused
from acd.core.state import World

BOOKED, KEPT, NO = "booked", "kept", "no"
"""Values of CC_PROMISE; the dialplan speaks callback/said/<value>."""


def may_book(world: World, call: Call) -> bool:
    """Whether the queue makes promises now."""
    rule = world.queue(call.queue).callback
    return rule is not None and _open_in(world, call) < rule.most_waiting


def _open_in(world: World, call: Call) -> int:
    queue = world.queue(call.queue).name
    return sum(promise.queue == queue for promise in world.promises.values())


def wanted(world: World, fact: facts.CallbackWanted) -> None:
    """The caller waits for our word: nothing is promised to anybody before this has been said."""
    call = world.calls.get(fact.call_id)
    if call is None:
        world.skipped["CallbackWanted of an unknown call"] += 1
        return
    answer = _promise_to(world, call, national(fact.number), fact.language)
    world.ask(SetVariables(call.node, call.channel, ((Variable.PROMISE, answer),)))
    if answer != NO:
        world.leave_room(call)
        if call.state is CallState.AWAY:  # not when the exit has been counted already (way out)
            advance(world, call, facts.QueueLeft(fact.at, fact.node, call.call_id, call.channel, QueueExit.CALLBACK))


def _promise_to(world: World, call: Call, number: str, language: str) -> str:
    rule = world.queue(call.queue).callback
    if rule is None or not number:
        return NO
    if of_number(world, number) is not None:
        return KEPT
    if not may_book(world, call) or _waits(world, number, call.call_id):
        return NO
    callback_id = CallbackId(call.call_id.replace(".", "-").replace("_", "-"))
    promise = _of_call(call, rule, callback_id, number, world.now)
    _book(world, replace(promise, language=language), call.call_id)
    return BOOKED


def _of_call(call: Call, rule: CallbackRule, callback_id: CallbackId, number: str, now: datetime) -> Promise:
    """The caller's place, in time and in the order of service."""
    return Promise(
        callback_id=callback_id,
        queue=call.queue,
        number=number,
        booked_at=now,
        place_at=call.queued_at or now,
        expires_at=now + timedelta(seconds=rule.expires_seconds),
        attempts_allowed=rule.attempts,
        gap_seconds=rule.gap_seconds,
        agent_first=rule.agent_first,
        priority=call.priority,
        wants=replace(call.wants, pinned=None, pinned_by=""),
    )


def book(world: World, command: BookCallback) -> None:
    """By an agent, the web, or a list of missed callers. Raises Refused."""
    if command.queue not in world.queues:
        raise Refused(Code.ROUTING_UNKNOWN_QUEUE)
    number = national(command.number)
    if of_number(world, number) is not None or _waits(world, number) or command.callback_id in world.promises:
        raise Refused(Code.CALLBACK_REPEATED)
    rule = world.queues[command.queue].callback or CallbackRule()
    call = world.calls.get(command.call_id) if command.call_id else None
    promise = Promise(
        callback_id=command.callback_id,
        queue=command.queue,
        number=number,
        booked_at=world.now,
        place_at=world.now,
        expires_at=world.now + timedelta(seconds=rule.expires_seconds),
        attempts_allowed=rule.attempts,
        gap_seconds=rule.gap_seconds,
        agent_first=rule.agent_first,
    )
    if call is not None:
        place_at = call.queued_at or world.now
        promise = replace(promise, place_at=place_at, priority=call.priority, wants=call.wants)
    _book(world, promise, command.call_id)


def _book(world: World, promise: Promise, call_id: CallId | None) -> None:
    world.publish(booked(promise, call_id))
    put(world, promise)


def _waits(world: World, number: str, besides: CallId | None = None) -> bool:
    """Whether somebody with this number is in the waiting room, on the line."""
    entries = (world.calls.get(entry.entry_id) for entry in world.room.entries())
    return any(call is not None and call.call_id != besides and national(call.caller) == number for call in entries)


def cancel(world: World, command: CancelCallback) -> None:
    promise = world.promises.get(command.callback_id)
    if promise is None:
        raise Refused(Code.CALLBACK_UNKNOWN)
    if (promise.state, Cancelled) not in NEXT:
        raise Refused(Code.CALLBACK_WRONG_STATE)
    hang_up(world, promise)
    move(world, promise, Cancelled(world.now))


def called_again(world: World, call: Call) -> datetime | None:
    """The customer rings before we do: the promise is kept at once, in the place it had. Returns that place."""
    promise = of_number(world, national(call.caller))
    if promise is None or (promise.state, CalledAgain) not in NEXT:
        return None
    hang_up(world, promise)
    move(world, promise, CalledAgain(world.now, call.call_id))
    return promise.place_at


def hang_up(world: World, promise: Promise) -> None:
    """Whatever rings for the promise stops."""
    for channel in (promise.channel, promise.agent_channel):
        if channel is not None:
            world.ask(Hangup(promise.node, channel))
