"""Queries on orders."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.orders.models import OrderEvent, OrderRow
from agent_api.orders.workflow import UNFINISHED, Fact, State

_UNFINISHED = [state.value for state in UNFINISHED]


async def by_number(session: AsyncSession, order_no: str, for_update: bool = False) -> OrderRow | None:
    return await session.get(OrderRow, order_no, with_for_update=for_update or None)


async def history(session: AsyncSession, order_nos: Collection[str]) -> dict[str, list[OrderEvent]]:
    found = await session.scalars(
        select(OrderEvent).where(OrderEvent.order_no.in_(order_nos)).order_by(OrderEvent.order_no, OrderEvent.seq)
    )
    events: dict[str, list[OrderEvent]] = {order_no: [] for order_no in order_nos}
    for event in found:
        events[event.order_no].append(event)
    return events


async def unfinished_services(session: AsyncSession, product_id: str) -> Collection[str]:
    found = await session.scalars(
        select(OrderRow.service).where(OrderRow.product_id == product_id, OrderRow.state.in_(_UNFINISHED))
    )
    return found.all()


async def late(session: AsyncSession, today: date) -> Sequence[OrderRow]:
    """Promised for a day that is over, and not finished."""
    found = await session.scalars(
        select(OrderRow).where(OrderRow.state.in_(_UNFINISHED), OrderRow.promised_for < today)
    )
    return found.all()


async def of_call(session: AsyncSession, call_id: str, product_id: str, service: str) -> Sequence[OrderRow]:
    found = await session.scalars(
        select(OrderRow)
        .where(OrderRow.call_id == call_id, OrderRow.product_id == product_id, OrderRow.service == service)
        .order_by(OrderRow.created_at)
    )
    return found.all()


async def page(
    session: AsyncSession, customer_id: str | None, state: str | None, centers: Collection[str] | None, limit: int
) -> Sequence[OrderRow]:
    """Last changed first."""
    query = select(OrderRow).order_by(OrderRow.updated_at.desc(), OrderRow.order_no.desc()).limit(limit)
    if customer_id is not None:
        query = query.where(OrderRow.customer_id == customer_id)
    if state is not None:
        query = query.where(OrderRow.state == state)
    if centers is not None:
        query = query.where(OrderRow.center_id.in_(centers))
    return (await session.scalars(query)).all()


async def uncharged(session: AsyncSession) -> Sequence[OrderRow]:
    """Done for a fee that billing does not have yet; longest waiting first."""
    charged = exists().where(OrderEvent.order_no == OrderRow.order_no, OrderEvent.fact == Fact.CHARGE)
    done = (OrderRow.state == State.NOTIFIED, OrderRow.result == State.COMPLETED, OrderRow.fee > Decimal(0))
    found = await session.scalars(select(OrderRow).where(*done, ~charged).order_by(OrderRow.updated_at).limit(100))
    return found.all()


async def in_state(session: AsyncSession, states: Collection[str], changed_before: datetime) -> Sequence[OrderRow]:
    """Longest waiting first."""
    found = await session.scalars(
        select(OrderRow)
        .where(OrderRow.state.in_(states), OrderRow.updated_at <= changed_before)
        .order_by(OrderRow.updated_at)
        .limit(100)
    )
    return found.all()
