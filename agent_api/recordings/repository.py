"""Queries on recordings."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from agent_api.recordings.models import Recording, RecordingRetention
from agent_api.recordings.states import RecordingStage


async def by_call(session: AsyncSession, call_id: str) -> Recording | None:
    return await session.get(Recording, call_id)


async def with_peaks(session: AsyncSession, call_id: str) -> Recording | None:
    return await session.get(Recording, call_id, options=[undefer(Recording.peaks)])


async def of_calls(session: AsyncSession, call_ids: Collection[str]) -> Sequence[Recording]:
    return (await session.scalars(select(Recording).where(Recording.call_id.in_(call_ids)))).all()


async def due(session: AsyncSession, now: datetime, nodes: Collection[str], limit: int) -> Sequence[Recording]:
    query = select(Recording).where(Recording.due_at <= now, Recording.node.in_(nodes))
    return (await session.scalars(query.order_by(Recording.due_at).limit(limit))).all()


async def waiting(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many are not put away yet, and the end of the oldest."""
    query = select(func.count(), func.min(Recording.ended_at)).where(Recording.state == RecordingStage.WAITING.value)
    count, oldest = (await session.execute(query)).one()
    return count, oldest


async def left_open(session: AsyncSession, before: datetime) -> Sequence[Recording]:
    """Begun before then, and nobody ever told their end."""
    query = select(Recording).where(Recording.state == RecordingStage.RECORDING.value, Recording.started_at < before)
    return (await session.scalars(query.limit(100))).all()


async def stored_before(session: AsyncSession, center_id: str | None, at: datetime, limit: int) -> Sequence[Recording]:
    """Of one centre (or of none), oldest first; held ones are left out."""
    query = select(Recording).where(
        Recording.state == RecordingStage.STORED.value, Recording.started_at < at, Recording.held_by == ""
    )
    query = query.where(Recording.center_id == center_id if center_id else Recording.center_id.is_(None))
    return (await session.scalars(query.order_by(Recording.started_at).limit(limit))).all()


async def purged_with_file(session: AsyncSession, limit: int) -> Sequence[Recording]:
    query = select(Recording).where(Recording.state == RecordingStage.PURGED.value, Recording.key != "")
    return (await session.scalars(query.limit(limit))).all()


async def retention(session: AsyncSession) -> dict[str, RecordingRetention]:
    return {row.center_id: row for row in await session.scalars(select(RecordingRetention))}
