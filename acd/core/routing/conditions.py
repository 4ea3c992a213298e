"""Entries whose overflow waits for a condition of the floor, looked at again only when the queue's figures change."""

from bisect import bisect_left, insort
from collections.abc import Iterator

from acd.contracts.ids import CallId, QueueName
from acd.contracts.routing import When
from acd.core.routing.pools import Place
from acd.core.routing.room import WaitingRoom
from acd.core.routing.rules import Rules
from acd.core.routing.stages import Figures, holds


class Conditions:
    def __init__(self) -> None:
        self._held: dict[QueueName, list[Place]] = {}
        self._stirred: dict[QueueName, None] = {}

    def hold(self, queue: QueueName, place: Place) -> None:
        held = self._held.setdefault(queue, [])
        if not _contains(held, place):
            insort(held, place)

    def drop(self, queue: QueueName, place: Place) -> None:
        held = self._held.get(queue, [])
        if _contains(held, place):
            del held[bisect_left(held, place)]

    def stir(self, queue: QueueName) -> None:
        if self._held.get(queue):
            self._stirred[queue] = None

    def stirred(self) -> bool:
        return bool(self._stirred)

    def met(self, room: WaitingRoom, rules: Rules, figures: Figures) -> list[CallId]:
        """For whom a condition holds now."""
        stirred, self._stirred = self._stirred, {}
        return [entry_id for queue in stirred for entry_id in self._met_in(queue, room, rules, figures)]

    def _met_in(self, queue: QueueName, room: WaitingRoom, rules: Rules, figures: Figures) -> Iterator[CallId]:
        """From the last in line: whoever stands further in front waits for less, so the first miss ends the search."""
        for overflow in rules.queue(queue).overflows:
            if overflow.when is When.ALWAYS:
                continue
            for _, entry_id in reversed(self._held[queue]):
                if overflow.to_queue in room.entry(entry_id).opened:
                    continue
                if not holds(overflow, queue, room.ahead_of(entry_id), figures):
                    break
                yield entry_id


def _contains(held: list[Place], place: Place) -> bool:
    index = bisect_left(held, place)
    return index < len(held) and held[index] == place
