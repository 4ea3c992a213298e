"""Queries on notices."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.announcements.models import Notice


async def by_id(session: AsyncSession, notice_id: str) -> Notice | None:
    return await session.get(Notice, notice_id)


async def of_centers(session: AsyncSession, centers: Collection[str]) -> Sequence[Notice]:
    query = select(Notice).where(Notice.center_id.in_(centers)).order_by(Notice.created_at, Notice.announcement_id)
    return (await session.scalars(query)).all()


async def active(session: AsyncSession) -> Sequence[Notice]:
    """In the order they are spoken."""
    query = select(Notice).where(Notice.active).order_by(Notice.created_at, Notice.announcement_id)
    return (await session.scalars(query)).all()


async def every(session: AsyncSession) -> Sequence[Notice]:
    return (await session.scalars(select(Notice))).all()
