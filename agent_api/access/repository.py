"""Queries on alarms and watched records."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.access.models import AccessAlarm, WatchedPerson


async def is_watched(session: AsyncSession, customer_id: str) -> bool:
    return await session.get(WatchedPerson, customer_id) is not None


async def watched(session: AsyncSession) -> Sequence[WatchedPerson]:
    return (await session.scalars(select(WatchedPerson).order_by(WatchedPerson.added_at))).all()


async def same_look(session: AsyncSession, agent_no: str, customer_id: str, kind: str, since: datetime) -> bool:
    found = await session.scalar(
        select(AccessAlarm.alarm_id)
        .where(
            AccessAlarm.agent_no == agent_no,
            AccessAlarm.at > since,
            AccessAlarm.customer_id == customer_id,
            AccessAlarm.kind == kind,
        )
        .limit(1)
    )
    return found is not None


async def count_since(session: AsyncSession, agent_no: str, since: datetime) -> int:
    query = select(func.count()).where(AccessAlarm.agent_no == agent_no, AccessAlarm.at >= since)
    return await session.scalar(query) or 0


async def alarms(
    session: AsyncSession, centers: Collection[str] | None, since: datetime, limit: int
) -> Sequence[AccessAlarm]:
    """Latest first."""
    query = select(AccessAlarm).where(AccessAlarm.at >= since).order_by(AccessAlarm.alarm_id.desc()).limit(limit)
    if centers is not None:
        query = query.where(AccessAlarm.center_id.in_(centers))
    return (await session.scalars(query)).all()


async def counts(
    session: AsyncSession, centers: Collection[str] | None, since: datetime
) -> Sequence[tuple[str, str, int]]:
    """Per person, most first: number, name, how many."""
    how_many = func.count().label("how_many")
    query = (
        select(AccessAlarm.agent_no, func.max(AccessAlarm.agent_name), how_many)
        .where(AccessAlarm.at >= since)
        .group_by(AccessAlarm.agent_no)
        .order_by(how_many.desc(), AccessAlarm.agent_no)
    )
    if centers is not None:
        query = query.where(AccessAlarm.center_id.in_(centers))
    return [(row[0], row[1], row[2]) for row in await session.execute(query)]


async def last_id(session: AsyncSession) -> int:
    return await session.scalar(select(func.max(AccessAlarm.alarm_id))) or 0


async def after(session: AsyncSession, alarm_id: int) -> Sequence[AccessAlarm]:
    query = select(AccessAlarm).where(AccessAlarm.alarm_id > alarm_id).order_by(AccessAlarm.alarm_id).limit(100)
    return (await session.scalars(query)).all()
