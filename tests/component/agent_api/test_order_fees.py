"""The fee of an order that is done: on the line's next bill, once, read out when the month is over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agent_api.customers import service as customers
from agent_api.customers.billing import Charge
from agent_api.customers.embedded_billing import EmbeddedBilling
from agent_api.customers.rules import ProductType
from agent_api.errors import Unavailable
from agent_api.orders import service
from agent_api.orders.cashier import Cashier
from agent_api.orders.worker import OrderWorker
from tests.component.agent_api.harness import ZONE, Desk, ask

pytestmark = pytest.mark.component

LINE = "13900000001"


class Away(EmbeddedBilling):
    """No billing for now."""

    def __init__(self) -> None:
        pass

    async def charge(self, product: ProductType, number: str, charge: Charge) -> None:
        raise Unavailable("billing")


async def done(desk: Desk, wish: str, **more: object) -> str:
    line = {"product": "mobile", "number": LINE, "call_id": "n1-1.1"} | more
    placed = await ask(desk, "order", **line, service=wish)
    await OrderWorker(desk.context.db, desk.context.fulfilment, desk.clock, ZONE).look()
    return str(placed["order_no"])


def cashier(desk: Desk, billing: EmbeddedBilling | None = None) -> Cashier:
    return Cashier(desk.context.db, billing or desk.context.billing, desk.clock, ZONE)


async def fees(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """By month: what stands on the line's bills from this month on."""
    async with desk.context.db.read() as session:
        line = await customers.find_line(session, LINE, ProductType.MOBILE)
    assert line is not None
    bills = await desk.context.billing.bills(line.customer.customer_id, 12)
    return {
        bill.month: [(part.name, f"{part.amount:.2f}") for part in bill.components]
        for bill in bills
        if bill.number == LINE and bill.month >= f"{desk.clock():%Y-%m}"
    }


async def heard(desk: Desk, month: str | None = None) -> dict[str, object]:
    return await ask(desk, "bill", product="mobile", number=LINE, month=month)


async def test_a_monthly_fee_is_on_the_bill_of_the_month_it_begins_in(desk: Desk) -> None:
    before = await heard(desk)
    number = await done(desk, "add_service", choice="ring_back")
    await cashier(desk).look()
    await cashier(desk).look()
    assert await fees(desk) == {"2026-12": [("增值业务开通", "5.00")]}
    async with desk.context.db.read() as session:
        history = [event.fact for event in await service.history_of(session, number)]
    assert history.count("charge") == 1
    assert await heard(desk) == before, "a month that has not ended is not read out"
    assert (await heard(desk, "2026-12"))["result"] == "no_data"
    desk.clock.now += timedelta(days=45)
    told = await heard(desk)
    assert (told["month"], told["total"]) == ("2026-12", "5.00")
    assert told["parts"] == [{"kind": "other", "amount": "5.00"}]


async def test_without_a_fee_and_without_success_nothing_is_charged(desk: Desk) -> None:
    await done(desk, "change_plan", choice="plan_199")
    await ask(desk, "order", product="mobile", number=LINE, call_id="n1-2.1", service="add_service", choice="voicemail")
    await cashier(desk).look()
    assert await fees(desk) == {}


async def test_a_fee_waits_for_billing_and_is_then_charged_once(desk: Desk) -> None:
    await done(desk, "add_service", choice="voicemail")
    await cashier(desk, Away()).look()
    assert await fees(desk) == {}
    await cashier(desk).look()
    assert await fees(desk) == {"2026-12": [("增值业务开通", "3.00")]}


async def test_the_same_reference_twice_is_once_and_fees_add_up(desk: Desk) -> None:
    billing = desk.context.billing
    for reference in ("YW1", "YW1", "YW2"):
        charge = Charge(reference, "装机", Decimal("1.50"), date(2026, 11, 3))
        await billing.charge(ProductType.MOBILE, LINE, charge)
    assert await fees(desk) == {"2026-11": [("装机", "1.50"), ("装机", "1.50")]}
    assert await billing.arrears("C000001", date(2026, 11, 18)) is None, "not due before the month is over"
