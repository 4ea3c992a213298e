"""Sorts what the bus brings: states are shown at once, events wait a moment for company before they are stored.

One transaction for many events is what keeps a call cheap. Events somebody looks at or waits for are never held back.
"""

import asyncio

from acd.contracts import topics
from agent_api.bus import BusMessage

SIZE = 10_000
BATCH = 200
AT_ONCE = ("/agent_ringing", "/done")
"""Last parts of topics: the screen pop, and answers to commands."""
SOON = ("/connected", "/agent_missed", "/held", "/resumed", "/transferred", "/surveyed")
"""An agent's screen shows these."""
SOON_SECONDS, ENDED_SECONDS, LATER_SECONDS = 0.04, 0.2, 0.4
"""Most calls end in the menu, where nobody watches; an agent's wrap-up shows by the agent's own state."""
STATE_PREFIX = f"{topics.PREFIX}/state/"


class Inbox:
    def __init__(self) -> None:
        self.states: asyncio.Queue[BusMessage] = asyncio.Queue(SIZE)
        self.dropped = 0
        """Messages that found no room: the sequence numbers show them, and a replay brings them again."""
        self._events: list[BusMessage] = []
        self._ready = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._events) + self.states.qsize()

    def put(self, message: BusMessage) -> None:
        """Called by the bus for every message; never blocks."""
        if message.topic.startswith(STATE_PREFIX):
            self._put_state(message)
        elif len(self._events) >= SIZE:
            self.dropped += 1
        else:
            self._events.append(message)
            self._wake_up_in(_patience(message.topic))

    def _wake_up_in(self, seconds: float) -> None:
        if seconds == 0:
            self._ready.set()
            return
        loop = asyncio.get_running_loop()
        if self._timer is None or self._timer.when() > loop.time() + seconds:
            self._stop_timer()
            self._timer = loop.call_later(seconds, self._ready.set)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _put_state(self, message: BusMessage) -> None:
        try:
            self.states.put_nowait(message)
        except asyncio.QueueFull:
            self.dropped += 1

    async def events(self) -> list[BusMessage]:
        """The next events to store together, in the order they came."""
        await self._ready.wait()
        batch, self._events = self._events[:BATCH], self._events[BATCH:]
        if not self._events:
            self._ready.clear()
            self._stop_timer()
        return batch


def _patience(topic: str) -> float:
    """Seconds an event may wait for others to share its transaction."""
    if topic.endswith(AT_ONCE):
        return 0.0
    if topic.endswith(SOON):
        return SOON_SECONDS
    return ENDED_SECONDS if topic.endswith("/ended") else LATER_SECONDS
