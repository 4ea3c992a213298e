"""Figures per half hour of arrival: service level, speed of answer, abandonment, occupancy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from acd.simulator.profile import HALF_HOUR


@dataclass(slots=True)
class Interval:
    offered: int = 0
    answered: int = 0
    in_time: int = 0
    """Answered within the queue's service level seconds."""
    abandoned: int = 0
    waited_at_all: int = 0
    answer_seconds: float = 0.0
    """Waits of the answered, added up."""
    longest_wait_seconds: float = 0.0
    busy_seconds: float = 0.0
    """Of all agents: ringing, talking, wrap-up."""
    staffed_seconds: float = 0.0

    def add(self, other: "Interval") -> None:
        for each in fields(self):
            mine, more = getattr(self, each.name), getattr(other, each.name)
            setattr(self, each.name, max(mine, more) if each.name.startswith("longest") else mine + more)

    @property
    def service_level(self) -> float:
        """Of all who called."""
        return self.in_time / self.offered if self.offered else 1.0

    @property
    def asa_seconds(self) -> float:
        return self.answer_seconds / self.answered if self.answered else 0.0

    @property
    def abandon_share(self) -> float:
        return self.abandoned / self.offered if self.offered else 0.0

    @property
    def occupancy(self) -> float:
        return self.busy_seconds / self.staffed_seconds if self.staffed_seconds else 0.0


@dataclass(slots=True)
class Day:
    """The intervals from `begins` on."""

    begins: datetime
    intervals: dict[int, Interval] = field(default_factory=dict)

    def at(self, moment: datetime) -> Interval:
        return self.intervals.setdefault((moment - self.begins) // HALF_HOUR, Interval())

    def spread(self, since: datetime, until: datetime, name: str) -> None:
        """Add the seconds of a stretch of time to the half hours it touches."""
        while since < until:
            number = (since - self.begins) // HALF_HOUR
            end = min(until, self.begins + (number + 1) * HALF_HOUR)
            interval = self.intervals.setdefault(number, Interval())
            setattr(interval, name, getattr(interval, name) + (end - since).total_seconds())
            since = end

    def rows(self) -> Iterator[tuple[datetime, Interval]]:
        for number in sorted(self.intervals):
            yield self.begins + number * HALF_HOUR, self.intervals[number]

    def total(self, after: timedelta = timedelta(0)) -> Interval:
        """All together, without what began earlier than `after`: the floor starts empty, which is not usual."""
        return together(interval for at, interval in self.rows() if at - self.begins >= after)


def together(intervals: Iterable[Interval]) -> Interval:
    sum_of = Interval()
    for interval in intervals:
        sum_of.add(interval)
    return sum_of
