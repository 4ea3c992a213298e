"""Queries on agents' state spans."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.models import AgentSpan, DeskSocket
from agent_api.db import upsert

_TABLE: Table = AgentSpan.__table__  # type: ignore[assignment]
_OPEN = upsert(_TABLE, ("agent_no", "started_at", "state", "reason", "call_id"))
_DESKS: Table = DeskSocket.__table__  # type: ignore[assignment]
_CLOSE = upsert(_TABLE, ("agent_no", "started_at", "state", "ended_at"))


def save_spans(connection: Connection, began: Sequence[dict[str, Any]], ended: Sequence[dict[str, Any]]) -> None:
    """Each adds what it knows: an end may be written before its beginning."""
    if began:
        connection.execute(_OPEN, began)
    if ended:
        connection.execute(_CLOSE, ended)


async def between(
    session: AsyncSession, start: datetime, end: datetime, agent_no: str | None = None
) -> Sequence[AgentSpan]:
    query = select(AgentSpan).where(
        AgentSpan.started_at < end, or_(AgentSpan.ended_at.is_(None), AgentSpan.ended_at > start)
    )
    if agent_no is not None:
        query = query.where(AgentSpan.agent_no == agent_no)
    return (await session.scalars(query)).all()


async def of_calls(session: AsyncSession, state: str, call_ids: Collection[str]) -> Sequence[AgentSpan]:
    found = await session.scalars(select(AgentSpan).where(AgentSpan.state == state, AgentSpan.call_id.in_(call_ids)))
    return found.all()


def forget_all(connection: Connection) -> None:
    connection.execute(delete(AgentSpan))


async def note_desk(session: AsyncSession, agent_no: str, desk: str, consumer: str, now: datetime) -> None:
    row = {"agent_no": agent_no, "session": desk, "consumer": consumer, "seen_at": now}
    await session.execute(upsert(_DESKS, ("agent_no", "session", "consumer", "seen_at")), row)


async def forget_desk(session: AsyncSession, agent_no: str, desk: str, consumer: str) -> None:
    await session.execute(
        delete(DeskSocket).where(
            DeskSocket.agent_no == agent_no, DeskSocket.session == desk, DeskSocket.consumer == consumer
        )
    )


async def renew_desks(session: AsyncSession, consumer: str, desks: Sequence[tuple[str, str]], now: datetime) -> None:
    for agent_no, desk in desks:
        await note_desk(session, agent_no, desk, consumer, now)


async def forget_desks_before(session: AsyncSession, at: datetime) -> list[tuple[str, str]]:
    """Agents and sessions whose replica does not renew them any more."""
    old = (await session.scalars(select(DeskSocket).where(DeskSocket.seen_at < at))).all()
    for row in old:
        await session.delete(row)
    return [(row.agent_no, row.session) for row in old]


async def desk_is_open(session: AsyncSession, agent_no: str, desk: str, since: datetime) -> bool:
    query = select(DeskSocket.consumer).where(
        DeskSocket.agent_no == agent_no, DeskSocket.session == desk, DeskSocket.seen_at >= since
    )
    return await session.scalar(query.limit(1)) is not None


async def agents_with_desks(session: AsyncSession, since: datetime) -> set[str]:
    return set((await session.scalars(select(DeskSocket.agent_no).where(DeskSocket.seen_at >= since))).all())
