"""A caller's stay in the waiting room: takes a place, is told of it, is offered a call back, or is sent on."""

from dataclasses import replace
from datetime import timedelta

from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import CallId, QueueName
from acd.contracts.routing import CallbackRule
from acd.core import facts
from acd.core.agents.agent import SIGNED_IN
from acd.core.callbacks.booking import may_book
from acd.core.calls.call import Call
from acd.core.calls.progress import advance
from acd.core.effects import Redirect, SetTimer, SetVariables
from acd.core.facts import Timer, TimerKey
from acd.core.routing import Crowd, WayOut, way_out, way_out_while_waiting
from acd.core.state import World
from acd.core.waiting import own_manager
from acd.core.waiting.announcements import Moment, Say, Told, next_due, speech
from acd.core.waiting.expectation import expected_wait_seconds
from acd.core.waiting.moving import moved_to

AT_LEAST = timedelta(milliseconds=20)
KEY_IS_ON = (Variable.CALLBACK, "yes")


def arrive(world: World, call: Call) -> None:
    """A new stay. Who cannot wait here is sent the way of the queue's rule, also of the queue that leads to."""
    passed: list[QueueName] = []
    while (out := _at_the_door(world, call)) is not None:
        passed.append(world.queue(call.queue).name)
        if out.way.kind != "queue":
            _send(world, call, out)
            return
        if world.queue(out.way.queue).name in passed:  # closed queues that lead in circles: wait where it ends
            break
        call = moved_to(world, call, out.way.queue, out.how)
    begin(world, call)


def begin(world: World, call: Call) -> None:
    """Wait here, be it for the first time or again."""
    world.enter_room(call)
    rule = world.queue(call.queue)
    asked_before = call.told.offered or (call.told.looked and _by_key(rule.callback))
    if asked_before and _may_offer(world, call, rule.callback):  # the dialplan forgot it on the way round
        world.ask(SetVariables(call.node, call.channel, (KEY_IS_ON,)))
    _next_words(world, call)
    _set_patience(world, call)
    own_manager.wait_for(world, call)


def _set_patience(world: World, call: Call) -> None:
    limit = world.queue(call.queue).longest_wait_seconds
    if limit is not None and call.waiting_since is not None:
        at = call.waiting_since + timedelta(seconds=limit)
        world.ask(SetTimer(TimerKey(Timer.PATIENCE, call.call_id), max(at, world.now + AT_LEAST)))


def _at_the_door(world: World, call: Call) -> WayOut | None:
    rule = world.queue(call.queue)
    crowd = Crowd(rule.name in world.closed_queues, world.room.length(rule.name), _signed_in(world, rule.name))
    return way_out(rule, world.table, crowd, world.now)


def _signed_in(world: World, queue: QueueName) -> int:
    """Agents of the queue, and of those its callers overflow to."""
    names = {queue, *(overflow.to_queue for overflow in world.queue(queue).overflows)}
    return sum(world.presence[name][state] for name in names for state in SIGNED_IN)


# ---- ways out ------------------------------------------


def too_long(world: World, call_id: CallId) -> None:
    """The time is up that the queue allows, or the last agent has gone: on to somewhere else."""
    call = world.calls.get(call_id)
    if call is None or call_id not in world.room or call.callback_id is not None or call.waiting_since is None:
        return
    rule = world.queue(call.queue)
    waited = (world.now - call.waiting_since).total_seconds()
    out = way_out_while_waiting(rule, waited, _signed_in(world, rule.name))
    if out is None:
        _set_patience(world, call)  # a timer may be a little early
        return
    if out.way.kind == "queue":
        arrive(world, moved_to(world, call, out.way.queue, out.how))
    else:
        _send(world, call, out)


def left_alone(world: World, queue: QueueName) -> None:
    """The queue's figures changed: nobody may be left to answer."""
    if world.queue(queue).when_no_agent is not None and _signed_in(world, queue) == 0:
        for call_id in world.room.order(queue):
            too_long(world, call_id)


def _send(world: World, call: Call, out: WayOut) -> None:
    kind = out.way.kind
    if kind == "callback" and not may_book(world, call):
        kind = "message"
    world.leave_room(call)
    left = facts.QueueLeft(world.now, call.node, call.call_id, call.channel, out.how)
    if advance(world, call, left) is not None:
        world.ask(
            SetVariables(call.node, call.channel, ((Variable.WAY, out.how.value),)),
            Redirect(call.node, call.channel, Context.WAY_OUT, kind),
        )


# ---- what the caller is told ------------------------------------------


def speak(world: World, call_id: CallId) -> None:
    """Have the dialplan say at its next look what is due now."""
    call = world.calls.get(call_id)
    if call is None or call_id not in world.room or call.waiting_since is None:
        return
    rule, ahead = world.queue(call.queue), world.room.ahead_of(call_id)
    moment = Moment(ahead, expected_wait_seconds(world, rule.name, ahead), _may_offer(world, call, rule.callback))
    words, told = speech(call.told, rule, call.waiting_since, moment, world.now)
    key_counts = words.say is Say.OFFER or (moment.can_call_back and not call.told.looked and _by_key(rule.callback))
    values = [KEY_IS_ON] if key_counts else []
    values += [] if words.say is None else [(Variable.SAY, words.say.value)]
    if words.place is not None:  # the place last: its presence is what the dialplan looks for
        values += [(Variable.WAIT_MINUTES, str(words.place[1])), (Variable.AHEAD, str(words.place[0]))]
    if values:
        world.ask(SetVariables(call.node, call.channel, tuple(values)))
    _keep(world, call, told)


def _keep(world: World, call: Call, told: Told) -> None:
    after = replace(call, told=told)
    world.put_call(after)
    _next_words(world, after)


def _may_offer(world: World, call: Call, rule: CallbackRule | None) -> bool:
    return rule is not None and call.callback_id is None and may_book(world, call)


def _by_key(rule: CallbackRule | None) -> bool:
    return rule is not None and rule.by_key


def _next_words(world: World, call: Call) -> None:
    due = next_due(call.told, world.queue(call.queue), call.waiting_since) if call.waiting_since is not None else None
    if due is not None:
        world.ask(SetTimer(TimerKey(Timer.ANNOUNCE, call.call_id), due))
