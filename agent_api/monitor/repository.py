"""Queries of the monitor, on tickets and orders of the centres one sees."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.channels.models import Interaction
from agent_api.orders.models import OrderRow
from agent_api.pool.items import WAITING_CONTACTS
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.visits.models import Visit
from agent_api.visits.repository import OPEN_STATES

Centers = Collection[str] | None
"""None: all."""


def _of(centers: Centers) -> list[ColumnElement[bool]]:
    """Accepted there, or worked on there."""
    if centers is None:
        return []
    return [or_(TicketRow.center_id.in_(centers), TicketRow.owner_center.in_(centers))]


async def open_tickets(session: AsyncSession, finished: Collection[str], centers: Centers) -> Sequence[TicketRow]:
    return (await session.scalars(select(TicketRow).where(TicketRow.state.not_in(finished), *_of(centers)))).all()


async def states_since(session: AsyncSession, finished: Collection[str], centers: Centers) -> dict[str, datetime]:
    """When each open ticket came into its state."""
    found = await session.execute(
        select(TicketEvent.ticket_no, func.max(TicketEvent.at))
        .join(TicketRow, TicketRow.ticket_no == TicketEvent.ticket_no)
        .where(TicketRow.state.not_in(finished), TicketEvent.from_state != TicketEvent.to_state, *_of(centers))
        .group_by(TicketEvent.ticket_no)
    )
    return {row[0]: row[1] for row in found}


async def moves(session: AsyncSession, since: datetime, centers: Centers) -> Sequence[Row[Any]]:
    """From state, to state, unit, time."""
    found = await session.execute(
        select(TicketEvent.from_state, TicketEvent.to_state, TicketRow.owner_center, TicketEvent.at)
        .join(TicketRow, TicketRow.ticket_no == TicketEvent.ticket_no)
        .where(TicketEvent.at >= since, TicketEvent.from_state != TicketEvent.to_state, *_of(centers))
    )
    return found.all()


async def lives(session: AsyncSession, since: datetime, centers: Centers) -> Sequence[Row[Any]]:
    """Opened, closed, due: of tickets that were open at some time since then."""
    found = await session.execute(
        select(TicketRow.created_at, TicketRow.closed_at, TicketRow.due_at).where(
            or_(TicketRow.closed_at.is_(None), TicketRow.closed_at >= since), *_of(centers)
        )
    )
    return found.all()


async def finished_since(session: AsyncSession, since: datetime, centers: Centers) -> int:
    tickets = select(func.count()).select_from(TicketRow).where(TicketRow.closed_at >= since, *_of(centers))
    visits = select(func.count()).select_from(Visit).where(Visit.closed_at >= since)
    if centers is not None:
        visits = visits.where(Visit.center_id.in_(centers))
    return (await session.scalar(tickets) or 0) + (await session.scalar(visits) or 0)


async def open_orders(session: AsyncSession, states: Collection[str], centers: Centers) -> Sequence[OrderRow]:
    query = select(OrderRow).where(OrderRow.state.in_(states))
    if centers is not None:
        query = query.where(OrderRow.center_id.in_(centers))
    return (await session.scalars(query)).all()


async def open_visits(session: AsyncSession, centers: Centers) -> Sequence[Visit]:
    query = select(Visit).where(Visit.state.in_(OPEN_STATES))
    if centers is not None:
        query = query.where(Visit.center_id.in_(centers))
    return (await session.scalars(query)).all()


async def waiting_contacts(session: AsyncSession, centers: Centers) -> Sequence[Interaction]:
    """Those that no ticket speaks for."""
    states = [state.value for state in WAITING_CONTACTS]
    query = select(Interaction).where(Interaction.state.in_(states), Interaction.ticket_no.is_(None))
    if centers is not None:
        query = query.where(Interaction.center_id.in_(centers))
    return (await session.scalars(query)).all()
