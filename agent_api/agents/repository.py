"""Queries on agents' state spans."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.models import AgentSpan
from agent_api.db import upsert

_TABLE: Table = AgentSpan.__table__  # type: ignore[assignment]
_OPEN = upsert(_TABLE, ("agent_no", "started_at", "state", "reason", "call_id"))
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
