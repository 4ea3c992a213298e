"""Claims items of every kind for half an hour and gives them back; two people never hold the same. Never commits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.errors import Denied, NotFound, Refused
from agent_api.orders import service as orders
from agent_api.pool import items, service
from agent_api.pool.items import Item
from agent_api.pool.links import link
from agent_api.pool.models import PoolHold
from agent_api.pool.rules import LEASE
from agent_api.pool.stages import Kind, Stage
from agent_api.tickets import service as tickets
from agent_api.visits import service as visits

HELD_HERE = frozenset({Kind.CONTACT, Kind.MISSED, Kind.ORDER})
"""Kinds that keep no name of their own while somebody looks at them."""


async def claim(
    session: AsyncSession, who: Principal, now: datetime, kinds: Collection[Kind], number: str | None = None
) -> Item | None:
    """This one, or the next of these kinds; None when nothing waits."""
    for item in await items.waiting(session, who, now, kinds):
        if item.stage is not Stage.POOLED or number not in (None, item.number):
            continue
        if item.kind is Kind.VISIT and number is None and not await _callable(session, item, who, now):
            continue
        try:
            await _take(session, item, who, now)
        except Refused:
            if number is not None:
                raise
            continue  # somebody was faster
        return item
    if number is not None:
        raise Refused("pool.taken", {"number": number})
    return None


async def _callable(session: AsyncSession, item: Item, who: Principal, now: datetime) -> bool:
    return (await visits.get(session, item.number, who)).next_at <= now


async def _take(session: AsyncSession, item: Item, who: Principal, now: datetime) -> None:
    match item.kind:
        case Kind.TICKET | Kind.MESSAGE:
            await service.claim(session, who, now, item.number)
        case Kind.VISIT:
            await visits.take(session, who, now, item.number)
        case _:
            await _hold(session, item, who, now)


async def _hold(session: AsyncSession, item: Item, who: Principal, now: datetime) -> None:
    """The primary key decides who was first; an old hold is taken over."""
    old = await session.get(PoolHold, (item.kind.value, item.number), with_for_update=True)
    if old is not None and old.until > now:
        raise Refused("pool.taken", {"number": item.number})
    if old is not None:
        old.agent_no, old.claimed_at, old.until = who.agent_no, now, now + LEASE
        return
    try:
        async with session.begin_nested():
            session.add(
                PoolHold(
                    kind=item.kind.value, number=item.number, agent_no=who.agent_no, claimed_at=now, until=now + LEASE
                )
            )
    except IntegrityError:
        raise Refused("pool.taken", {"number": item.number}) from None


async def give_back(session: AsyncSession, who: Principal, kind: Kind, number: str, now: datetime) -> None:
    match kind:
        case Kind.TICKET | Kind.MESSAGE:
            await service.give_back(session, number, who, now)
        case Kind.VISIT:
            await visits.give_back(session, number, who)
        case _:
            held = await session.get(PoolHold, (kind.value, number), with_for_update=True)
            if held is None or held.agent_no != who.agent_no or held.until <= now:
                raise Refused("pool.not_yours", {"number": number})
            await session.delete(held)


async def settle_by_order(session: AsyncSession, ticket_no: str, order_no: str, who: Principal, now: datetime) -> None:
    """An order of the same customer was placed to settle the ticket: ORDER_SUBMITTED, and tracked until it is over."""
    case = await tickets.get_for(session, ticket_no, who)
    if case.ticket.owner not in ("", who.agent_no):
        raise Denied("pool.not_yours", {"ticket_no": ticket_no})
    order = await orders.get(session, order_no)
    if order.customer_id != case.row.customer_id:
        raise NotFound("order", order_no)
    await link(session, ticket_no, order_no, who.agent_no, now)


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    await session.execute(delete(PoolHold).where(PoolHold.until <= now))
