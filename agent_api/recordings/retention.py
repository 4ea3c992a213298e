"""How long recordings are kept, and their deletion afterwards. A job, with its proof in the audit log."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import CenterRef, system
from agent_api.db import Database
from agent_api.recordings import repository
from agent_api.recordings.metrics import RecordingMetrics
from agent_api.recordings.models import Recording
from agent_api.recordings.states import RecordingStage
from agent_api.recordings.store import Vault
from agent_api.tickets import service as tickets

AT_A_TIME = 500
AFTER_A_TICKET = timedelta(days=150)
"""Five months behind the end of the ticket the call belongs to."""


def days_of(center_id: str, own: Mapping[str, int], parents: Mapping[str, str | None], default: int) -> int:
    """The centre's own rule, or that of the nearest one above it. Pure."""
    at: str | None = center_id
    while at is not None:
        if at in own:
            return own[at]
        at = parents.get(at)
    return default


async def effective(session: AsyncSession, default: int) -> dict[str, int]:
    """Days for every centre."""
    parents = await auth.parents(session)
    own = {center_id: row.days for center_id, row in (await repository.retention(session)).items()}
    return {center_id: days_of(center_id, own, parents, default) for center_id in parents}


class RecordingPurge:
    def __init__(
        self, db: Database, vault: Vault, keep_days: int, clock: Callable[[], datetime], metrics: RecordingMetrics
    ) -> None:
        self._db, self._vault, self._keep_days = db, vault, keep_days
        self._clock, self._metrics = clock, metrics

    async def look(self) -> int:
        """How many were deleted. Held ones and those of a ticket that is open or was lately are left."""
        async with self._db.read() as session:
            over = await self._over(session)
        purged = [call_id for call_id in over if await self._mark(call_id)]
        async with self._db.read() as session:
            rows = await repository.purged_with_file(session, AT_A_TIME)
        for row in rows:
            await self._delete(row)
        return len(purged)

    async def _over(self, session: AsyncSession) -> list[str]:
        found: list[str] = []
        of_centers = await effective(session, self._keep_days)
        for center_id, kept in [(None, self._keep_days), *of_centers.items()]:
            before = self._clock() - timedelta(days=kept)
            found += [row.call_id for row in await repository.stored_before(session, center_id, before, AT_A_TIME)]
        needed = await tickets.calls_still_needed(session, found, self._clock() - AFTER_A_TICKET)
        return [call_id for call_id in found if call_id not in needed]

    async def _mark(self, call_id: str) -> bool:
        """From here on nobody can hear or hold it; the file follows, in this round or a later one."""
        async with self._db.write() as session:
            row = await repository.with_peaks(session, call_id)
            if row is None or row.held_by or row.state != RecordingStage.STORED:
                return False
            row.state, row.peaks = RecordingStage.PURGED.value, ""
            who, proof = system(CenterRef(row.center_id or "", "", "")), f"sha256 {row.sha256}"
            now = self._clock()
            await audit.record(session, who, "recording.purge", now, subject="call", subject_id=call_id, reason=proof)
            return True

    async def _delete(self, row: Recording) -> None:
        await self._vault.delete(row.key)
        async with self._db.write() as session:
            (await session.get_one(Recording, row.call_id)).key = ""
        self._metrics.purged.inc()
