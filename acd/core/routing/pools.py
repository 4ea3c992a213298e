"""Who waits for one thing, and who can do it: sorted lists that meet at their heads. Nothing is scanned."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.core.routing.needs import Ask

Place = tuple[float, CallId]
"""Rank, and the id that makes it unique."""
Seat = tuple[int, float, AgentId]
"""Less fitness, the strategy's key, and the id that makes it unique: the smallest is the best."""


def discard(sorted_list: list[Place] | list[Seat], item: Place | Seat) -> None:
    index = bisect_left(sorted_list, item)
    del sorted_list[index]


@dataclass(slots=True, eq=False)
class Line:
    """Entries of one queue with the same points: they stand and fall together with caps and reserves."""

    home: QueueName
    points: int
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Pool:
    ask: Ask
    seats: list[Seat] = field(default_factory=list)
    lines: dict[tuple[QueueName, int], Line] = field(default_factory=dict)

    def hot(self) -> bool:
        return bool(self.seats and self.lines)

    def stand(self, home: QueueName, points: int, place: Place) -> None:
        line = self.lines.get((home, points))
        if line is None:
            line = self.lines[home, points] = Line(home, points)
        insort(line.places, place)

    def step_out(self, home: QueueName, points: int, place: Place) -> None:
        line = self.lines[home, points]
        discard(line.places, place)
        if not line.places:
            del self.lines[home, points]

    def heads(self) -> Iterator[tuple[Line, Place]]:
        for line in self.lines.values():
            yield line, line.places[0]
