"""Claims, gives back and returns work of the pool; nobody ever claims what another holds. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Refused
from agent_api.pool.models import FrontReturn, PoolLease
from agent_api.pool.rules import LEASE, WAITING, Mistake, backlog_minutes
from agent_api.tickets import alerts
from agent_api.tickets import service as tickets
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import Act


@dataclass(frozen=True, slots=True)
class Backlog:
    waiting: int
    held: int
    people: int
    minutes: float


def in_order(center_id: str) -> Select[tuple[TicketRow]]:
    """In the order of 2.12: legal deadline, severity, level of the customer, age."""
    return (
        select(TicketRow)
        .where(
            TicketRow.owner == "",
            TicketRow.owner_center == center_id,
            TicketRow.closed_at.is_(None),
            TicketRow.parent_no.is_(None),
            TicketRow.state.in_([state.value for state in WAITING]),
        )
        .order_by(
            TicketRow.legal_due_at.asc().nulls_last(),
            TicketRow.priority.desc(),
            TicketRow.vip.desc(),
            TicketRow.created_at,
            TicketRow.ticket_no,
        )
    )


async def waiting(session: AsyncSession, who: Principal, limit: int) -> Sequence[TicketRow]:
    return (await session.scalars(in_order(who.center.center_id).limit(limit))).all()


async def claim(session: AsyncSession, who: Principal, now: datetime, ticket_no: str | None = None) -> TicketRow | None:
    """The next piece, or this one; None when nothing waits. Two at once get two different pieces."""
    query = in_order(who.center.center_id)
    if ticket_no is not None:
        query = query.where(TicketRow.ticket_no == ticket_no)
    row = await session.scalar(query.limit(1).with_for_update(skip_locked=True))
    if row is None:
        if ticket_no is not None:
            raise Refused("pool.taken", {"ticket_no": ticket_no})
        return None
    case = await tickets.act(session, row.ticket_no, Act.HAND_OVER, who, now, "", {"owner": who.agent_no})
    await session.merge(PoolLease(ticket_no=row.ticket_no, agent_no=who.agent_no, claimed_at=now, until=now + LEASE))
    return case.row


async def give_back(session: AsyncSession, ticket_no: str, who: Principal, now: datetime) -> TicketRow:
    """Into the pool again, by whoever holds it."""
    await _held(session, ticket_no, who)
    case = await tickets.act(session, ticket_no, Act.HAND_OVER, who, now, "", {"owner": ""})
    await session.execute(delete(PoolLease).where(PoolLease.ticket_no == ticket_no))
    return case.row


async def to_front(
    session: AsyncSession, ticket_no: str, reason: Mistake, comment: str, who: Principal, now: datetime
) -> TicketRow:
    """To the agent who took the contact, with what was wrong; counted."""
    await _held(session, ticket_no, who)
    case = await tickets.get_for(session, ticket_no, who)
    data = {"owner": case.row.created_by, "reason": reason.value}
    done = await tickets.act(session, ticket_no, Act.HAND_OVER, who, now, comment, data)
    await session.execute(delete(PoolLease).where(PoolLease.ticket_no == ticket_no))
    session.add(
        FrontReturn(
            ticket_no=ticket_no,
            agent_no=case.row.created_by,
            reason=reason.value,
            comment=comment,
            returned_by=who.agent_no,
            at=now,
        )
    )
    return done.row


async def _held(session: AsyncSession, ticket_no: str, who: Principal) -> None:
    lease = await session.get(PoolLease, ticket_no, with_for_update=True)
    if lease is None or lease.agent_no != who.agent_no:
        raise Refused("pool.not_yours", {"ticket_no": ticket_no})


async def expired(session: AsyncSession, now: datetime) -> Sequence[PoolLease]:
    found = await session.scalars(select(PoolLease).where(PoolLease.until <= now).with_for_update(skip_locked=True))
    return found.all()


async def backlog(session: AsyncSession, center_id: str) -> Backlog:
    count = await session.scalar(select(func.count()).select_from(in_order(center_id).order_by(None).subquery()))
    held = await session.scalar(
        select(func.count())
        .select_from(PoolLease)
        .join(TicketRow, TicketRow.ticket_no == PoolLease.ticket_no)
        .where(TicketRow.owner_center == center_id)
    )
    people = len(await alerts.staff_with(session, center_id, Permission.TICKET_REASSIGN))
    return Backlog(count or 0, held or 0, people, backlog_minutes(count or 0, people))


async def mistakes(
    session: AsyncSession, centers: frozenset[str], start: datetime, end: datetime
) -> list[tuple[str, str, int]]:
    """Agent, reason, how often."""
    rows = await session.execute(
        select(FrontReturn.agent_no, FrontReturn.reason, func.count())
        .join(TicketRow, TicketRow.ticket_no == FrontReturn.ticket_no)
        .where(FrontReturn.at >= start, FrontReturn.at < end, TicketRow.center_id.in_(centers))
        .group_by(FrontReturn.agent_no, FrontReturn.reason)
        .order_by(FrontReturn.agent_no, FrontReturn.reason)
    )
    return [(agent_no, reason, count) for agent_no, reason, count in rows]
