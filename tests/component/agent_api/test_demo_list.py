"""The short list the seed command prints names what is really there."""

import pytest

from agent_api.customers.models import Product
from agent_api.demo import what_to_try
from agent_api.tickets import service as tickets
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component


async def test_what_is_named_is_there(desk: Desk) -> None:
    subscribers, special, open_tickets, cards = await what_to_try.lines(desk.context.db)
    assert "13900000001 to 13900000200" in subscribers
    assert "6600000112345678" in cards
    number = special.partition("suspended for debt: ")[2][:11]
    ticket_no = open_tickets.partition("open tickets: ")[2].partition(" of ")[0]
    async with desk.context.db.read() as session:
        line = await session.get_one(Product, f"C{int(number[3:]):06d}-MOBILE")
        assert line.suspended_for == "arrears"
        assert (await tickets.case(session, ticket_no)).row.ticket_no == ticket_no
