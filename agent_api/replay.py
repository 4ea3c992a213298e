"""Decides when to ask the ACD for missing events again, and when to give up. Pure: times come in, requests go out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent_api.eventlog.order import Skipped


@dataclass(frozen=True, slots=True)
class ReplayRequest:
    stream: str
    after_seq: int


@dataclass(slots=True)
class _Chase:
    gap: Skipped
    asked: int
    asked_at: datetime


@dataclass(slots=True)
class Chaser:
    """The open gaps and how often each was asked for."""

    timeout: timedelta
    attempts: int
    chases: dict[tuple[str, int], _Chase] = field(default_factory=dict)

    def update(self, gaps: Iterable[Skipped], now: datetime) -> list[ReplayRequest]:
        """The gaps open now; returns what to ask for at once (new gaps) and forgets those that were filled."""
        current = {(gap.stream, gap.first): gap for gap in gaps}
        self.chases = {key: chase for key, chase in self.chases.items() if key in current}
        fresh = [key for key in current if key not in self.chases]
        for key in fresh:
            self.chases[key] = _Chase(current[key], 1, now)
        return _requests(current[key] for key in fresh)

    def unknown(self, stream: str) -> list[Skipped]:
        """The ACD knows nothing of this stream any more: its gaps stay."""
        lost = [chase.gap for key, chase in self.chases.items() if key[0] == stream]
        self.chases = {key: chase for key, chase in self.chases.items() if key[0] != stream}
        return lost

    def due(self, now: datetime) -> tuple[list[ReplayRequest], list[Skipped]]:
        """What to ask for again, and what nobody answered for too often."""
        again, lost = [], []
        for key, chase in list(self.chases.items()):
            if now - chase.asked_at < self.timeout:
                continue
            if chase.asked >= self.attempts:
                lost.append(chase.gap)
                del self.chases[key]
            else:
                chase.asked, chase.asked_at = chase.asked + 1, now
                again.append(chase.gap)
        return _requests(again), lost


def _requests(gaps: Iterable[Skipped]) -> list[ReplayRequest]:
    """One request per stream, from its first missing number on."""
    first: dict[str, int] = {}
    for gap in gaps:
        first[gap.stream] = min(first.get(gap.stream, gap.first), gap.first)
    return [ReplayRequest(stream, number - 1) for stream, number in first.items()]
