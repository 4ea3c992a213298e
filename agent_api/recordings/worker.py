"""Puts finished recordings away: composes the sound, stores it, and only then deletes what Asterisk wrote. A job.

Nothing is given up while a store or a spool is away: the file stays where it is, and /health tells.
"""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import CallConnected, CallRecordingChanged, Event
from agent_api.auth import service as auth
from agent_api.db import Database
from agent_api.errors import NotFound, Unavailable
from agent_api.eventlog import service as eventlog
from agent_api.recordings import repository, sound
from agent_api.recordings.metrics import RecordingMetrics
from agent_api.recordings.models import Recording
from agent_api.recordings.settings import RecordingSettings
from agent_api.recordings.states import RecordingStage
from agent_api.recordings.store import Vault
from agent_api.recordings.timeline import Timeline, fitted, timeline

log = structlog.get_logger(__name__)

AT_A_TIME = 20
LOST_AFTER = timedelta(minutes=2)
"""After the end of the call, with the spool in reach and no file in it."""
CLOSED_WITHIN = timedelta(seconds=30)
"""Asterisk holds back a second of sound until it closes the file, which a busy machine does late."""
MISSING_MS = 300
SURELY_CLOSED = timedelta(seconds=1)
LONG_WAIT = timedelta(minutes=15)
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=10)


class NotYet(Exception):
    """Look again later; the reason is for people."""


class RecordingWorker:
    def __init__(
        self,
        db: Database,
        vault: Vault,
        settings: RecordingSettings,
        clock: Callable[[], datetime],
        metrics: RecordingMetrics,
    ) -> None:
        self._db, self._vault, self._spools = db, vault, settings.spools
        self._clock, self._metrics = clock, metrics
        self._trouble = ""

    async def look(self) -> int:
        """How many were put away. The round ends at the first that fails: the store is away, or the next round is
        spared a bad file, which comes later and later."""
        async with self._db.glance() as session:
            rows = await repository.due(session, self._clock(), self._spools.keys(), AT_A_TIME)
        stored, failed = 0, False
        for row in rows:
            try:
                stored += await self._take(row)
            except NotYet as reason:
                await self._later(row, str(reason))
            except (Unavailable, OSError, ValueError, RuntimeError) as error:
                log.warning("a recording waits", call_id=row.call_id, reason=str(error))
                self._metrics.failures.inc()
                await self._later(row, type(error).__name__)
                failed = True
                break
        await self._count(failed)
        return stored

    async def trouble(self) -> str:
        """For /health."""
        return self._trouble

    async def _take(self, row: Recording) -> bool:
        raw = self._raw_file(row)
        if raw is None:
            await self._lost(row)
            return False
        await self._store(row, raw)
        raw.unlink(missing_ok=True)
        return True

    def _raw_file(self, row: Recording) -> Path | None:
        """None: there is none and there will be none."""
        spool = self._spools[row.node]
        if not spool.is_dir():
            raise Unavailable("spool")
        raw, now = spool / Path(row.file).name, self._clock()
        if not raw.is_file() or raw.stat().st_size < sound.FRAME_BYTES:
            if row.ended_at is None or now - row.ended_at > LOST_AFTER:
                return None
            raise NotYet("no file yet")
        if now.timestamp() - raw.stat().st_mtime < SURELY_CLOSED.total_seconds():
            raise NotYet("still written")
        return raw

    async def _store(self, row: Recording, raw: Path) -> None:
        async with self._db.read() as session:
            told = await _told(session, row.call_id)
        changes = [event for event in told if isinstance(event, CallRecordingChanged)]
        length = self._complete(row, raw, timeline(changes))
        line = fitted(changes, length)
        name = f"{row.node}/{row.started_at:%Y/%m/%d}/{row.call_id}.flac"
        with tempfile.TemporaryDirectory(prefix="recording-") as folder:
            target = Path(folder) / "sound.flac"
            made = await asyncio.to_thread(sound.compose, raw, line.gaps, target)
            await self._vault.put(name, target)
        if sound.length_ms(raw) != length:
            raise NotYet("it grew")
        async with self._db.write() as session:
            kept = await session.get_one(Recording, row.call_id)
            await self._note(session, kept, told, line)
            kept.state, kept.due_at, kept.error = RecordingStage.STORED.value, None, ""
            kept.key, kept.sealed = name, self._vault.seals
            kept.length_ms, kept.size, kept.sha256, kept.peaks = made.length_ms, made.size, made.sha256, made.peaks
        self._metrics.stored.inc()

    def _complete(self, row: Recording, raw: Path, line: Timeline) -> int:
        """How long the file is: as long as it was told to be, or it will not grow any more."""
        length = sound.length_ms(raw)
        if (
            length < line.written_ms - MISSING_MS
            and row.ended_at is not None
            and self._clock() - row.ended_at < CLOSED_WITHIN
        ):
            raise NotYet("its end is not written yet")
        return length

    async def _note(self, session: AsyncSession, row: Recording, told: list[Event], line: Timeline) -> None:
        """Who talked, for whom it is kept, what was paused."""
        connected = sorted((event for event in told if isinstance(event, CallConnected)), key=lambda each: each.at)
        row.agents = list(dict.fromkeys(str(event.agent_id) for event in connected))
        row.pauses = [asdict(pause) for pause in line.pauses]
        if row.agents:
            try:
                row.center_id = (await auth.staff_of(session, row.agents[-1])).center_id
            except NotFound:
                log.warning("nobody knows the agent of a recording", call_id=row.call_id)

    async def _lost(self, row: Recording) -> None:
        log.error("a recording is lost", call_id=row.call_id, node=row.node)
        self._metrics.lost.inc()
        async with self._db.write() as session:
            told = await _told(session, row.call_id)
            kept = await session.get_one(Recording, row.call_id)
            await self._note(session, kept, told, Timeline())
            kept.state, kept.due_at = RecordingStage.LOST.value, None

    async def _later(self, row: Recording, reason: str) -> None:
        wait = min(FIRST_RETRY * 2 ** min(row.attempts, 10), LONGEST_RETRY)
        async with self._db.write() as session:
            kept = await session.get_one(Recording, row.call_id)
            kept.attempts, kept.error, kept.due_at = kept.attempts + 1, reason[:200], self._clock() + wait

    async def _count(self, failed: bool) -> None:
        async with self._db.read() as session:
            count, oldest = await repository.waiting(session)
        seconds = (self._clock() - oldest).total_seconds() if oldest else 0
        self._metrics.waiting.set(count)
        self._metrics.oldest.set(seconds)
        late = seconds > LONG_WAIT.total_seconds()
        self._trouble = f"{count} recordings cannot be put away and wait in the spool" if failed or late else ""


async def _told(session: AsyncSession, call_id: str) -> list[Event]:
    connection = await session.connection()
    return (await connection.run_sync(eventlog.events_of, "call", [call_id]))[call_id]
