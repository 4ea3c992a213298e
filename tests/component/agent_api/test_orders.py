"""Orders from the voice menu and the desk to the changed line."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.customers import service as customers
from agent_api.customers.models import Product
from agent_api.customers.rules import ProductType
from agent_api.demo.services import top_up_pin
from agent_api.errors import Unavailable
from agent_api.messages.models import Message
from agent_api.orders.fulfilment import CannotBeDone, EmbeddedFulfilment, FulfilmentPort, Task
from agent_api.orders.models import OrderEvent, OrderRow
from agent_api.orders.worker import OrderWorker
from agent_api.tickets.models import TicketRow
from tests.component.agent_api.harness import ZONE, Desk, ask

pytestmark = pytest.mark.component

FIRST = "13900000001"


def worker(desk: Desk, fulfilment: FulfilmentPort | None = None) -> OrderWorker:
    return OrderWorker(desk.context.db, fulfilment or desk.context.fulfilment, desk.clock, ZONE)


async def order(desk: Desk, service: str, choice: str | None = None, **more: object) -> dict[str, object]:
    line = {"product": "mobile", "number": FIRST, "call_id": "n1-1.1"} | more
    return await ask(desk, "order", **line, service=service, choice=choice)


async def state_of(desk: Desk, order_no: object) -> object:
    digits = str(order_no).removeprefix("YW")
    return (await ask(desk, "order/progress", digits=digits, last4="0001"))["state"]


async def line_of(desk: Desk, number: str = FIRST) -> Product:
    async with desk.context.db.read() as session:
        found = await customers.find_line(session, number)
    assert found is not None
    return found.product


async def texts(desk: Desk) -> list[tuple[str, str]]:
    async with desk.context.db.read() as session:
        found = await session.scalars(select(Message).where(Message.template.startswith("order.")))
        return sorted((message.template, message.about) for message in found)


async def test_a_quote(desk: Desk) -> None:
    async def quote(service: str, choice: str | None, number: str = FIRST) -> tuple[object, object]:
        found = await ask(desk, "order/quote", product="mobile", number=number, service=service, choice=choice)
        return found["result"], found["fee"]

    assert await quote("change_plan", "plan_199") == ("ok", "0.00")
    assert await quote("add_service", "ring_back") == ("ok", "5.00")
    assert await quote("change_plan", "plan_99") == ("not_eligible", "0.00"), "it is the present plan"
    assert (await quote("change_plan", "plan_199", "13900000047"))[0] == "arrears"
    assert (await quote("change_plan", "plan_199", "13800000000"))[0] == "unknown"


async def test_an_order_changes_the_line_and_the_customer_is_told_twice(desk: Desk) -> None:
    placed = await order(desk, "change_plan", "plan_199")
    number = str(placed["order_no"])
    assert (placed["result"], number) == ("ok", "YW20261118000001")
    assert await state_of(desk, number) == "accepted"
    await worker(desk).look()
    assert await state_of(desk, number) == "done"
    assert (await line_of(desk)).plan == "尊享199元套餐"
    assert await texts(desk) == [("order.accepted", number), ("order.completed", number)]
    async with desk.context.db.read() as session:
        events = (await session.scalars(select(OrderEvent).order_by(OrderEvent.seq))).all()
    assert [event.to_state for event in events] == [
        "IDENTITY_CHECKED", "ELIGIBLE", "CONFIRMED", "SUBMITTED", "IN_PROGRESS", "COMPLETED", "NOTIFIED",
    ]  # fmt: skip


async def test_the_same_order_of_a_call_is_one_order(desk: Desk) -> None:
    first = await order(desk, "roaming_off")
    assert await order(desk, "roaming_off") == first
    assert (await order(desk, "roaming_off", call_id="n1-2.2"))["result"] == "not_eligible", "it is on its way"


async def test_suspend_and_resume(desk: Desk) -> None:
    await order(desk, "suspend_keep")
    await worker(desk).look()
    assert ((await line_of(desk)).status, (await line_of(desk)).suspended_for) == ("suspended", "keep")
    assert (await ask(desk, "caller", caller_number=FIRST, did="10010"))["suspended"] is True
    await order(desk, "resume")
    await worker(desk).look()
    assert ((await line_of(desk)).status, (await line_of(desk)).suspended_for) == ("active", None)


async def test_services_and_forwarding(desk: Desk) -> None:
    for service, choice in (
        ("add_service", "ring_back"),
        ("remove_service", "caller_id"),
        ("roaming_off", None),
        ("call_forwarding", "02587654321"),
    ):
        assert (await order(desk, service, choice))["result"] == "ok"
    await worker(desk).look()
    line = await line_of(desk)
    assert (sorted(line.services), line.forward_to) == (["idd", "ring_back"], "02587654321")
    assert line.services["ring_back"] == "2026-12-01", "what costs a fee begins with the next month"
    await order(desk, "call_forwarding", "")
    await worker(desk).look()
    assert (await line_of(desk)).forward_to is None


async def test_a_pager_is_renewed_once_however_often_it_is_carried_out(desk: Desk) -> None:
    number = "1910000017"
    before = (await line_of(desk, number)).paid_until
    assert before is not None
    await order(desk, "renew", product="paging", number=number)
    await worker(desk).look()
    assert (await line_of(desk, number)).paid_until == before + timedelta(days=30)
    task = Task("YW", "C000017-PAGING", ProductType.PAGING, "renew", None, before + timedelta(days=30))
    await EmbeddedFulfilment(desk.context.db).carry_out(task)
    assert (await line_of(desk, number)).paid_until == before + timedelta(days=30)


async def test_secrets_are_used_and_not_kept(desk: Desk) -> None:
    card = {"product": "ip", "number": "17910000011"}
    balance = (await line_of(desk, "17910000011")).balance
    assert (await order(desk, "recharge", top_up_pin(1), **card))["result"] == "ok"
    assert (await line_of(desk, "17910000011")).balance == balance + 50
    assert (await order(desk, "recharge", "6600000298765432", **card | {"call_id": "n1-2.2"}))[
        "result"
    ] == "not_eligible"
    assert (await order(desk, "change_pin", "111111", **card))["result"] == "not_eligible"
    assert (await order(desk, "change_pin", "802571", **card))["result"] == "ok"
    assert (await ask(desk, "verify", number="17910000011", password="802571"))["result"] == "pass"
    async with desk.context.db.read() as session:
        assert {row.choice for row in await session.scalars(select(OrderRow))} == {None}


async def test_a_visit_waits_for_people(desk: Desk) -> None:
    placed = await order(desk, "move", product="local", number="051280000005", day_offset=2)
    await worker(desk).look()
    async with desk.signed_in("8001") as client:
        (item,) = (await client.get("/api/v1/orders", params={"customer_id": "C000005"})).json()["items"]
        assert (item["state"], item["promised_for"], item["fee"]) == ("SUBMITTED", "2026-11-20", "58.00")
        assert (item["number_masked"], item["allowed_events"]) == ("051****0005", ["start", "cancel"])

        async def act(event: str, reason: str = "") -> httpx.Response:
            return await client.post(
                f"/api/v1/orders/{placed['order_no']}/events", json={"event": event, "reason": reason}
            )

        assert (await act("complete")).json()["code"] == "order.wrong_state"
        assert (await act("start")).json()["state"] == "IN_PROGRESS"
        assert (await act("need_info")).json()["code"] == "order.reason_required"
        assert (await act("need_info", "请补充装机地址")).json()["state"] == "INFO_REQUIRED"
        assert (await act("info_given")).json()["state"] == "IN_PROGRESS"
        done = (await act("complete")).json()
    assert (done["state"], done["state_title"]) == ("NOTIFIED", "已完成(已通知)")
    assert [(step["state"], step["by"]) for step in done["history"]][-3:] == [
        ("IN_PROGRESS", "8001"), ("COMPLETED", "8001"), ("NOTIFIED", "system"),
    ]  # fmt: skip
    assert [template for template, _ in await texts(desk)] == [
        "order.accepted",
        "order.completed",
        "order.info_required",
    ]


class Broken(EmbeddedFulfilment):
    """A switch that is down."""

    async def carry_out(self, task: Task) -> None:
        raise Unavailable("switch")


async def test_three_failures_become_somebodys_work(desk: Desk) -> None:
    number = str((await order(desk, "roaming_off"))["order_no"])
    for state in ("working", "working", "failed"):
        await worker(desk, Broken(desk.context.db)).look()
        await worker(desk, Broken(desk.context.db)).look()
        assert await state_of(desk, number) == state, "and not more often than once a minute"
        desk.clock.move(minutes=2)
    async with desk.context.db.read() as session:
        (ticket,) = (await session.scalars(select(TicketRow).where(TicketRow.type == "order"))).all()
    assert (ticket.state, ticket.source, ticket.center_id) == ("NEW", f"order:{number}:failed", "js")
    assert ("order.failed", number) in await texts(desk)
    assert (await ask(desk, "caller", caller_number=FIRST, did="10010"))["open_ticket"] is None, "our own matter"


async def test_what_cannot_be_done_fails_at_once(desk: Desk) -> None:
    number = (await order(desk, "roaming_off"))["order_no"]
    async with desk.context.db.write() as session:
        line = await session.get_one(Product, "C000001-MOBILE")
        line.status, line.suspended_for = "suspended", "loss"
    await worker(desk).look()
    assert await state_of(desk, number) == "failed"
    with pytest.raises(CannotBeDone):
        await desk.context.fulfilment.carry_out(
            Task("YW", "gone", ProductType.MOBILE, "resume", None, desk.clock().date())
        )


async def test_orders_go_on_after_three_days_and_are_put_away_after_thirty(desk: Desk) -> None:
    placed = await order(desk, "repair", product="local", number="051280000005")
    async with desk.signed_in("8001") as client:
        for event in ("start", "need_info"):
            await client.post(f"/api/v1/orders/{placed['order_no']}/events", json={"event": event, "reason": "地址"})
    await worker(desk).tidy()
    assert await state_of_row(desk, placed["order_no"]) == "INFO_REQUIRED"
    desk.clock.move(days=3)
    await worker(desk).tidy()
    assert await state_of_row(desk, placed["order_no"]) == "IN_PROGRESS"
    done = await order(desk, "roaming_off")
    await worker(desk).look()
    desk.clock.move(days=30)
    await worker(desk).tidy()
    assert await state_of_row(desk, done["order_no"]) == "ARCHIVED"
    assert await state_of(desk, done["order_no"]) == "done", "and the caller still hears how it ended"


async def test_late_and_unanswered_orders_become_work_once(desk: Desk) -> None:
    line = {"product": "local", "number": "051280000005"}
    late = (await order(desk, "move", **line, day_offset=2))["order_no"]
    unanswered = (await order(desk, "repair", **line, day_offset=9))["order_no"]
    async with desk.signed_in("8001") as client:
        for event in ("start", "need_info"):
            await client.post(f"/api/v1/orders/{unanswered}/events", json={"event": event, "reason": "地址"})

    async def work() -> list[tuple[str | None, str, str]]:
        await worker(desk).tidy()
        async with desk.context.db.read() as session:
            found = (await session.scalars(select(TicketRow).where(TicketRow.type == "order"))).all()
        return sorted((row.source, row.category, row.state) for row in found)

    assert await work() == []
    desk.clock.move(days=2)
    assert await work() == [], "its day is not over"
    desk.clock.move(days=1)
    wanted = sorted(
        [
            (f"order:{late}:late", "O.LATE", "NEW"),
            (f"order:{unanswered}:no_info", "O.NO_INFO", "NEW"),
        ]
    )
    assert await work() == wanted
    assert await work() == wanted, "each trouble of an order once"


async def state_of_row(desk: Desk, order_no: object) -> str:
    async with desk.context.db.read() as session:
        return (await session.get_one(OrderRow, order_no)).state


async def test_nobody_finds_out_which_orders_exist(desk: Desk) -> None:
    digits = str((await order(desk, "roaming_off"))["order_no"]).removeprefix("YW")

    async def progress(last4: str, number: str = digits) -> dict[str, object]:
        return await ask(desk, "order/progress", digits=number, last4=last4)

    nothing = {"result": "not_found", "state": ""}
    assert await progress("0001", "20200101000001") == nothing
    assert [await progress(last4) for last4 in ("0002", "0003", "0004", "0001")] == [nothing] * 4
    desk.clock.move(days=1)
    assert (await progress("0001"))["result"] == "ok"


async def test_an_agent_orders_on_behalf(desk: Desk) -> None:
    wish = {"customer_id": "C000001", "product": "mobile", "service": "change_plan", "choice": "plan_59"}
    async with desk.signed_in("8001") as client:
        quoted = await client.post("/api/v1/orders/quote", json=wish | {"number": "139****0001"})
        assert quoted.json() == {"result": "ok", "fee": "0.00"}
        placed = (await client.post("/api/v1/orders", json=wish | {"number": FIRST})).json()
        assert (placed["result"], placed["order_no"][:2]) == ("ok", "YW")
        assert (await client.post("/api/v1/orders", json=wish | {"product": "paging"})).status_code == 404
        assert (await client.post("/api/v1/orders", json=wish | {"number": "13900000002"})).status_code == 404
        (item,) = (await client.get("/api/v1/orders", params={"state": "SUBMITTED"})).json()["items"]
    assert (item["choice"], item["history"][0]["by"]) == ("畅享59元套餐", "8001")
    async with desk.context.db.read() as session:
        audited = [entry for entry in await auth_repository.audit_log(session) if entry.action == "order.placed"]
    assert [(entry.actor, entry.subject_id) for entry in audited] == [("8001", placed["order_no"])]
    async with desk.signed_in("9001") as admin:
        assert (await admin.get("/api/v1/orders")).status_code == 403
