"""Emergency stop, release, restore for a day, and reports of fraud."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from agent_api.customers import service as customers
from agent_api.customers.models import Customer, Product
from agent_api.demo.services import top_up_pin
from agent_api.emergency.restores import RestoreWatch
from agent_api.messages.models import Message
from agent_api.tickets.models import TicketRow
from tests.component.agent_api.harness import NOW, ZONE, Desk, ask

pytestmark = pytest.mark.component

FIRST = "13900000001"
DEBTOR = "13900000047"


async def stop(desk: Desk, number: str = FIRST, proof: str = "password", secret: str = "135790") -> object:
    body = {"number": number, "proof": proof, "secret": secret, "call_id": "n1-1.1"}
    return (await ask(desk, "emergency/suspend", **body))["result"]


async def do(desk: Desk, what: str, number: str = FIRST) -> object:
    return (await ask(desk, f"emergency/{what}", number=number, call_id="n1-1.1"))["result"]


async def line_of(desk: Desk, number: str) -> tuple[str, str | None]:
    async with desk.context.db.read() as session:
        found = await customers.find_line(session, number)
    assert found is not None
    return found.product.status, found.product.suspended_for


async def texts(desk: Desk, template: str) -> list[Message]:
    async with desk.context.db.read() as session:
        told = select(Message).where(Message.template == template, Message.created_at >= NOW)
        return list(await session.scalars(told))


async def end_restores(desk: Desk) -> int:
    return await RestoreWatch(desk.context.db, desk.context.billing, desk.clock, ZONE).look()


@pytest.mark.parametrize(("proof", "secret"), [("password", "135790"), ("id", "081234")])
async def test_a_lost_line_is_stopped_at_once(desk: Desk, proof: str, secret: str) -> None:
    assert await stop(desk, proof=proof, secret=secret) == "ok"
    assert await line_of(desk, FIRST) == ("suspended", "loss")
    assert await stop(desk, proof=proof, secret=secret) == "already"
    (text,) = await texts(desk, "emergency.suspended")
    assert (text.address, text.values["number"]) == ("13700000001", "139****0001"), "not to the lost telephone"
    async with desk.context.db.read() as session:
        urgent = select(TicketRow).where(TicketRow.type == "urgent", TicketRow.customer_id == "C000001")
        (review,) = await session.scalars(urgent)
    assert review.title == "紧急停机次日复核"


async def test_nothing_is_stopped_without_proof(desk: Desk) -> None:
    assert await stop(desk, "13800000000") == "unknown"
    assert [await stop(desk, secret="000000") for _ in range(3)] == ["fail", "fail", "locked"]
    assert await stop(desk) == "locked"
    assert await stop(desk, proof="id", secret="000000") == "fail"
    assert await line_of(desk, FIRST) == ("active", None)


async def test_a_line_that_was_found_again_works_again(desk: Desk) -> None:
    assert await do(desk, "release") == "not_possible", "it was not stopped"
    await stop(desk)
    assert await do(desk, "release") == "ok"
    assert await line_of(desk, FIRST) == ("active", None)
    assert [text.address for text in await texts(desk, "emergency.released")] == [FIRST]
    assert await do(desk, "release", "13800000000") == "unknown"


async def test_a_debtors_line_goes_back_to_where_it_was(desk: Desk) -> None:
    assert await stop(desk, DEBTOR) == "ok"
    assert await do(desk, "release", DEBTOR) == "not_possible"
    assert await line_of(desk, DEBTOR) == ("suspended", "arrears")
    assert await texts(desk, "emergency.released") == []


async def credit(desk: Desk, level: str) -> None:
    async with desk.context.db.write() as session:
        (await session.get_one(Customer, "C000047")).credit_level = level


async def test_a_line_in_arrears_works_for_a_day_once_a_month(desk: Desk) -> None:
    await credit(desk, "A")
    assert await do(desk, "restore", DEBTOR) == "ok"
    assert await line_of(desk, DEBTOR) == ("active", None)
    assert len(await texts(desk, "emergency.restored")) == 1
    desk.clock.move(hours=23, minutes=59)
    assert await end_restores(desk) == 0
    desk.clock.move(minutes=1)
    assert (await end_restores(desk), await end_restores(desk)) == (1, 0)
    assert await line_of(desk, DEBTOR) == ("suspended", "arrears")
    assert await do(desk, "restore", DEBTOR) == "not_possible", "once a month"
    desk.clock.move(days=12)
    assert await do(desk, "restore", DEBTOR) == "ok", "a new month"


async def test_no_restore_beyond_the_credit_nor_for_another_reason(desk: Desk) -> None:
    await credit(desk, "D")
    assert await do(desk, "restore", DEBTOR) == "not_possible"
    assert await do(desk, "restore", FIRST) == "not_possible"
    await credit(desk, "A")
    await stop(desk, DEBTOR)
    assert await do(desk, "restore", DEBTOR) == "not_possible", "it is lost"
    assert await do(desk, "restore", "13800000000") == "unknown"


async def test_who_pays_within_the_day_is_not_suspended_again(desk: Desk) -> None:
    await credit(desk, "A")
    await do(desk, "restore", DEBTOR)
    for index in range(1, 12):
        assert (await ask(desk, "topup", number=DEBTOR, card_pin=top_up_pin(index)))["result"] == "ok"
    desk.clock.move(hours=24)
    assert await end_restores(desk) == 1
    assert await line_of(desk, DEBTOR) == ("active", None)


async def test_a_line_lost_within_its_day_owes_when_it_is_found(desk: Desk) -> None:
    await credit(desk, "A")
    await do(desk, "restore", DEBTOR)
    await stop(desk, DEBTOR)
    desk.clock.move(hours=24)
    await end_restores(desk)
    assert await line_of(desk, DEBTOR) == ("suspended", "loss")
    assert await do(desk, "release", DEBTOR) == "not_possible"
    assert await line_of(desk, DEBTOR) == ("suspended", "arrears")


async def test_a_stopped_line_can_be_in_no_other_order(desk: Desk) -> None:
    await stop(desk)
    line = {"product": "mobile", "number": FIRST, "service": "resume"}
    assert (await ask(desk, "order/quote", **line))["result"] == "not_eligible"


async def test_a_report_of_fraud(desk: Desk) -> None:
    body = {"reported_number": "17000001234", "caller_number": FIRST, "call_id": "n1-1.1"}
    taken = await ask(desk, "emergency/report", **body)
    assert taken["ticket_no"].startswith("JB20261118")
    assert await ask(desk, "emergency/report", **body) == taken
    async with desk.context.db.read() as session:
        (row,) = await session.scalars(select(TicketRow).where(TicketRow.type == "fraud"))
        assert (row.customer_id, row.contact_number, row.state) == ("C000001", FIRST, "NEW")
        assert "17000001234" in row.description
        assert (await session.get_one(Product, "C000001-MOBILE")).status == "active"
    assert [text.values for text in await texts(desk, "ticket.accepted")] == [{"ticket_no": taken["ticket_no"]}]
    withheld = await ask(desk, "emergency/report", reported_number="17000001234", caller_number="", call_id="n1-2.1")
    assert withheld["ticket_no"] != taken["ticket_no"]


async def test_a_restored_line_is_ended_late_but_once(desk: Desk) -> None:
    await credit(desk, "A")
    await do(desk, "restore", DEBTOR)
    desk.clock.now += timedelta(days=3)
    assert [await end_restores(desk) for _ in range(2)] == [1, 0]
