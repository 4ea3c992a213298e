"""Recordings for the desk: found by call, heard, held, and how long they are kept. Never commits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied, NotFound, Refused
from agent_api.recordings import repository
from agent_api.recordings.access import may_hear
from agent_api.recordings.models import Recording, RecordingRetention
from agent_api.recordings.states import RecordingStage


async def of_call(session: AsyncSession, call_id: str) -> Recording | None:
    return await repository.by_call(session, call_id)


async def of_calls(session: AsyncSession, call_ids: Collection[str]) -> dict[str, Recording]:
    return {row.call_id: row for row in await repository.of_calls(session, call_ids)}


async def get_for(session: AsyncSession, call_id: str, who: Principal, *, peaks: bool = False) -> Recording:
    """The recording, if it is stored and this person may hear it."""
    row = await (repository.with_peaks if peaks else repository.by_call)(session, call_id)
    if row is None:
        raise NotFound("recording", call_id)
    if not await may_hear(session, row, who):
        raise Denied("auth.forbidden", {"recording": call_id})
    if row.state == RecordingStage.PURGED:
        raise Refused("recording.purged")
    if row.state != RecordingStage.STORED:
        raise Refused("recording.not_there", {"state": row.state})
    return row


async def hold(session: AsyncSession, call_id: str, who: Principal, reason: str, now: datetime) -> Recording:
    """Keep it beyond its time, until it is released."""
    row = await get_for(session, call_id, who)
    row.held_by, row.held_reason, row.held_at = who.agent_no, reason, now
    await audit.record(session, who, "recording.hold", now, subject="call", subject_id=call_id, reason=reason)
    return row


async def release(session: AsyncSession, call_id: str, who: Principal, reason: str, now: datetime) -> Recording:
    row = await get_for(session, call_id, who)
    row.held_by, row.held_reason, row.held_at = "", "", None
    await audit.record(session, who, "recording.release", now, subject="call", subject_id=call_id, reason=reason)
    return row


async def set_retention(
    session: AsyncSession, center_id: str, days: int | None, who: Principal, reason: str, now: datetime
) -> None:
    """None: as the centre above. Of one's own centre and those below."""
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("auth.forbidden", {"center_id": center_id})
    own = (await repository.retention(session)).get(center_id)
    if own is not None and days is None:
        await session.delete(own)
    elif own is not None and days is not None:
        own.days, own.changed_by, own.changed_at = days, who.agent_no, now
    elif days is not None:
        session.add(RecordingRetention(center_id=center_id, days=days, changed_by=who.agent_no, changed_at=now))
    reason = f"{days or 'inherited'}: {reason}"
    await audit.record(session, who, "recording.retention", now, subject="center", subject_id=center_id, reason=reason)
