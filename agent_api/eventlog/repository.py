"""Queries on the inbox, positions and gaps."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.db import insert_new, upsert
from agent_api.eventlog.models import StoredEvent, StreamGap, StreamPosition

_EVENTS: Table = StoredEvent.__table__  # type: ignore[assignment]
_POSITIONS: Table = StreamPosition.__table__  # type: ignore[assignment]
_GAPS: Table = StreamGap.__table__  # type: ignore[assignment]
_NEW_EVENT = insert_new(_EVENTS)
_KNOWN = select(_EVENTS.c.event_id).where(_EVENTS.c.event_id.in_(bindparam("event_ids", expanding=True)))
_OF_SUBJECTS = select(_EVENTS.c.subject, _EVENTS.c.event_id, _EVENTS.c.payload).where(
    _EVENTS.c.kind == bindparam("kind"), _EVENTS.c.subject.in_(bindparam("subjects", expanding=True))
)
_SAVE_POSITION = upsert(_POSITIONS, tuple(column.name for column in _POSITIONS.columns))
_SAVE_GAP = upsert(_GAPS, tuple(column.name for column in _GAPS.columns))


def known(connection: Connection, event_ids: Collection[str]) -> set[str]:
    """Those of the ids that are there."""
    return set(connection.scalars(_KNOWN, {"event_ids": list(event_ids)}))


def insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(_NEW_EVENT, rows)


def payloads(connection: Connection, kind: str, subjects: Collection[str]) -> Sequence[tuple[str, str, str]]:
    """Subject, event id and content."""
    found = connection.execute(_OF_SUBJECTS, {"kind": kind, "subjects": list(subjects)})
    return [(subject, event_id, payload) for subject, event_id, payload in found]


def payloads_after(
    connection: Connection, kind: str, after: tuple[datetime, str] | None, limit: int
) -> Sequence[tuple[datetime, str, str]]:
    """Time, id and content, in order of time."""
    query = select(StoredEvent.at, StoredEvent.event_id, StoredEvent.payload).where(StoredEvent.kind == kind)
    if after is not None:
        query = query.where(_later(*after))
    found = connection.execute(query.order_by(StoredEvent.at, StoredEvent.event_id).limit(limit))
    return [(at, event_id, payload) for at, event_id, payload in found]


def _later(at: datetime, event_id: str) -> ColumnElement[bool]:
    return (StoredEvent.at > at) | ((StoredEvent.at == at) & (StoredEvent.event_id > event_id))


def subjects(connection: Connection, kind: str) -> Sequence[str]:
    found = connection.scalars(select(StoredEvent.subject).where(StoredEvent.kind == kind).distinct())
    return found.all()


async def positions(session: AsyncSession, consumer: str) -> Sequence[StreamPosition]:
    """Most recently read stream last."""
    found = await session.scalars(
        select(StreamPosition).where(StreamPosition.consumer == consumer).order_by(StreamPosition.touched_at)
    )
    return found.all()


def save_positions(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(_SAVE_POSITION, rows)


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
