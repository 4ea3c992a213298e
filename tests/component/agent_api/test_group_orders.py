"""For a group only its authorised contacts order, from the telephone they are known by."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from agent_api.calls.models import Call
from agent_api.customers.groups import may_order
from agent_api.customers.models import AuthorisedContact
from agent_api.demo.customers import GROUP
from tests.component.agent_api.harness import Desk, ask

pytestmark = pytest.mark.component
LINE, KNOWN = "13058811007", "13058811001"


async def order_from(desk: Desk, caller: str) -> object:
    """In a call from this telephone."""
    async with desk.context.db.write() as session:
        call = (await session.scalars(select(Call).order_by(Call.call_id).limit(1))).one()
        call.caller_number = caller
    body = {"product": "mobile", "number": LINE, "service": "suspend_keep", "choice": None, "call_id": call.call_id}
    quoted = (await ask(desk, "order/quote", **body))["result"]
    placed = (await ask(desk, "order", **body))["result"]
    assert quoted == placed, "nobody hears a price and is refused then"
    return placed


async def test_an_authorised_telephone_orders_and_no_other(desk: Desk) -> None:
    assert await order_from(desk, LINE) == "not_eligible", "whoever uses the line is not who signs for it"
    assert await order_from(desk, "13900000001") == "not_eligible"
    assert await order_from(desk, f"+86{KNOWN}") == "ok", "as the trunk writes it"


async def test_a_right_to_order_ends_with_its_day(desk: Desk) -> None:
    today = desk.clock().date()
    async with desk.context.db.write() as session:
        await session.execute(
            update(AuthorisedContact).where(AuthorisedContact.number == KNOWN).values(valid_until=today)
        )
    async with desk.context.db.read() as session:
        assert await may_order(session, GROUP, KNOWN, today)
        assert not await may_order(session, GROUP, KNOWN, today + timedelta(days=1))
        assert not await may_order(session, "C000001", KNOWN, today), "of this group only"
        assert not await may_order(session, GROUP, "", today)
    desk.clock.move(days=1)
    assert await order_from(desk, KNOWN) == "not_eligible"
