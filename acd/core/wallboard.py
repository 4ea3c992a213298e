"""What waiting people are told and the wallboard shows: places, expected waits, counts per queue."""

from math import ceil

from acd.contracts.dialplan import Variable
from acd.contracts.ids import CallId, QueueName
from acd.contracts.snapshots import QueueSnapshot, WaitingCall
from acd.contracts.topics import queue_state_topic
from acd.contracts.vocabulary import AgentState
from acd.core.agent import SIGNED_IN
from acd.core.effects import SetVariables, Show
from acd.core.expectation import expected_wait_seconds
from acd.core.journey import schedule_announcement
from acd.core.state import World

MOST_AHEAD = 21
"""The last recorded sentence: "more than twenty"."""
LONGEST_WAIT_MINUTES = 30


def publish_queues(world: World) -> None:
    """One snapshot for each queue that changed since the last time."""
    for name in sorted(world.changed_queues):
        world.ask(Show(queue_state_topic(name), snapshot(world, name)))
    world.changed_queues.clear()


def snapshot(world: World, name: QueueName) -> QueueSnapshot:
    queue = world.queues[name]
    counts = world.presence[name]
    waiting = [world.calls[call_id] for call_id in world.room.order(name)]
    return QueueSnapshot(
        at=world.now,
        queue=name,
        title=queue.title,
        waiting=tuple(
            WaitingCall(
                call_id=call.call_id,
                since=call.queued_at or call.offered_at,
                priority=call.priority,
                position=place,
            )
            for place, call in enumerate(waiting, start=1)
        ),
        expected_wait_seconds=expected_wait_seconds(world, name, len(waiting)),
        agents_logged_in=sum(counts[state] for state in SIGNED_IN),
        agents_ready=counts[AgentState.READY],
        agents_busy=world.busy_agents(name),
        service_level_seconds=queue.service_level_seconds,
    )


def announce(world: World, call_id: CallId) -> None:
    """Have the dialplan tell the caller the place and the expected wait at its next look."""
    call = world.calls.get(call_id)
    if call is None or call_id not in world.room:
        return
    ahead = world.room.ahead_of(call_id)
    seconds = expected_wait_seconds(world, call.queue, ahead)
    minutes = LONGEST_WAIT_MINUTES if seconds is None else min(LONGEST_WAIT_MINUTES, max(1, ceil(seconds / 60)))
    # The place last: its presence is what the dialplan looks for.
    values = ((Variable.WAIT_MINUTES, str(minutes)), (Variable.AHEAD, str(min(MOST_AHEAD, ahead))))
    world.ask(SetVariables(call.node, call.channel, values))
    schedule_announcement(world, call)
