"""What the wallboard shows: who waits, the expected wait, counts per queue."""

from acd.contracts.ids import QueueName
from acd.contracts.snapshots import QueueSnapshot, WaitingCall
from acd.contracts.topics import queue_state_topic
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import SIGNED_IN
from acd.core.effects import Show
from acd.core.state import World
from acd.core.waiting.expectation import expected_wait_seconds
from acd.core.waiting.stay import left_alone


def publish_queues(world: World) -> None:
    """One snapshot for each queue that changed since the last time."""
    changed, world.changed_queues = world.changed_queues, set()
    for name in sorted(changed):
        world.ask(Show(queue_state_topic(name), snapshot(world, name)))
        left_alone(world, name)


def snapshot(world: World, name: QueueName) -> QueueSnapshot:
    queue = world.queues[name]
    counts = world.presence[name]
    order = world.room.order(name)
    waiting = {place: world.calls[entry] for place, entry in enumerate(order, start=1) if entry in world.calls}
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
            for place, call in waiting.items()
        ),
        expected_wait_seconds=expected_wait_seconds(world, name, len(order)),
        agents_logged_in=sum(counts[state] for state in SIGNED_IN),
        agents_ready=counts[AgentState.READY],
        agents_busy=world.busy_agents(name),
        service_level_seconds=queue.service_level_seconds,
        closed=name in world.closed_queues,
    )
