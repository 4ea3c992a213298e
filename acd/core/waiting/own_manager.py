"""A key account's own manager outside the house: rung once when nobody has answered in time. The dialplan dials."""

from dataclasses import replace
from datetime import timedelta

from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId
from acd.core import facts
from acd.core.calls.call import Call
from acd.core.calls.progress import advance
from acd.core.effects import Redirect, SetTimer
from acd.core.facts import Timer, TimerKey
from acd.core.state import World

AT_LEAST = timedelta(milliseconds=20)


def wait_for(world: World, call: Call) -> None:
    seconds = world.queue(call.queue).manager_phone_after_seconds
    if call.wants.manager_has_phone and seconds is not None and call.waiting_since is not None:
        at = call.waiting_since + timedelta(seconds=seconds)
        world.ask(SetTimer(TimerKey(Timer.MANAGER, call.call_id), max(at, world.now + AT_LEAST)))


def ring(world: World, call_id: CallId) -> None:
    """Nobody else is given to the caller meanwhile; the place in time stays, as with a question."""
    call = world.calls.get(call_id)
    if call is None or call_id not in world.room or not call.wants.manager_has_phone:
        return
    world.leave_room(call)
    tried = replace(call, wants=replace(call.wants, manager_has_phone=False))
    asked = facts.CallerAsked(world.now, call.node, call.call_id, call.channel, "manager")
    if advance(world, tried, asked) is not None:
        world.ask(Redirect(call.node, call.channel, Context.MANAGER, "s"))
