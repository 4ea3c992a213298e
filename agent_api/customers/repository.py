"""Queries on subscribers and their products."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from agent_api.customers.models import Customer, Product
from agent_api.customers.rules import TAIL

_OWNER = select(Product.customer_id).where(Product.number == bindparam("number")).limit(1)
FoundBy: TypeAlias = Literal["number", "account", "ticket", "order", "name", "initials"]


@dataclass(frozen=True, slots=True)
class Key:
    """One way a text may name a customer."""

    by: FoundBy
    column: Literal["id", "account", "external", "line", "contact", "tail", "name", "whole_name", "initials"]
    text: str


async def by_id(session: AsyncSession, customer_id: str) -> Customer | None:
    return await session.get(Customer, customer_id)


async def is_seen(session: AsyncSession, customer_id: str, seen: ColumnElement[bool]) -> bool:
    found = await session.scalar(select(Customer.customer_id).where(Customer.customer_id == customer_id, seen))
    return found is not None


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
    found: str | None = connection.scalar(_OWNER, {"number": number})
    return found


def name_and_center(connection: Connection, customer_id: str) -> tuple[str, str] | None:
    found = connection.execute(
        select(Customer.name, Customer.center_id).where(Customer.customer_id == customer_id)
    ).first()
    return None if found is None else (found[0], found[1])


async def ids_by(
    session: AsyncSession, keys: Sequence[Key], limit: int, seen: ColumnElement[bool] | None = None
) -> list[tuple[FoundBy, str]]:
    """Each key by its own index, at most `limit` of each, in the order of the keys; of those who may be `seen`."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    found = [_ids(key, sqlite) for key in keys]
    if seen is not None:
        found = [select(Customer.customer_id).where(Customer.customer_id.in_(each), seen) for each in found]
    parts = [each.limit(limit).subquery() for each in found]
    rows = await session.execute(union_all(*(select(literal(at), part) for at, part in enumerate(parts))))
    return [(keys[at].by, customer_id) for at, customer_id in sorted(map(tuple, rows))]


def _ids(key: Key, sqlite: bool) -> Select[tuple[str]]:
    customer, line, text = select(Customer.customer_id), select(Product.customer_id), key.text
    match key.column:
        case "id":
            return customer.where(Customer.customer_id == text)
        case "account":
            return customer.where(Customer.account_no == text)
        case "external":
            return customer.where(Customer.external_id == text)
        case "line":
            return line.where(Product.number == text)
        case "contact":
            return customer.where(Customer.contact_number == text)
        case "tail":
            return line.where(Product.tail == text[-TAIL:], Product.number.endswith(text, autoescape=True))
        case "whole_name":
            return customer.where(Customer.name == text)
        case "name":
            return customer.where(_starts(Customer.name, text, sqlite))
        case "initials":
            return customer.where(_starts(Customer.initials, text, sqlite))


def _starts(column: InstrumentedAttribute[str], text: str, sqlite: bool) -> ColumnElement[bool]:
    """The start of a text as a range of the index; LIKE takes an index only where it knows the pattern beforehand."""
    after = text + "\U0010ffff"
    if sqlite:
        return and_(column >= text, column < after)
    return and_(column.op("~>=~", is_comparison=True)(text), column.op("~<~", is_comparison=True)(after))


async def with_email(session: AsyncSession, email: str) -> Sequence[Customer]:
    return (await session.scalars(select(Customer).where(func.lower(Customer.email) == email.lower()).limit(2))).all()
