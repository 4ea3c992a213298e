"""Takes messages off the bus: decode, de-duplicate, find gaps, apply, commit, and only then announce.

Never crashes on a message: what cannot be read or applied goes to the dead letter topic. Knows no library of the bus.
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

import structlog
from pydantic import BaseModel, ValidationError

from acd.contracts import codec, topics
from acd.contracts.commands import Command, ReplayEvents
from acd.contracts.events import Event
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot
from agent_api import effects
from agent_api.announcer import Announcer
from agent_api.bus import BusMessage
from agent_api.db import Database
from agent_api.effects import Applied
from agent_api.errors import Unavailable
from agent_api.eventlog import service as eventlog
from agent_api.eventlog.order import Reading, Skipped
from agent_api.observe import Metrics
from agent_api.replay import Chaser, ReplayRequest
from agent_api.settings import Settings

log = structlog.get_logger(__name__)

BATCH = 100
RETRY_SECONDS = 1.0
STATE_PREFIX = f"{topics.PREFIX}/state/"
SNAPSHOTS: dict[str, type[AgentSnapshot | QueueSnapshot | ProcessSnapshot]] = {
    "agent": AgentSnapshot,
    "queue": QueueSnapshot,
    "process": ProcessSnapshot,
}
SNAPSHOT_TYPES = (AgentSnapshot, QueueSnapshot, ProcessSnapshot)
T = TypeVar("T")


class Outgoing(Protocol):
    async def send(self, command: Command) -> None: ...
    async def publish(self, topic: str, message: BaseModel) -> None: ...


class DeadLetter(BaseModel):
    topic: str
    reason: str
    payload_base64: str


@dataclass(frozen=True, slots=True)
class Item:
    """One message that could be read."""

    content: Event | AgentSnapshot | QueueSnapshot | ProcessSnapshot
    received: float


class Intake:
    def __init__(
        self,
        settings: Settings,
        db: Database,
        out: Outgoing,
        announcer: Announcer,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._db = db
        self._out = out
        self._announcer = announcer
        self._metrics = metrics
        self._clock = clock
        self._reading: Reading | None = None
        self._chaser = Chaser(settings.replay_timeout, settings.replay_attempts)
        self.trouble = ""

    async def run(self, incoming: "asyncio.Queue[BusMessage]") -> None:
        while True:
            batch = [await incoming.get()]
            while len(batch) < BATCH and not incoming.empty():
                batch.append(incoming.get_nowait())
            self._metrics.backlog.set(incoming.qsize())
            await self.take(batch)

    async def watch_gaps(self) -> None:
        """Asks again for what did not come, and gives up in the end."""
        while True:
            await asyncio.sleep(min(1.0, self._settings.replay_timeout.total_seconds() / 2))
            again, lost = self._chaser.due(self._clock())
            await self._request(again)
            if lost:
                await self._persist(partial(self._give_up, lost))

    async def catch_up(self) -> None:
        """After (re)connecting: ask for what came after the last event we know, the broker may have lost it."""
        reading = await self._known()
        newest = list(reading.places.items())[-1:]
        await self._request([ReplayRequest(stream, place.seq) for stream, place in newest])

    async def take(self, batch: Sequence[BusMessage]) -> None:
        """All of a batch in one transaction; the announcements follow in the order of arrival."""
        items = [item for message in batch if (item := await self._read(message)) is not None]
        events = [item.content for item in items if not isinstance(item.content, SNAPSHOT_TYPES)]
        known = await self._known()
        applied = await self._apply_all(events) if events else Applied()
        for item in items:
            content = item.content
            if isinstance(content, SNAPSHOT_TYPES):
                await self._announcer.snapshot(content)
            elif str(content.event_id) in applied.new_ids or not known.seen(str(content.stream), content.seq):
                await self._announcer.event(content, applied.stories.get(getattr(content, "call_id", None) or ""))
            self._metrics.push_seconds.observe(asyncio.get_running_loop().time() - item.received)

    # -- reading ------------------------------------------------------------------------------------------------------

    async def _read(self, message: BusMessage) -> Item | None:
        if message.topic.startswith(STATE_PREFIX):
            return await self._read_snapshot(message)
        match codec.decode_event(message.payload):
            case codec.UnknownType(kind):
                self._metrics.unknown.inc()
                log.info("event of unknown type ignored", type=kind)
            case codec.BadPayload(reason):
                await self._dead_letter(message, reason)
            case event:
                self._metrics.events.labels(event.type).inc()
                return Item(event, message.received)
        return None

    async def _read_snapshot(self, message: BusMessage) -> Item | None:
        kind = message.topic.removeprefix(STATE_PREFIX).split("/", 1)[0]
        if not message.payload or kind not in SNAPSHOTS:
            return None  # a retained state was cleared, or a newer publisher's kind
        try:
            return Item(SNAPSHOTS[kind].model_validate_json(message.payload), message.received)
        except ValidationError as error:
            await self._dead_letter(message, error.errors(include_input=False, include_url=False)[0]["msg"])
            return None

    async def _dead_letter(self, message: BusMessage, reason: str) -> None:
        self._metrics.dead_letters.inc()
        log.warning("message could not be used", topic=message.topic, reason=reason)
        letter = DeadLetter(
            topic=message.topic, reason=reason, payload_base64=base64.b64encode(message.payload[:4096]).decode()
        )
        try:
            await self._out.publish(topics.DEAD_LETTER, letter)
        except Unavailable:
            log.warning("dead letter could not be published", topic=message.topic)

    # -- applying -----------------------------------------------------------------------------------------------------

    async def _apply_all(self, events: Sequence[Event]) -> Applied:
        """The batch, or event by event when one of them cannot be applied, so that the others are not lost with it."""
        try:
            return await self._persist(partial(self._transaction, events))
        except Exception:
            log.exception("a batch could not be applied, trying one by one", size=len(events))
        total = Applied()
        for event in events:
            try:
                applied = await self._persist(partial(self._transaction, [event]))
            except Exception as error:
                log.error("event could not be applied", event_type=event.type, exc_info=error)
                message = BusMessage(topics.event_topic(event), codec.encode(event), 0.0)
                await self._dead_letter(message, f"could not be applied: {type(error).__name__}")
            else:
                total.new_ids |= applied.new_ids
                total.stories |= applied.stories
        return total

    async def _transaction(self, events: Sequence[Event]) -> Applied:
        now = self._clock()
        reading = (await self._known()).copy()
        gaps = (reading.read(str(event.stream), event.seq, event.at) for event in events)
        skipped = [gap for gap in gaps if gap is not None]
        async with self._db.write() as session:
            applied = await effects.apply(session, events, self._settings.zone)
            streams = {str(event.stream) for event in events}
            await eventlog.save_reading(session, self._settings.consumer, reading, streams, now)
            if skipped:
                await eventlog.note_gaps(session, skipped)
            still_open = await eventlog.close_filled_gaps(session) if skipped or self._chaser.chases else []
        self._reading = reading
        self._metrics.duplicates.inc(len(events) - len(applied.new_ids))
        self._metrics.gaps.inc(len(skipped))
        await self._request(self._chaser.update(still_open, now))
        return applied

    async def _give_up(self, lost: Sequence[Skipped]) -> None:
        async with self._db.write() as session:
            await eventlog.give_up(session, lost)
        for gap in lost:
            self._metrics.lost.inc(gap.last - gap.first + 1)
            log.error("events are lost, figures of their time are incomplete", stream=gap.stream, first=gap.first,
                      last=gap.last, from_at=gap.from_at.isoformat(), to_at=gap.to_at.isoformat())  # fmt: skip

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
            return await eventlog.reading_of(session, self._settings.consumer)

    async def _request(self, requests: Sequence[ReplayRequest]) -> None:
        for request in requests:
            command = ReplayEvents(
                command_id=uuid4(),
                not_after=self._clock() + timedelta(seconds=30),
                stream=UUID(request.stream),
                after_seq=request.after_seq,
            )
            log.info("asking for a replay", stream=request.stream, after_seq=request.after_seq)
            try:
                await self._out.send(command)
            except Unavailable:
                log.warning("replay could not be asked for", stream=request.stream)
