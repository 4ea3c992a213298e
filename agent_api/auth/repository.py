"""Queries on accounts, sessions and the audit log."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.models import (
    CENTERS,
    AuditEntry,
    Center,
    DeskSession,
    FormerPassword,
    Installation,
    LoginFailure,
    RoleVersion,
    SecondFactor,
    Staff,
)

SIGNED_IN = (
    select(
        DeskSession.stage, DeskSession.created_at, DeskSession.touched_at,
        Staff.agent_no, Staff.name, Staff.roles, Staff.queues, Staff.skills, Staff.language, Staff.center_id,
        Center.name.label("center_name"), Center.level,
        select(func.count()).select_from(Center).scalar_subquery().label("centers"),
        select(func.sum(RoleVersion.version)).where(RoleVersion.state == "in_force").scalar_subquery().label(
            "role_versions"
        ),
    )
    .join(Staff, DeskSession.agent_no == Staff.agent_no)
    .join(Center, Center.center_id == Staff.center_id)
    .where(
        DeskSession.token_hash == bindparam("token_hash"),
        DeskSession.expires_at > bindparam("now"),
        Staff.disabled.is_(False),
    )
)  # fmt: skip
"""Who asks, at any stage. Centres are only added and versions only counted up, so two numbers tell a change."""


async def staff(session: AsyncSession, agent_no: str) -> Staff | None:
    return await session.get(Staff, agent_no)


async def staff_in(session: AsyncSession, center_id: str) -> Sequence[Staff]:
    found = await session.scalars(select(Staff).where(Staff.center_id == center_id, Staff.disabled.is_(False)))
    return found.all()


async def roles_in(session: AsyncSession, center_id: str) -> dict[str, list[str]]:
    query = select(Staff.agent_no, Staff.roles).where(Staff.center_id == center_id, Staff.disabled.is_(False))
    return {row.agent_no: row.roles for row in await session.execute(query)}


async def all_staff(session: AsyncSession) -> Sequence[Staff]:
    return (await session.scalars(select(Staff).order_by(Staff.agent_no))).all()


async def centers(session: AsyncSession) -> Sequence[Center]:
    """Read once in a unit of work: much of what happens to a ticket asks for them."""
    known: Sequence[Center] | None = session.info.get(CENTERS)
    if known is None:
        known = session.info[CENTERS] = (await session.scalars(select(Center))).all()
    return known


async def home_of(session: AsyncSession, center_id: str) -> str | None:
    """Peer the centre works behind; none for one that works here, or that nobody knows."""
    found: str | None = await session.scalar(select(Center.home).where(Center.center_id == center_id))
    return found


async def installation(session: AsyncSession) -> Installation | None:
    return (await session.scalars(select(Installation))).one_or_none()


async def session_and_staff(session: AsyncSession, token_hash: str, now: datetime) -> tuple[DeskSession, Staff] | None:
    """At any stage."""
    query = (
        select(DeskSession, Staff)
        .join(Staff, DeskSession.agent_no == Staff.agent_no)
        .where(DeskSession.token_hash == token_hash, DeskSession.expires_at > now, Staff.disabled.is_(False))
    )
    found = (await session.execute(query)).first()
    return None if found is None else (found[0], found[1])


async def sessions_and_staff(
    session: AsyncSession, hashes: Collection[str], now: datetime
) -> Sequence[tuple[DeskSession, Staff]]:
    query = (
        select(DeskSession, Staff)
        .join(Staff, DeskSession.agent_no == Staff.agent_no)
        .where(DeskSession.token_hash.in_(hashes), DeskSession.expires_at > now, Staff.disabled.is_(False))
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def sessions_of(session: AsyncSession, agent_no: str, now: datetime) -> Sequence[DeskSession]:
    """Latest first."""
    query = select(DeskSession).where(DeskSession.agent_no == agent_no, DeskSession.expires_at > now)
    return (await session.scalars(query.order_by(DeskSession.created_at.desc()))).all()


async def former_passwords(session: AsyncSession, agent_no: str, limit: int) -> Sequence[str]:
    """Latest first."""
    query = select(FormerPassword.password_hash).where(FormerPassword.agent_no == agent_no)
    return (await session.scalars(query.order_by(FormerPassword.at.desc()).limit(limit))).all()


async def people(
    session: AsyncSession, centers: Collection[str], words: str, limit: int, offset: int
) -> tuple[Sequence[Staff], int]:
    """By number; `words` is the start of a number or part of a name."""
    conditions: list[ColumnElement[bool]] = [Staff.center_id.in_(centers)]
    if words:
        conditions.append(_fits(words))
    total = await session.scalar(select(func.count()).select_from(Staff).where(*conditions))
    query = select(Staff).where(*conditions).order_by(Staff.agent_no).limit(limit).offset(offset)
    return (await session.scalars(query)).all(), total or 0


async def at_work(session: AsyncSession, words: str, limit: int) -> Sequence[Staff]:
    query = select(Staff).where(Staff.disabled.is_(False), _fits(words)).order_by(Staff.agent_no).limit(limit)
    return (await session.scalars(query)).all()


def _fits(words: str) -> ColumnElement[bool]:
    return or_(Staff.agent_no.startswith(words, autoescape=True), Staff.name.contains(words, autoescape=True))


async def with_second_factor(session: AsyncSession, numbers: Collection[str]) -> set[str]:
    query = select(SecondFactor.agent_no).where(
        SecondFactor.agent_no.in_(numbers), SecondFactor.confirmed_at.is_not(None)
    )
    return set((await session.scalars(query)).all())


async def count_audit_log(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(AuditEntry)) or 0


async def audit_page(
    session: AsyncSession, conditions: Sequence[ColumnElement[bool]], limit: int
) -> Sequence[AuditEntry]:
    """Latest first."""
    query = select(AuditEntry).where(*conditions).order_by(AuditEntry.entry_id.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def end_sessions(session: AsyncSession, token_hashes: Collection[str]) -> None:
    """Those of them that stand: another sign-in of the same person may have ended one in this moment."""
    await session.execute(delete(DeskSession).where(DeskSession.token_hash.in_(token_hashes)))


async def touch_session(session: AsyncSession, token_hash: str, now: datetime) -> None:
    await session.execute(update(DeskSession).where(DeskSession.token_hash == token_hash).values(touched_at=now))


async def forget_expired_sessions(session: AsyncSession, now: datetime) -> None:
    await session.execute(delete(DeskSession).where(DeskSession.expires_at <= now))


async def failures_since(session: AsyncSession, agent_no: str, since: datetime) -> Sequence[datetime]:
    """Times of failed sign-ins, latest first."""
    found = await session.scalars(
        select(LoginFailure.at)
        .where(LoginFailure.agent_no == agent_no, LoginFailure.at > since)
        .order_by(LoginFailure.at.desc())
        .limit(100)
    )
    return found.all()


async def forget_failures(session: AsyncSession, agent_no: str) -> None:
    await session.execute(delete(LoginFailure).where(LoginFailure.agent_no == agent_no))


async def last_audit_hash(session: AsyncSession) -> str:
    found = await session.scalar(select(AuditEntry.entry_hash).order_by(AuditEntry.entry_id.desc()).limit(1))
    return found or ""


async def count_audited(session: AsyncSession, actor: str, action: str, since: datetime) -> int:
    found = await session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(
            AuditEntry.actor == actor, AuditEntry.action == action, AuditEntry.at >= since, AuditEntry.result == "ok"
        )
    )
    return found or 0


async def count_audited_about(session: AsyncSession, subject_id: str, action: str, since: datetime) -> int:
    query = select(func.count()).select_from(AuditEntry)
    same = (AuditEntry.subject_id == subject_id, AuditEntry.action == action, AuditEntry.at >= since)
    return await session.scalar(query.where(*same)) or 0


async def audit_log(session: AsyncSession, after: int = 0, limit: int = 1000) -> Sequence[AuditEntry]:
    found = await session.scalars(
        select(AuditEntry).where(AuditEntry.entry_id > after).order_by(AuditEntry.entry_id).limit(limit)
    )
    return found.all()


async def role_cells_in_force(session: AsyncSession) -> dict[str, list[dict[str, Any]]]:
    """Each centre with cells of its own."""
    query = select(RoleVersion.center_id, RoleVersion.cells).where(RoleVersion.state == "in_force")
    return {row[0]: row[1] for row in await session.execute(query)}


async def role_versions(session: AsyncSession, center_id: str) -> Sequence[RoleVersion]:
    """Last first."""
    query = select(RoleVersion).where(RoleVersion.center_id == center_id)
    return (await session.scalars(query.order_by(RoleVersion.version.desc()))).all()


async def dealt_with(
    session: AsyncSession, actor: str, agent_no: str, actions: Collection[str], since: datetime
) -> bool:
    """Whether somebody did one of these with the account of somebody else."""
    found = await session.scalar(
        select(AuditEntry.entry_id)
        .where(AuditEntry.actor == actor, AuditEntry.action.in_(actions), AuditEntry.at >= since)
        .where(AuditEntry.subject_id == agent_no)
        .limit(1)
    )
    return found is not None
