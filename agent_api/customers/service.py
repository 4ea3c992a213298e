"""Who a number belongs to, and what lines a customer has. Other features come here, never to the repository."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers import repository
from agent_api.customers.models import Customer, Product
from agent_api.customers.rules import ProductType, normal_number
from agent_api.errors import NotFound
from agent_api.masking import mask_number


@dataclass(frozen=True, slots=True)
class Line:
    product: Product
    customer: Customer


async def find_line(
    session: AsyncSession, number: str, product: ProductType | None = None, for_update: bool = False
) -> Line | None:
    """The line of this number and its owner; a closed one is nobody's."""
    found = await repository.line(session, normal_number(number), product.value if product else None, for_update)
    return None if found is None else Line(*found)


async def number_of(session: AsyncSession, customer_id: str, product: ProductType, number: str | None) -> str:
    """The line of a customer that is meant, also by its masked number; NotFound when there is no such line."""
    own = [line.number for line in await repository.products(session, customer_id) if line.type == product.value]
    found = next((each for each in own if number in (None, each, mask_number(each))), None)
    if found is None:
        raise NotFound("line", product.value)
    return found


def owner_of(connection: Connection, number: str) -> str | None:
    return repository.owner(connection, normal_number(number))


def name_and_center(connection: Connection, customer_id: str) -> tuple[str, str] | None:
    """Of a customer, and the centre of the home."""
    return repository.name_and_center(connection, customer_id)


async def get(session: AsyncSession, customer_id: str) -> Customer:
    customer = await repository.by_id(session, customer_id)
    if customer is None:
        raise NotFound("customer", customer_id)
    return customer


async def with_email(session: AsyncSession, email: str) -> Sequence[Customer]:
    """Those that have this address, whatever its case; one may be several customers'."""
    return await repository.with_email(session, email)


async def get_many(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, Customer]:
    return await repository.by_ids(session, customer_ids)


async def products(session: AsyncSession, customer_id: str) -> Sequence[Product]:
    return await repository.products(session, customer_id)
