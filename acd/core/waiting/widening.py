"""Tells the engine what the floor is like, and the outside for whom the candidates widened."""

from dataclasses import dataclass, replace

from acd.contracts import events
from acd.contracts.ids import CallId, QueueName
from acd.core.agents.agent import SIGNED_IN
from acd.core.effects import SetTimer, unnumbered
from acd.core.facts import Timer, TimerKey
from acd.core.routing import Settled
from acd.core.state import World
from acd.core.waiting.expectation import expected_wait_seconds


@dataclass(frozen=True, slots=True)
class FloorFigures:
    world: World

    def signed_in(self, queue: QueueName) -> int:
        counts = self.world.presence[queue]
        return sum(counts[state] for state in SIGNED_IN)

    def ready(self, queue: QueueName) -> int:
        return self.world.bench.count(queue)

    def waiting(self, queue: QueueName) -> int:
        return self.world.room.length(queue)

    def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None:
        return expected_wait_seconds(self.world, queue, ahead)


def settle(world: World) -> None:
    """Everybody whose needs changed waits for the right agents from now on."""
    for settled in world.engine.settle(FloorFigures(world), world.now):
        entry = settled.entry
        if settled.next_at is not None:
            world.ask(SetTimer(TimerKey(Timer.WIDEN, entry.entry_id), settled.next_at))
        _tell(world, settled)


def due(world: World, entry_id: CallId) -> None:
    """The moment has come at which more agents may take the entry."""
    world.engine.reconsider(entry_id)


def _tell(world: World, settled: Settled) -> None:
    entry, call = settled.entry, world.calls.get(settled.entry.entry_id)
    if call is None:
        return
    wants = replace(call.wants, pinned=entry.pinned, pinned_by=entry.pinned_by, opened=entry.opened, reach=entry.reach)
    if wants != call.wants:
        world.put_call(replace(call, wants=wants))
    for widened in settled.widened:
        world.publish(
            events.CallOverflowed(
                **unnumbered(world.now, call.node),
                call_id=call.call_id,
                from_queue=entry.queue,
                to_queue=widened.to_queue,
                reason=widened.reason,
            )
        )
