"""The only loop: next fact -> handle -> run its effects. A fact that breaks the core is kept aside; the loop lives."""

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from prometheus_client import Histogram

from acd.adapters.clock import Timers, now
from acd.adapters.journal import Batch, Outgoing
from acd.contracts.events import (
    CallEnded,
    CallIdentified,
    CallIvrAnswered,
    CallIvrLeft,
    CallIvrVisited,
    CallOffered,
    Event,
)
from acd.contracts.ids import NodeName
from acd.core import effects
from acd.core.effects import Effect
from acd.core.facts import AnyFact, Replayed
from acd.core.world import World, handle

log = logging.getLogger(__name__)

BURST = 200
"""Facts handled before the loop lets sockets and timers have a turn."""
LINGER_SECONDS = 0.01
"""What one moment brings is written and published together: far fewer commits, packets and system calls."""
LONGER_SECONDS = 0.06
"""The moment when nobody looks on: a call in the menu. Well below what a restart reads again (NodeLink's MARGIN)."""
UNWATCHED = (CallOffered, CallIvrAnswered, CallIvrVisited, CallIdentified, CallIvrLeft, CallEnded)
"""The rest shows on a screen. An agent sees the end of a call by the agent's own state."""
SIGN_OF_LIFE_SECONDS = 1.0
KEPT_TRACES = 50


class Node(Protocol):
    def run(self, action: effects.Action) -> None: ...


class Journal(Protocol):
    def post(self, batch: Batch) -> None: ...

    def events_after(self, stream: UUID, seq: int) -> list[Outgoing] | None: ...


class Bus(Protocol):
    def post(self, messages: list[Outgoing]) -> None: ...


class Pump:
    def __init__(self, world: World, journal: Journal, bus: Bus, traces: Path) -> None:
        self.world = world
        self.stream = uuid4()
        self.seq = 0
        self.nodes: Mapping[NodeName, Node] = {}
        self.crashes = 0
        self.facts: Counter[str] = Counter()
        self.seconds = Histogram(
            "acd_decision_seconds",
            "From taking a fact to having its actions written, of facts that asked for any",
            buckets=(0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1),
            registry=None,
        )
        self._journal, self._bus, self._traces = journal, bus, traces
        self._inbox: asyncio.Queue[AnyFact] = asyncio.Queue()
        self._timers = Timers(self.deliver)
        self._batch = Batch(now())
        self._lingering: asyncio.TimerHandle | None = None
        self._watched = False
        """The batch holds an event that somebody waits for."""
        self._posted_at = 0.0
        self._replays: set[asyncio.Task[None]] = set()

    def deliver(self, fact: AnyFact) -> None:
        """The one synchronous way in, for every adapter."""
        self._inbox.put_nowait(fact)

    def backlog(self) -> int:
        return self._inbox.qsize()

    async def run(self) -> None:
        while True:
            self.take(await self._inbox.get())
            for _ in range(min(self._inbox.qsize(), BURST)):
                self.take(self._inbox.get_nowait())
            self._flush_in(LINGER_SECONDS if self._batch.shows or self._watched else LONGER_SECONDS)
            await asyncio.sleep(0)

    def _flush_in(self, seconds: float) -> None:
        """Or earlier, if that was asked for before."""
        loop = asyncio.get_running_loop()
        if self._lingering is None or self._lingering.when() > loop.time() + seconds:
            self._stop_lingering()
            self._lingering = loop.call_later(seconds, self.flush)

    def _stop_lingering(self) -> None:
        if self._lingering is not None:
            self._lingering.cancel()
            self._lingering = None

    def close(self) -> None:
        self._timers.close()
        for task in self._replays:
            task.cancel()
        self.flush()

    # ---- one fact -----------------------------------------

    def take(self, fact: AnyFact) -> None:
        """Handle one fact and run its effects; actions reach the socket before anything else is done."""
        started, at = time.perf_counter(), now()
        try:
            asked = handle(self.world, fact, at)
        except Exception as error:  # noqa: BLE001 -- a bug in the core must not stop the calls of everybody else
            asked = self._crashed(fact, error)
        rest = [effect for effect in asked if not self._act(effect)]
        if len(rest) < len(asked):
            self.seconds.observe(time.perf_counter() - started)
        self.facts[type(fact).__name__] += 1
        for effect in rest:
            self._follow(effect, at)

    def _act(self, effect: Effect) -> bool:
        if not isinstance(effect, effects.OnNode):
            return False
        node = self.nodes.get(effect.node)
        if node is not None:
            node.run(effect)
        return True

    def _follow(self, effect: Effect, at: datetime) -> None:
        match effect:
            case effects.Publish():
                self._batch.events.append(self._numbered(effect.event))
                self._watched = self._watched or not isinstance(effect.event, UNWATCHED)
            case effects.Show():
                self._batch.shows[effect.topic] = effect.snapshot
            case effects.SetTimer():
                self._timers.set(effect.key, effect.at)
            case effects.CancelTimer():
                self._timers.cancel(effect.key)
            case effects.Save():
                self._batch.records[effect.kind, effect.key] = effect.record
            case effects.Replay():
                self._replay(effect)
        self._batch.at = at

    def _numbered(self, event: Event) -> Event:
        self.seq += 1
        return event.model_copy(update={"event_id": uuid4(), "stream": self.stream, "seq": self.seq})

    def flush(self) -> None:
        """Hand what came together to the journal, or a sign of life when there was nothing to write for a while."""
        self._stop_lingering()
        self._watched = False
        if self._batch.empty() and time.monotonic() - self._posted_at < SIGN_OF_LIFE_SECONDS:
            return
        self._journal.post(self._batch)
        self._batch = Batch(now())
        self._posted_at = time.monotonic()

    def _replay(self, asked: effects.Replay) -> None:
        task = asyncio.get_running_loop().create_task(self._replayed(asked))
        self._replays.add(task)
        task.add_done_callback(self._replays.discard)

    async def _replayed(self, asked: effects.Replay) -> None:
        found = await asyncio.to_thread(self._journal.events_after, asked.stream, asked.after_seq)
        self._bus.post(found or [])
        self.deliver(Replayed(asked.command_id, known=found is not None))

    # ---- what must never happen ---------------------------

    def _crashed(self, fact: AnyFact, error: Exception) -> list[Effect]:
        self.crashes += 1
        log.error("a fact broke the core", exc_info=error, extra={"fact": type(fact).__name__})
        try:
            self._traces.mkdir(parents=True, exist_ok=True)
            path = self._traces / f"crash-{self.stream}-{self.crashes % KEPT_TRACES}.json"
            kept = {"fact": type(fact).__name__, "fields": asdict(fact), "error": repr(error)}
            path.touch(mode=0o600)
            path.write_text(json.dumps(kept, default=str, ensure_ascii=False), encoding="utf-8")
        except OSError as problem:
            log.error("the fact could not be kept", extra={"reason": str(problem)})
        # What was asked for before the break matches what the world believes now.
        return self.world.take_effects()
