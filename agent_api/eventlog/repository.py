"""Queries on the inbox, positions and gaps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Table, TextClause, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.db import insert_new, upsert
from agent_api.eventlog.models import StoredEvent, StreamGap, StreamPosition

_EVENTS: Table = StoredEvent.__table__  # type: ignore[assignment]
_POSITIONS: Table = StreamPosition.__table__  # type: ignore[assignment]
_GAPS: Table = StreamGap.__table__  # type: ignore[assignment]
_NEW_EVENT = insert_new(_EVENTS)
_SAVE_POSITION = upsert(_POSITIONS, tuple(column.name for column in _POSITIONS.columns))
_SAVE_GAP = upsert(_GAPS, tuple(column.name for column in _GAPS.columns))


async def insert(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> set[str]:
    """Ids of those that were not there."""
    return {row["event_id"] for row in rows if await _changes_something(session, _NEW_EVENT, row)}


async def _changes_something(session: AsyncSession, statement: TextClause, row: dict[str, Any]) -> bool:
    result = await session.execute(statement, row)
    return isinstance(result, CursorResult) and result.rowcount == 1


async def payloads(session: AsyncSession, kind: str, subject: str) -> Sequence[dict[str, Any]]:
    found = await session.scalars(
        select(StoredEvent.payload).where(StoredEvent.kind == kind, StoredEvent.subject == subject)
    )
    return found.all()


async def payloads_after(
    session: AsyncSession, kind: str, after: tuple[datetime, str] | None, limit: int
) -> Sequence[StoredEvent]:
    query = select(StoredEvent).where(StoredEvent.kind == kind).order_by(StoredEvent.at, StoredEvent.event_id)
    if after is not None:
        at, event_id = after
        query = query.where(_later(at, event_id))
    return (await session.scalars(query.limit(limit))).all()


def _later(at: datetime, event_id: str) -> ColumnElement[bool]:
    return (StoredEvent.at > at) | ((StoredEvent.at == at) & (StoredEvent.event_id > event_id))


async def subjects(session: AsyncSession, kind: str) -> Sequence[str]:
    found = await session.scalars(select(StoredEvent.subject).where(StoredEvent.kind == kind).distinct())
    return found.all()


async def positions(session: AsyncSession, consumer: str) -> Sequence[StreamPosition]:
    """Most recently read stream last."""
    found = await session.scalars(
        select(StreamPosition).where(StreamPosition.consumer == consumer).order_by(StreamPosition.touched_at)
    )
    return found.all()


async def save_position(
    session: AsyncSession, consumer: str, stream: str, seq: int, at: datetime, now: datetime
) -> None:
    values = {"consumer": consumer, "stream": stream, "last_seq": seq, "last_at": at, "touched_at": now}
    await session.execute(_SAVE_POSITION, values)


async def add_gap(
    session: AsyncSession, stream: str, first: int, last: int, from_at: datetime, to_at: datetime
) -> None:
    values = {
        "stream": stream,
        "first_seq": first,
        "last_seq": last,
        "from_at": from_at,
        "to_at": to_at,
        "state": "open",
    }
    await session.execute(_SAVE_GAP, values)


async def gaps(session: AsyncSession, *states: str) -> Sequence[StreamGap]:
    found = await session.scalars(
        select(StreamGap).where(StreamGap.state.in_(states)).order_by(StreamGap.from_at, StreamGap.first_seq)
    )
    return found.all()


async def lost_between(session: AsyncSession, start: datetime, end: datetime) -> Sequence[StreamGap]:
    found = await session.scalars(
        select(StreamGap).where(StreamGap.state != "filled", StreamGap.from_at < end, StreamGap.to_at >= start)
    )
    return found.all()


async def count_between(session: AsyncSession, stream: str, first: int, last: int) -> int:
    found = await session.scalar(
        select(func.count(func.distinct(StoredEvent.seq))).where(
            StoredEvent.stream == stream, StoredEvent.seq.between(first, last)
        )
    )
    return found or 0


async def forget_before(session: AsyncSession, at: datetime) -> None:
    await session.execute(delete(StoredEvent).where(StoredEvent.at < at))
