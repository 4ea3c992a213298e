"""From the flag of a late repair to money on the account: suggested, proposed, granted by another, booked once."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from agent_api.auth import service as auth
from agent_api.compensations.booker import CompensationBooker
from agent_api.compensations.rules import Basis, may_grant, suggested
from agent_api.customers import service as customers
from agent_api.customers.models import AccountCredit, Bill, Product
from agent_api.messages.models import Message
from agent_api.orders import service as orders
from agent_api.tickets import reports
from agent_api.tickets import service as tickets
from agent_api.tickets.watch import ClockWatch
from agent_api.tickets.words import TicketType
from tests.component.agent_api.harness import ZONE, Desk

pytestmark = pytest.mark.component


async def late_fault(desk: Desk) -> str:
    async with desk.context.db.write() as session:
        who = await auth.principal(session, "8001")
        new = tickets.NewTicket(TicketType.FAULT, "宽带中断", "", "F.1", customer_id="C000001")
        number = (await tickets.create(session, new, who, desk.clock(), ZONE)).row.ticket_no
    desk.clock.move(hours=80)
    watch = ClockWatch(desk.context.db, desk.clock)
    await watch.look()
    desk.clock.move(hours=30)
    return number


async def money(desk: Desk) -> Decimal:
    """What is paid and what is balance, together."""
    async with desk.context.db.read() as session:
        bills = await session.scalars(select(Bill.paid).where(Bill.customer_id == "C000001"))
        balances = await session.scalars(select(Product.balance).where(Product.customer_id == "C000001"))
        return sum(bills, Decimal(0)) + sum(balances, Decimal(0))


async def test_a_late_repair_becomes_money_on_the_account(desk: Desk) -> None:
    number = await late_fault(desk)
    before = await money(desk)
    booker = CompensationBooker(desk.context.db, desk.context.billing, desk.clock)
    async with desk.signed_in("8301") as handler, desk.signed_in("8101") as supervisor:
        path = f"/api/v1/tickets/{number}/compensations"
        shown = (await handler.get(path)).json()
        assert (shown["waive_fee"], shown["suggested_basis"], shown["suggested_days"]) == (True, "waived_fee", 2)
        body = {"basis": "waived_fee", "days": 2, "amount": "3.93", "reason": "障碍逾期修复"}
        made = (await handler.post(path, json=body)).json()
        assert made["state"] == "PROPOSED"
        assert (await handler.post(path, json=body)).json()["code"] == "compensation.already"
        decision = f"/api/v1/compensations/{made['id']}/decision"
        assert (await handler.post(decision, json={"granted": True})).status_code == 403
        assert (await supervisor.post(decision, json={"granted": True, "words": "同意"})).json()["state"] == "APPROVED"
        assert (await supervisor.post(decision, json={"granted": True})).json()["code"] == "compensation.decided"
        assert (await booker.look(), await booker.look()) == (1, 0)
        assert (await handler.get(path)).json()["items"][0]["state"] == "BOOKED"
        story = (await handler.get(f"/api/v1/tickets/{number}")).json()["timeline"]
        assert story[-1]["comment"] == "已补偿客户3.93元"
    assert await money(desk) - before == Decimal("3.93")
    async with desk.context.db.read() as session:
        (credit,) = await session.scalars(select(AccountCredit))
        texts = (await session.scalars(select(Message).where(Message.template == "compensation.booked"))).all()
    assert (credit.amount, len(texts)) == (Decimal("3.93"), 1)
    await desk.context.billing.credit("C000001", Decimal("3.93"), credit.reference, "")
    assert await money(desk) - before == Decimal("3.93"), "the same reference is booked once"


async def test_nobody_grants_an_own_proposal_or_too_much(desk: Desk) -> None:
    number = await late_fault(desk)
    async with desk.signed_in("8101") as supervisor:
        path = f"/api/v1/tickets/{number}/compensations"
        for amount, code in (("10.00", "compensation.own"), ("2500.00", "compensation.own")):
            body = {"basis": "goodwill", "amount": amount, "reason": "致歉"}
            made = (await supervisor.post(path, json=body)).json()
            answer = await supervisor.post(f"/api/v1/compensations/{made['id']}/decision", json={"granted": True})
            assert answer.json()["code"] == code
        assert (await supervisor.post(path, json=body | {"amount": "0.001"})).status_code == 422
    assert suggested(Basis.WAIVED_FEE, Decimal(59), 2) == Decimal("3.93")
    assert suggested(Basis.LATE_ORDER, Decimal(100), 3) == Decimal("3.00")
    assert not may_grant({"city_leader"}, Decimal("200.01"))
    assert [may_grant({"team_leader"}, Decimal(each)) for each in ("50", "50.01")] == [True, False]
    assert [may_grant({"supervisor"}, Decimal(each)) for each in ("500", "500.01")] == [True, False]
    assert not may_grant({"complaint_handler"}, Decimal("0.01"))


async def test_a_late_order_is_suggested_a_part_of_its_fee_for_each_day(desk: Desk) -> None:
    """Promised for the 20th, and looked at on the 25th: five days of one per cent."""
    async with desk.context.db.write() as session:
        line = await customers.find_line(session, "13900000001")
        assert line is not None
        new = orders.NewOrder(line, "add_service", "ring_back", promised_for=date(2026, 11, 20))
        row = await orders.submit(session, new, desk.clock(), ZONE)
        desk.clock.move(days=7)
        await orders.open_exception(session, row, orders.Trouble.LATE, "无人上门", desk.clock(), ZONE)
        ticket = await reports.known(session, f"order:{row.order_no}:late")
        assert ticket is not None
    async with desk.signed_in("8301") as handler:
        shown = (await handler.get(f"/api/v1/tickets/{ticket.ticket_no}/compensations")).json()
    found = shown["suggested_basis"], shown["suggested_days"], shown["suggested"]
    assert found == ("late_order", 5, "0.25")
