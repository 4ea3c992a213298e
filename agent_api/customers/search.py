"""Finds customers by number, its last digits, name, initials, account, ticket or order: each by an index of its own.

What it finds is shown masked only; the list tells by what a customer was found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.customers import repository, scope
from agent_api.customers.models import Customer
from agent_api.customers.repository import FoundBy, Key
from agent_api.customers.rules import TAIL, normal_number
from agent_api.errors import NotFound
from agent_api.orders import service as orders
from agent_api.tickets import service as tickets

LIMIT = 20
WHOLE = 7
_WORK = re.compile(r"[A-Z]{2}[0-9]{8}[0-9A-Z]{6,12}")
"""A ticket or an order: prefix, day, the installation if there are several, count."""


@dataclass(frozen=True, slots=True)
class Found:
    customer: Customer
    by: FoundBy


async def find(session: AsyncSession, query: str, who: Principal, limit: int = LIMIT) -> Sequence[Found]:
    """Of the customers this person may see."""
    text, seen = query.strip(), scope.seen_by(who)
    if not text:
        return []
    if _WORK.fullmatch(text.upper()):
        return await _by_work(session, text.upper(), seen)
    keys = _keys(text)
    hits: dict[str, FoundBy] = {}
    for by, customer_id in await repository.ids_by(session, keys, limit, seen):
        hits.setdefault(customer_id, by)
    customers = await repository.by_ids(session, list(hits)[:limit])
    return [Found(customers[customer_id], by) for customer_id, by in hits.items() if customer_id in customers]


def whole_number(query: str) -> str:
    """The telephone number a query is, if it is a whole one: what another system may be asked for."""
    number = normal_number(query) if re.fullmatch(r"[-+0-9 ()]+", query.strip()) else ""
    return number if len(number) >= WHOLE else ""


def _keys(text: str) -> list[Key]:
    """What a text may be, surest first."""
    number = normal_number(text) if re.fullmatch(r"[-+0-9 ()]+", text) else ""
    # One question each: a database that knows most external ids to be empty would scan for all three in one.
    keys = [Key("account", "id", text), Key("account", "account", text), Key("account", "external", text)]
    if len(number) >= TAIL:
        keys += [Key("number", "line", number), Key("number", "contact", number)]
        keys.append(Key("number", "tail", number))
    if not text.isascii():
        keys.append(Key("name", "name" if len(text) >= 2 else "whole_name", text))
    elif text.isalpha() and len(text) >= 2:
        keys += [Key("name", "whole_name", text), Key("initials", "initials", text.lower())]
    elif not number:
        keys.append(Key("name", "whole_name", text))
    return keys


async def _by_work(session: AsyncSession, number: str, seen: ColumnElement[bool] | None) -> Sequence[Found]:
    """Of a ticket, or of an order."""
    by: FoundBy = "ticket"
    try:
        if number.startswith(orders.PREFIX):
            by, customer_id = "order", (await orders.get(session, number)).customer_id
        else:
            customer_id = (await tickets.case(session, number)).row.customer_id or ""
    except NotFound:
        return []
    if seen is not None and not await repository.is_seen(session, customer_id, seen):
        return []
    customer = await repository.by_id(session, customer_id)
    return [Found(customer, by)] if customer else []
