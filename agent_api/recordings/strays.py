"""Recordings nobody told us about, or told only half: no file is left in a spool for ever, none is thrown away. A job.

Happens when the ACD was dead during a whole call, or when events were lost.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.recordings import repository, sound
from agent_api.recordings.aftermath import begun, over
from agent_api.recordings.models import Recording
from agent_api.recordings.states import RecordingStage

QUIET = timedelta(minutes=1)
"""A file that was not written for so long, of a call that is over, is complete."""
LONGEST_CALL = timedelta(hours=4)
"""Of a call we know nothing of."""


class StrayRecordings:
    def __init__(self, db: Database, spools: dict[str, Path], clock: Callable[[], datetime]) -> None:
        self._db, self._spools, self._clock = db, spools, clock

    async def look(self) -> int:
        """How many were handed to the worker."""
        found = 0
        for node, spool in self._spools.items():
            for file in sorted(spool.glob(f"*{sound.RAW_SUFFIX}")) if spool.is_dir() else []:
                found += await self._examine(node, file)
        async with self._db.write() as session:
            for row in await repository.left_open(session, self._clock() - LONGEST_CALL):
                over(row, self._clock(), self._clock())
        return found

    async def _examine(self, node: str, file: Path) -> bool:
        size, written_at = _look_at(file)
        if self._clock() - written_at < QUIET:
            return False
        async with self._db.write() as session:
            row, call = await repository.by_call(session, file.stem), await _call(session, file.stem)
            if not self._is_over(call, written_at):
                return False
            put_away = row is not None and row.state in (RecordingStage.STORED, RecordingStage.PURGED)
            if put_away or size < sound.FRAME_BYTES:
                _drop(file)  # nothing in it: the agent never answered
                return False
            return self._hand_over(session, row, node, file, written_at)

    def _is_over(self, call: Call | None, written_at: datetime) -> bool:
        if call is not None:
            return call.ended_at is not None
        return self._clock() - written_at > LONGEST_CALL

    def _hand_over(
        self, session: AsyncSession, row: Recording | None, node: str, file: Path, written_at: datetime
    ) -> bool:
        if row is None:
            started_at = written_at - timedelta(milliseconds=sound.length_ms(file))
            row = begun(file.stem[:64], node, file.name, started_at)
            session.add(row)
        if row.state == RecordingStage.WAITING:
            return False
        over(row, written_at, self._clock())
        return True


def _look_at(file: Path) -> tuple[int, datetime]:
    state = file.stat()
    return state.st_size, datetime.fromtimestamp(state.st_mtime, UTC)


def _drop(file: Path) -> None:
    file.unlink(missing_ok=True)


async def _call(session: AsyncSession, call_id: str) -> Call | None:
    try:
        return await calls.get(session, call_id)
    except NotFound:
        return None
