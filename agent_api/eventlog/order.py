"""Reading order of the streams: which numbers are new, which were skipped. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """How far one stream was read."""

    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """Numbers `first` to `last` of a stream did not come; they happened between the two times."""

    stream: str
    first: int
    last: int
    from_at: datetime
    to_at: datetime


@dataclass(slots=True)
class Reading:
    """The consumer's view of all streams, moved on by `read`."""

    places: dict[str, Place] = field(default_factory=dict)

    def read(self, stream: str, seq: int, at: datetime) -> Skipped | None:
        """Note one event; returns what was skipped before it. A late or repeated number skips nothing."""
        place = self.places.get(stream)
        if place is not None and seq <= place.seq:
            return None
        self.places[stream] = Place(seq, at)
        expected = place.seq + 1 if place else 1
        if seq == expected:
            return None
        return Skipped(stream, expected, seq - 1, place.at if place else at, at)

    def copy(self) -> "Reading":
        return Reading(dict(self.places))

    def seen(self, stream: str, seq: int) -> bool:
        place = self.places.get(stream)
        return place is not None and seq <= place.seq


def covers(gaps: Iterable[Skipped], start: datetime, end: datetime) -> bool:
    """True when something is missing inside [start, end)."""
    return any(gap.from_at < end and gap.to_at >= start for gap in gaps)
