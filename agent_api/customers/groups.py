"""A group (key account) as one: its lines, the consolidated bill with each line's part, contract, who may order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers.billing import IssuedBill
from agent_api.customers.models import AuthorisedContact, GroupContract

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """One month of all lines together."""

    month: str
    total: Decimal
    paid: Decimal
    due_date: date
    lines: tuple[IssuedBill, ...]
    """Dearest first."""


def consolidated(bills: Sequence[IssuedBill]) -> list[MonthTotal]:
    """Latest month first. Each month is the sum of its lines."""
    months: defaultdict[str, list[IssuedBill]] = defaultdict(list)
    for bill in bills:
        months[bill.month].append(bill)
    return [
        MonthTotal(
            month,
            sum((bill.total for bill in lines), ZERO),
            sum((bill.paid for bill in lines), ZERO),
            max(bill.due_date for bill in lines),
            tuple(sorted(lines, key=lambda bill: (-bill.total, bill.number))),
        )
        for month, lines in sorted(months.items(), reverse=True)
    ]


async def contract(session: AsyncSession, customer_id: str) -> GroupContract | None:
    return await session.get(GroupContract, customer_id)


async def authorised(session: AsyncSession, customer_id: str) -> Sequence[AuthorisedContact]:
    query = select(AuthorisedContact).where(AuthorisedContact.customer_id == customer_id)
    return (await session.scalars(query.order_by(AuthorisedContact.contact_id))).all()


async def may_order(session: AsyncSession, customer_id: str, number: str, today: date) -> bool:
    """Whether this telephone is one of somebody who may order for the group today."""
    return any(
        each.number == number and (each.valid_until is None or each.valid_until >= today)
        for each in await authorised(session, customer_id)
    )
