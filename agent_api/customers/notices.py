"""Tells a customer something: by text message, by e-mail where that fails, at last by telephone. In the caller's
transaction.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.numbers import is_mobile
from agent_api.customers.models import Customer
from agent_api.errors import Refused
from agent_api.messages import service as messages
from agent_api.messages.outgoing import Channel, Outgoing, Route
from agent_api.messages.templates import catalogue


async def tell(
    session: AsyncSession,
    customer: Customer,
    template: str,
    values: Mapping[str, str],
    now: datetime,
    *,
    numbers: tuple[str, ...] = (),
    call_id: str | None = None,
    about: str = "",
    center_id: str = "",
) -> bool:
    """To these numbers in turn, else to the contact number, then by e-mail, at last by a call to the contact number.

    A fixed line takes no texts: it is rung instead. False: the customer has no address. `center_id`: who writes, where
    that is not the customer's own centre.
    """
    texts = [Route(Channel.SMS, number) for number in numbers or (customer.contact_number,) if number]
    mail = [Route(Channel.EMAIL, customer.email)] if customer.email else []
    rung = [Route(Channel.VOICE, customer.contact_number)] if catalogue()[template].spoken else []
    first = rung and not numbers and not is_mobile(customer.contact_number)
    routes = (*rung, *mail) if first else (*texts, *mail, *rung)
    outgoing = Outgoing(
        template,
        routes,
        values,
        language="en" if customer.language == "en" else "zh",
        customer_id=customer.customer_id,
        call_id=call_id,
        about=about,
        center_id=center_id or customer.center_id,
    )
    return await _queue(session, outgoing, now)


async def tell_number(
    session: AsyncSession,
    number: str,
    template: str,
    values: Mapping[str, str],
    now: datetime,
    *,
    call_id: str | None = None,
    about: str = "",
    language: str = "zh",
    expires_in: timedelta | None = None,
    center_id: str = "",
) -> bool:
    """A text message to a number, whoever it belongs to."""
    expires_at = now + expires_in if expires_in else None
    route = (Route(Channel.SMS, number),)
    outgoing = Outgoing(
        template,
        route,
        values,
        language,
        call_id=call_id,
        about=about,
        center_id=center_id,
        expires_at=expires_at,
    )
    return await _queue(session, outgoing, now)


async def _queue(session: AsyncSession, outgoing: Outgoing, now: datetime) -> bool:
    try:
        await messages.queue(session, outgoing, now)
    except Refused:
        return False
    return True
