"""Fees on the bill of a month that has not ended: the first of them begins it, it is issued after the month."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers.billing import Charge
from agent_api.customers.models import Bill, Product
from agent_api.customers.rules import month_of

PAID_WITHIN = timedelta(days=20)
"""After the month."""


async def book(session: AsyncSession, line: Product, charge: Charge, today: date) -> None:
    """The line is locked. A month that is over has its bill already: the fee goes on the present one."""
    day = max(charge.day, today)
    if charge.reference in await _references(session, line.product_id):
        return
    bill = await session.scalar(
        select(Bill).where(Bill.product_id == line.product_id, Bill.month == month_of(day)).with_for_update()
    )
    if bill is None:
        bill = _begun(line, day)
        session.add(bill)
    entry = {"name": charge.title, "amount": f"{charge.amount:.2f}", "reference": charge.reference}
    bill.components = [*bill.components, entry]
    bill.total += charge.amount


async def _references(session: AsyncSession, product_id: str) -> set[str]:
    found = await session.scalars(select(Bill.components).where(Bill.product_id == product_id))
    return {part["reference"] for parts in found for part in parts if "reference" in part}


def _begun(line: Product, day: date) -> Bill:
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Bill(
        product_id=line.product_id,
        customer_id=line.customer_id,
        month=month_of(day),
        total=Decimal(0),
        paid=Decimal(0),
        due_date=next_month + PAID_WITHIN,
        components=[],
    )
