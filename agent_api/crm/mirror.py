"""Our copy of customers whose home is another system: fetched when asked for, every difference kept as a version.

With the embedded store there is nothing to fetch: it is the home.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.crm.port import CrmBill, CrmCustomer, CrmLine
from agent_api.customers import records
from agent_api.customers.billing import Component, IssuedBill
from agent_api.customers.models import Customer, Product
from agent_api.customers.rules import ProductType

SOURCE = "crm"
UNKNOWN_AGE = 30
"""TMF629 tells no birthday; nobody is put into the senior line by a missing date."""
SAME = ("name", "kind", "level", "star_level", "language", "account_no", "contact_number", "email", "address")


async def store(session: AsyncSession, found: CrmCustomer, now: datetime) -> Customer:
    """As the other side has it now. What it does not tell stays as it is."""
    values: dict[str, Any] = {name: getattr(found, name) for name in SAME}
    if found.credit_level:
        values["credit_level"] = found.credit_level[:2]
    customer = await session.scalar(select(Customer).where(Customer.external_id == found.ref).with_for_update())
    if customer is None:
        customer = await _new(session, found, values, now)
    else:
        await records.change(session, customer, values, SOURCE, now, source=SOURCE)
    for line in found.lines:
        await _line(session, customer, line)
    await session.flush()
    return customer


async def _new(session: AsyncSession, found: CrmCustomer, values: dict[str, Any], now: datetime) -> Customer:
    home = await auth.accepting_center(session, None)
    customer = Customer(
        customer_id=f"R{uuid4().hex[:15]}",
        external_id=found.ref,
        center_id=home.center_id,
        birth_date=date(now.year - UNKNOWN_AGE, 1, 1),
        **({"credit_level": "C"} | values),
    )
    session.add(customer)
    await session.flush()
    return customer


async def _line(session: AsyncSession, customer: Customer, line: CrmLine) -> None:
    """A line of ours that belongs to somebody else now is closed there."""
    if line.product not in ProductType.__members__:
        return
    query = select(Product).where(
        Product.number == line.number, Product.type == line.product, Product.status != "closed"
    )
    present = await session.scalar(query)
    if present is not None and present.customer_id != customer.customer_id:
        present.status, present = "closed", None
    if present is None:
        present = Product(
            product_id=uuid4().hex,
            customer_id=customer.customer_id,
            type=line.product,
            number=line.number,
            balance=Decimal(0),
            services={},
        )
        session.add(present)
    present.plan, present.status = line.plan, line.status


def issued(bills: Sequence[CrmBill]) -> list[IssuedBill]:
    """As the desk shows bills."""
    return [
        IssuedBill(
            bill.product if bill.product in ProductType.__members__ else ProductType.MOBILE.value,
            bill.number,
            bill.month,
            bill.total,
            bill.total - bill.remaining,
            bill.due_date,
            tuple(Component(part.name, part.amount) for part in bill.parts),
        )
        for bill in bills
    ]
