"""A waiting caller sent to another queue: out of one, into the other, seniority kept."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.dialplan import Variable
from acd.contracts.ids import QueueName
from acd.contracts.vocabulary import QueueExit
from acd.core.calls.call import Call
from acd.core.calls.steps.base import milliseconds
from acd.core.effects import SetVariables, unnumbered
from acd.core.state import World
from acd.core.waiting.announcements import NOTHING_TOLD


def moved_to(world: World, call: Call, queue: QueueName, how: QueueExit) -> Call:
    """Told and written down; not yet in the new queue's room."""
    world.leave_room(call)
    wants = replace(call.wants, pinned=None, pinned_by="", opened=(), reach=0)
    moved = replace(call, queue=queue, waiting_since=world.now, wants=wants, told=NOTHING_TOLD)
    head = {**unnumbered(world.now, call.node), "call_id": call.call_id}
    waited = milliseconds(call.waiting_since, world.now)
    world.publish(events.CallQueueLeft(**head, queue=call.queue, how=how, wait_ms=waited))
    position = world.room.position(world.entry_of(moved))
    world.publish(events.CallQueued(**head, queue=queue, priority=call.priority, position=position))
    world.ask(SetVariables(call.node, call.channel, ((Variable.QUEUE, queue),)))
    world.put_call(moved)
    return moved
