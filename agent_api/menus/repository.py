"""Queries on menu versions and drafts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.menus.models import MenuCenter, MenuDraft, MenuVersion


async def center(session: AsyncSession, center_id: str) -> MenuCenter | None:
    return await session.get(MenuCenter, center_id)


async def all_centers(session: AsyncSession) -> Sequence[MenuCenter]:
    return (await session.scalars(select(MenuCenter))).all()


async def others(session: AsyncSession, center_id: str) -> Sequence[MenuCenter]:
    return (await session.scalars(select(MenuCenter).where(MenuCenter.center_id != center_id))).all()


async def live_versions(session: AsyncSession) -> dict[str, int]:
    """Centre to its live version, of those that have one."""
    rows = await session.execute(select(MenuCenter.center_id, MenuCenter.live).where(MenuCenter.live.is_not(None)))
    return {center_id: live for center_id, live in rows if live is not None}


async def live(session: AsyncSession, center_ids: Sequence[str]) -> Sequence[tuple[MenuCenter, MenuVersion]]:
    joined = and_(MenuVersion.center_id == MenuCenter.center_id, MenuVersion.version == MenuCenter.live)
    query = select(MenuCenter, MenuVersion).join(MenuVersion, joined).where(MenuCenter.center_id.in_(center_ids))
    return [(menu_center, version) for menu_center, version in await session.execute(query)]


async def versions(session: AsyncSession, center_id: str) -> Sequence[MenuVersion]:
    """Latest first."""
    query = select(MenuVersion).where(MenuVersion.center_id == center_id).order_by(MenuVersion.version.desc())
    return (await session.scalars(query)).all()


async def version(session: AsyncSession, center_id: str, number: int) -> MenuVersion | None:
    return await session.get(MenuVersion, (center_id, number))


async def last_version(session: AsyncSession, center_id: str) -> int:
    return await session.scalar(select(func.max(MenuVersion.version)).where(MenuVersion.center_id == center_id)) or 0


async def due(session: AsyncSession, now: datetime) -> Sequence[MenuVersion]:
    """Versions whose time has come, in that order."""
    query = select(MenuVersion).where(MenuVersion.state == "scheduled", MenuVersion.publish_at <= now)
    return (await session.scalars(query.order_by(MenuVersion.publish_at, MenuVersion.version))).all()


async def in_use(session: AsyncSession) -> Sequence[MenuVersion]:
    """Versions that callers hear, or will."""
    return (await session.scalars(select(MenuVersion).where(MenuVersion.state.in_(("live", "scheduled"))))).all()


async def draft(session: AsyncSession, center_id: str) -> MenuDraft | None:
    """As it is now, also when this session has seen it before somebody else changed it."""
    return await session.get(MenuDraft, center_id, populate_existing=True)


async def drafts(session: AsyncSession) -> Sequence[MenuDraft]:
    return (await session.scalars(select(MenuDraft))).all()


async def forget_draft(session: AsyncSession, center_id: str) -> None:
    await session.execute(delete(MenuDraft).where(MenuDraft.center_id == center_id))
