"""Queries on subscribers and their products."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers.models import Customer, Product


async def by_id(session: AsyncSession, customer_id: str) -> Customer | None:
    return await session.get(Customer, customer_id)


async def by_ids(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, Customer]:
    found = await session.scalars(select(Customer).where(Customer.customer_id.in_(customer_ids)))
    return {customer.customer_id: customer for customer in found}


async def products(session: AsyncSession, customer_id: str) -> Sequence[Product]:
    found = await session.scalars(
        select(Product).where(Product.customer_id == customer_id).order_by(Product.product_id)
    )
    return found.all()


async def line(
    session: AsyncSession, number: str, product_type: str | None = None, for_update: bool = False
) -> tuple[Product, Customer] | None:
    query = (
        select(Product, Customer)
        .join(Customer, Customer.customer_id == Product.customer_id)
        .where(Product.number == number, Product.status != "closed")
        .limit(1)
    )
    if product_type is not None:
        query = query.where(Product.type == product_type)
    if for_update:
        query = query.with_for_update(of=Product)
    found = (await session.execute(query)).first()
    return None if found is None else (found[0], found[1])


def owner(connection: Connection, number: str) -> str | None:
    found: str | None = connection.scalar(select(Product.customer_id).where(Product.number == number).limit(1))
    return found


def name_and_center(connection: Connection, customer_id: str) -> tuple[str, str] | None:
    found = connection.execute(
        select(Customer.name, Customer.center_id).where(Customer.customer_id == customer_id)
    ).first()
    return None if found is None else (found[0], found[1])


async def search(session: AsyncSession, text: str, number: str, limit: int = 20) -> Sequence[Customer]:
    """By exact number, its last digits (4 or more), name or customer id; customers whose contact number it is too."""
    conditions = [Customer.customer_id == text, Customer.name == text]
    if len(number) >= 4:
        owns = select(Product.customer_id).where(Product.number.endswith(number, autoescape=True))
        conditions += [Customer.customer_id.in_(owns), Customer.contact_number == number]
    if len(text) >= 2 and not text.isascii():
        conditions.append(Customer.name.startswith(text, autoescape=True))
    found = await session.scalars(select(Customer).where(or_(*conditions)).order_by(Customer.customer_id).limit(limit))
    return found.all()
