"""Queries on promises to call back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, Table, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.callbacks.models import Callback
from agent_api.callbacks.projection import Promise
from agent_api.db import upsert

_TABLE: Table = Callback.__table__  # type: ignore[assignment]
_SAVE = upsert(_TABLE, tuple(each.name for each in fields(Promise)))


def save(connection: Connection, promises: Collection[Promise]) -> None:
    connection.execute(_SAVE, [asdict(promise) for promise in promises])


async def by_id(session: AsyncSession, callback_id: str) -> Callback | None:
    return await session.get(Callback, callback_id)


async def page(
    session: AsyncSession, states: Collection[str], queues: Collection[str] | None, limit: int
) -> Sequence[Callback]:
    """Open promises first, the longest promised on top; then what was closed last. No state means all."""
    closed = Callback.closed_at.is_not(None)
    query = select(Callback).order_by(closed, Callback.closed_at.desc(), Callback.place_at, Callback.callback_id)
    query = query.limit(limit)
    if states:
        query = query.where(Callback.state.in_(states))
    if queues is not None:
        query = query.where(Callback.queue.in_(queues))
    return (await session.scalars(query)).all()


async def about(
    session: AsyncSession, call_ids: Collection[str], numbers: Collection[str], since: datetime
) -> Sequence[Callback]:
    """Promises that came from these calls, or to these numbers since then."""
    recent = Callback.number.in_(numbers) & (Callback.booked_at >= since)
    return (await session.scalars(select(Callback).where(or_(Callback.call_id.in_(call_ids), recent)))).all()


async def forget_numbers_before(session: AsyncSession, at: datetime) -> None:
    await session.execute(update(Callback).where(Callback.booked_at < at, Callback.number != "").values(number=""))
