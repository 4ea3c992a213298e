"""Queries on agents' state spans."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.models import AgentSpan
from agent_api.db import upsert

_TABLE: Table = AgentSpan.__table__  # type: ignore[assignment]
_OPEN = upsert(_TABLE, ("agent_no", "started_at", "state", "reason", "call_id"))
_CLOSE = upsert(_TABLE, ("agent_no", "started_at", "state", "ended_at"))


async def open_span(
    session: AsyncSession, agent_no: str, since: datetime, state: str, reason: str | None, call_id: str | None
) -> None:
    values = {
        "agent_no": agent_no,
        "started_at": since,
        "state": state,
        "reason": reason,
        "call_id": call_id,
    }
    await session.execute(_OPEN, values)


async def close_span(session: AsyncSession, agent_no: str, since: datetime, state: str, ended_at: datetime) -> None:
    """Also when its beginning was not seen (yet): the beginning then adds what it knows."""
    values = {"agent_no": agent_no, "started_at": since, "state": state, "ended_at": ended_at}
    await session.execute(_CLOSE, values)


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


async def forget_all(session: AsyncSession) -> None:
    await session.execute(delete(AgentSpan))
