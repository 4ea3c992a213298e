"""Takes messages off the bus: de-duplicate, find gaps, apply, commit, and only then announce.

Never crashes on a message, and knows no library of the bus.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts import codec, topics
from acd.contracts.events import CommandDone, Event
from agent_api import effects
from agent_api.announcer import Announcer
from agent_api.bus import BusMessage
from agent_api.calls.memory import CallMemory
from agent_api.db import Database
from agent_api.effects import Applied
from agent_api.errors import Unavailable
from agent_api.eventlog import service as eventlog
from agent_api.eventlog.order import Reading, Skipped
from agent_api.inbox import Inbox
from agent_api.observe import Metrics
from agent_api.reader import Reader
from agent_api.recovery import Recovery
from agent_api.settings import Settings

log = structlog.get_logger(__name__)

RETRY_SECONDS = 1.0
T = TypeVar("T")
Aftermath = Callable[[AsyncSession, Sequence[Event], Applied], Awaitable[None]]
"""What other features make of events, in the same transaction."""


def together(*aftermaths: Aftermath) -> Aftermath:
    """One after another."""

    async def all_of_them(session: AsyncSession, events: Sequence[Event], applied: Applied) -> None:
        for aftermath in aftermaths:
            await aftermath(session, events, applied)

    return all_of_them


class Intake:
    def __init__(
        self,
        settings: Settings,
        db: Database,
        reader: Reader,
        recovery: Recovery,
        announcer: Announcer,
        metrics: Metrics,
        clock: Callable[[], datetime],
        aftermath: Aftermath,
    ) -> None:
        self._aftermath = aftermath
        self._consumer, self._zone = settings.consumer, settings.zone
        self._db = db
        self._reader = reader
        self._recovery = recovery
        self._announcer = announcer
        self._metrics = metrics
        self._clock = clock
        self._reading: Reading | None = None
        self._memory = CallMemory()
        self.trouble = ""
        """Why events wait, in words; empty when they do not."""

    async def run_events(self, inbox: Inbox) -> None:
        await self._persist(self._announcer.restore)
        while True:
            batch = await inbox.events()
            self._metrics.backlog.set(len(inbox))
            await self.take(batch)

    async def run_states(self, inbox: Inbox) -> None:
        """Beside the events: what an agent is doing now is shown without waiting for the database."""
        while True:
            item = await self._reader.snapshot(await inbox.states.get())
            if item is not None:
                await self._announcer.snapshot(item.content, item.retained)

    async def catch_up(self) -> None:
        """After (re)connecting: chase old gaps, and what came after the last event we know (the broker may lose it)."""
        reading = await self._known()
        await self._recovery.gaps(await self._persist(self._open_gaps))
        for stream, place in list(reading.places.items())[-1:]:
            await self._recovery.tail(stream, place)

    async def take(self, batch: Sequence[BusMessage]) -> None:
        """All of a batch in one transaction; the announcements follow in the order of arrival."""
        items = [item for message in batch if (item := await self._reader.event(message)) is not None]
        if not items:
            return
        known = await self._known()
        applied = await self._apply_all([item.content for item in items])
        for item in items:
            event = item.content
            if str(event.event_id) in applied.new_ids or not known.seen(str(event.stream), event.seq):
                # Not new in the database but new to us: another replica stored it, our desks have not heard of it.
                await self._announcer.event(event, applied.stories.get(getattr(event, "call_id", None) or ""))
                if isinstance(event, CommandDone):
                    await self._recovery.answered(event)
            self._metrics.push_seconds.observe(asyncio.get_running_loop().time() - item.received)

    async def _apply_all(self, events: Sequence[Event]) -> Applied:
        """The batch, or event by event when one of them cannot be applied, so that the others are not lost with it."""
        try:
            return await self._persist(partial(self._transaction, events))
        except Exception:
            log.exception("a batch could not be applied, trying one by one", size=len(events))
            self._memory = CallMemory()
        total = Applied()
        for event in events:
            try:
                applied = await self._persist(partial(self._transaction, [event]))
            except Exception as error:
                log.error("event could not be applied", event_type=event.type, exc_info=error)
                self._memory = CallMemory()  # it may remember what was not stored
                reason = f"could not be applied: {type(error).__name__}"
                await self._reader.dead_letter(topics.event_topic(event), codec.encode(event), reason)
            else:
                total.new_ids |= applied.new_ids
                total.stories |= applied.stories
        return total

    async def _transaction(self, events: Sequence[Event]) -> Applied:
        known = await self._known()
        reading = known.copy()
        gaps = (reading.read(str(event.stream), event.seq, event.at) for event in events)
        skipped = [gap for gap in gaps if gap is not None]
        streams = {str(event.stream) for event in events}
        async with self._db.write() as session:
            applied = await effects.apply(session, events, self._zone, self._memory)
            await self._aftermath(session, events, applied)
            connection = await session.connection()
            await connection.run_sync(eventlog.save_reading, self._consumer, reading, streams, self._clock())
            await eventlog.note_gaps(session, skipped)
            still_open: list[Skipped] = []
            if skipped or self._recovery.chasing or any(_is_late(event, known, applied) for event in events):
                still_open = await eventlog.close_filled_gaps(session)
        self._reading = reading
        self._metrics.duplicates.inc(len(events) - len(applied.new_ids))
        self._metrics.gaps.inc(len(skipped))
        await self._recovery.gaps(still_open)
        await self._ask_for_tail(known, streams)
        return applied

    async def _ask_for_tail(self, known: Reading, streams: set[str]) -> None:
        """The publisher started anew: the end of its former stream may never have been sent."""
        if known.places and not streams <= known.places.keys():
            stream, place = list(known.places.items())[-1]
            await self._recovery.tail(stream, place)

    async def _persist(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do the work, again and again while the database is away: events wait, they are not dropped."""
        while True:
            try:
                done = await work()
            except Unavailable as away:
                self.trouble = f"{away.what} is away, events wait"
                log.warning("intake waits", what=away.what)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self.trouble = ""
                return done

    async def _known(self) -> Reading:
        if self._reading is None:
            self._reading = await self._persist(self._load)
        return self._reading

    async def _load(self) -> Reading:
        async with self._db.read() as session:
            return await eventlog.reading_of(session, self._consumer)

    async def _open_gaps(self) -> list[Skipped]:
        async with self._db.write() as session:
            return await eventlog.close_filled_gaps(session)


def _is_late(event: Event, known: Reading, applied: Applied) -> bool:
    """It fills a gap, or part of one."""
    return known.seen(str(event.stream), event.seq) and str(event.event_id) in applied.new_ids
