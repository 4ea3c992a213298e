"""Publish, read and list the documents of a kind. The last version counts; never commits, never looks inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_above
from agent_api.documents.models import CenterDocument
from agent_api.errors import Denied, NotFound, Refused

Content = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """The document a centre works with, and whose it is."""

    center_id: str
    version: int
    content: Content
    note: str = ""
    author: str = ""
    created_at: datetime | None = None


SHIPPED = Found("", 0, [])
"""Nobody above has written one: what comes with the product."""


async def in_force(session: AsyncSession, kind: str, center_id: str) -> Found:
    """Of the centre itself, or of the nearest above it."""
    for center in centers_above(center_id, await auth.parents(session)):
        last = await session.scalar(_of(kind, center).order_by(CenterDocument.version.desc()).limit(1))
        if last is not None:
            return Found(last.center_id, last.version, last.content, last.note, last.author, last.created_at)
    return SHIPPED


async def versions(session: AsyncSession, kind: str, center_id: str) -> Sequence[CenterDocument]:
    """The centre's own, last first."""
    return (await session.scalars(_of(kind, center_id).order_by(CenterDocument.version.desc()))).all()


async def last_of_each(session: AsyncSession, kind: str) -> dict[str, CenterDocument]:
    """The version that counts, of every centre with one."""
    query = select(CenterDocument).where(CenterDocument.kind == kind).order_by(CenterDocument.version)
    return {row.center_id: row for row in await session.scalars(query)}


async def version(session: AsyncSession, kind: str, center_id: str, number: int) -> CenterDocument:
    row = await session.get(CenterDocument, (kind, center_id, number))
    if row is None:
        raise NotFound(kind, f"{center_id}/{number}")
    return row


async def every(session: AsyncSession, kind: str) -> Sequence[CenterDocument]:
    """Of all centres, oldest first."""
    query = select(CenterDocument).where(CenterDocument.kind == kind)
    return (await session.scalars(query.order_by(CenterDocument.created_at, CenterDocument.version))).all()


async def publish(
    session: AsyncSession,
    who: Principal,
    kind: str,
    center_id: str,
    content: Content,
    note: str,
    based_on: int,
    now: datetime,
) -> CenterDocument:
    """The centre's next version. `based_on`: the own version the author started from, 0 for none."""
    if center_id not in who.visible_centers:
        raise Denied("document.not_your_center")
    query = select(func.max(CenterDocument.version))
    query = query.where(CenterDocument.kind == kind, CenterDocument.center_id == center_id)
    last = await session.scalar(query) or 0
    if last != based_on:
        raise Refused("document.changed", {"version": last})
    row = CenterDocument(
        kind=kind,
        center_id=center_id,
        version=last + 1,
        content=content,
        note=note,
        author=who.agent_no,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await audit.record(session, who, f"{kind}.published", now, subject=kind, subject_id=f"{center_id}/{row.version}")
    return row


def _of(kind: str, center_id: str) -> Any:
    return select(CenterDocument).where(CenterDocument.kind == kind, CenterDocument.center_id == center_id)
