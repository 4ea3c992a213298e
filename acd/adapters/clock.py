"""Wall clock and timers of the event loop."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from acd.core.facts import TimerDue, TimerKey


def now() -> datetime:
    return datetime.now(UTC)


class Timers:
    """Runs SetTimer and CancelTimer; a due timer is delivered as a fact."""

    def __init__(self, deliver: Callable[[TimerDue], None]) -> None:
        self._deliver = deliver
        self._running: dict[TimerKey, asyncio.TimerHandle] = {}

    def set(self, key: TimerKey, at: datetime) -> None:
        """Replaces a running timer of the same key."""
        self.cancel(key)
        delay = max(0.0, (at - now()).total_seconds())
        self._running[key] = asyncio.get_running_loop().call_later(delay, self._due, key)

    def cancel(self, key: TimerKey) -> None:
        handle = self._running.pop(key, None)
        if handle is not None:
            handle.cancel()

    def close(self) -> None:
        for handle in self._running.values():
            handle.cancel()
        self._running.clear()

    def _due(self, key: TimerKey) -> None:
        self._running.pop(key, None)
        self._deliver(TimerDue(key))
