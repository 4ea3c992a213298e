"""What happens next: a heap of moments. The simulated clock jumps from one to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

Happening = Callable[[datetime], None]


@dataclass(slots=True)
class Agenda:
    _heap: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _number: int = 0

    def add(self, at: datetime, happening: Happening) -> None:
        """Of the same moment, who was added first happens first."""
        self._number += 1
        heappush(self._heap, (at, self._number, happening))

    def step(self, until: datetime) -> bool:
        """Let the next happen; False when there is none before `until`."""
        if not self._heap or self._heap[0][0] >= until:
            return False
        at, _, happening = heappop(self._heap)
        happening(at)
        return True
