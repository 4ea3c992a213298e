"""What the voice menu asks about callers, accounts, bills and top-up cards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from agent_api.customers.models import BlockedNumber, Payment, Product, TopUpCard
from agent_api.customers.rules import ProductType
from agent_api.demo.services import BLOCKED, top_up_pin
from tests.component.agent_api.harness import NOW, SERVICE, TODAY, Desk, ask, desk_on

pytestmark = pytest.mark.component

FIRST = "13900000001"


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc"])
async def test_only_with_the_service_token(desk: Desk, header: str) -> None:
    async with desk.client(Authorization=header) as client:
        answer = await client.post("/internal/v1/bill", json={"product": "mobile", "number": FIRST})
    assert (answer.status_code, answer.json()["code"]) == (401, "service.forbidden")


async def test_a_known_caller(desk: Desk) -> None:
    assert await ask(desk, "caller", caller_number="+8613900000001", did="10010") == {
        "result": "ok",
        "known": True,
        "customer_id": "C000001",
        "level": "normal",
        "is_senior": False,
        "language": "zh",
        "suspended": False,
        "arrears": "0.00",
        "own_number": FIRST,
        "center": "js-sz",
        "manager": "",
        "manager_phone": "",
        "dealer_code": None,
        "blacklisted": False,
        "open_ticket": None,
        "email": True,
        "announcements": [],
    }


async def caller(desk: Desk, number: str) -> dict[str, object]:
    return await ask(desk, "caller", caller_number=number, did="10010")


async def test_a_vip_a_senior_and_what_is_known_of_languages(desk: Desk) -> None:
    assert (await caller(desk, "13900000004"))["level"] == "vip"
    assert (await caller(desk, "13900000005"))["is_senior"] is True
    assert (await caller(desk, "13900000049"))["language"] == "en"
    assert (await caller(desk, "13900000048"))["language"] is None


async def test_a_suspended_line_hears_what_it_owes(desk: Desk) -> None:
    found = await caller(desk, "13900000047")
    account = await ask(desk, "account", product="mobile", number="13900000047")
    assert found["suspended"] is True
    assert Decimal(str(found["arrears"])) > 0
    assert found["arrears"] == account["arrears"]


@pytest.mark.parametrize("number", ["", "anonymous", "13800000000", "'; DROP TABLE customer; --", "1" * 32])
async def test_an_unknown_caller(desk: Desk, number: str) -> None:
    found = await caller(desk, number)
    assert (found["result"], found["known"], found["customer_id"], found["own_number"], found["language"]) == (
        "unknown", False, None, None, None,
    )  # fmt: skip
    assert not found["blacklisted"]


async def test_a_caller_with_an_open_ticket_hears_of_the_latest(desk: Desk) -> None:
    new = {"type": "complaint", "customer_id": "C000003", "title": "信号差", "category": "T.QUALITY.1"}
    async with desk.signed_in("8001") as client:
        numbers = []
        for _ in range(2):
            numbers.append((await client.post("/api/v1/tickets", json=new)).json()["ticket_no"])
            desk.clock.move(minutes=1)
        assert (await caller(desk, "13900000003"))["open_ticket"] == {"ticket_no": numbers[1]}
        for number in numbers:
            withdrawn = await client.post(f"/api/v1/tickets/{number}/events", json={"event": "withdraw"})
            assert withdrawn.status_code == 200
    assert (await caller(desk, "13900000003"))["open_ticket"] is None


async def test_a_dealers_telephone_and_a_blocked_one(desk: Desk) -> None:
    assert (await caller(desk, "13600005001"))["dealer_code"] == "5001"
    assert (await caller(desk, BLOCKED))["blacklisted"] is True
    async with desk.context.db.write() as session:
        (await session.get_one(BlockedNumber, BLOCKED)).until = NOW + timedelta(days=1)
    assert (await caller(desk, BLOCKED))["blacklisted"] is True
    desk.clock.move(days=2)
    assert (await caller(desk, BLOCKED))["blacklisted"] is False, "only until then"


async def test_the_account_of_a_mobile_line(desk: Desk) -> None:
    account = await ask(desk, "account", product="mobile", number=FIRST)
    payments = account.pop("payments")
    assert account == {
        "result": "ok",
        "balance": "35.20",
        "arrears": "0.00",
        "plan": "畅享99元套餐",
        "valid_until": None,
        "paid_until": None,
        "minutes_left": 7,
        "mb_left": 53,
        "messages_left": 1,
        "points": 1280,
    }
    assert payments[0]["amount"] == "128.50"
    assert len(payments) == 3
    assert [payment["day"] for payment in payments] == sorted((each["day"] for each in payments), reverse=True)


async def test_lines_of_every_kind_have_an_account_and_a_bill(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        for kind in ProductType:
            number = await session.scalar(select(Product.number).where(Product.type == kind.value).limit(1))
            line = {"product": kind.value.lower(), "number": number}
            account = await ask(desk, "account", **line)
            bill = await ask(desk, "bill", **line)
            assert (account["result"], bill["result"]) == ("ok", "ok")
            assert sum(Decimal(part["amount"]) for part in bill["parts"]) == Decimal(bill["total"])
            if kind is ProductType.PAGING:
                assert account["paid_until"] >= TODAY.isoformat()


async def test_a_number_of_another_line_is_unknown(desk: Desk) -> None:
    assert (await ask(desk, "account", product="ip", number=FIRST))["result"] == "unknown"
    assert (await ask(desk, "bill", product="ip", number=FIRST))["result"] == "no_data"


async def test_an_expired_card(desk: Desk) -> None:
    assert (await ask(desk, "account", product="ip", number="17910000033"))["result"] == "expired"
    assert (await ask(desk, "account", product="ip", number="17910000011"))["result"] == "ok"


async def test_a_business_line_that_ended(demo_database: str) -> None:
    async with desk_on(demo_database, ended_products=[ProductType.PAGING]) as desk:
        assert (await ask(desk, "account", product="paging", number="1910000017"))["result"] == "ended"
        assert (await ask(desk, "account", product="mobile", number=FIRST))["result"] == "ok"


async def test_the_last_bill_and_one_of_a_month(desk: Desk) -> None:
    assert await ask(desk, "bill", product="mobile", number=FIRST) == {
        "result": "ok",
        "month": "2026-10",
        "total": "128.50",
        "parts": [
            {"kind": "rent", "amount": "99.00"},
            {"kind": "data", "amount": "19.50"},
            {"kind": "other", "amount": "10.00"},
        ],
    }
    assert (await ask(desk, "bill", product="mobile", number=FIRST, month="2026-05"))["month"] == "2026-05"


@pytest.mark.parametrize(
    ("month", "result"),
    [("2026-04", "too_old"), ("1999-01", "too_old"), ("2026-11", "no_data"), ("2030-01", "no_data")],
)
async def test_months_without_a_bill(desk: Desk, month: str, result: str) -> None:
    assert (await ask(desk, "bill", product="mobile", number=FIRST, month=month))["result"] == result


async def test_a_month_that_is_none_is_refused(desk: Desk) -> None:
    async with desk.client(**SERVICE) as client:
        body = {"product": "mobile", "number": FIRST, "month": "2026-13"}
        assert (await client.post("/internal/v1/bill", json=body)).status_code == 422


async def test_a_card_is_used_once_and_asking_again_changes_nothing(desk: Desk) -> None:
    used = {"result": "ok", "amount": "50.00", "balance": "85.20"}
    assert await ask(desk, "topup", number=FIRST, card_pin=top_up_pin(1)) == used
    assert await ask(desk, "topup", number=FIRST, card_pin=top_up_pin(1)) == used, "the answer was lost on its way"
    assert (await ask(desk, "topup", number="13900000003", card_pin=top_up_pin(1)))["result"] == "wrong"
    desk.clock.move(minutes=3)
    assert (await ask(desk, "topup", number=FIRST, card_pin=top_up_pin(1)))["result"] == "wrong"
    async with desk.context.db.read() as session:
        payments = (await session.scalars(select(Payment).where(Payment.registered_by == "top-up"))).all()
        card = await session.get_one(TopUpCard, top_up_pin(1)[:8])
    assert [payment.amount for payment in payments] == [Decimal(50)]
    assert card.pin_hash.startswith("$argon2id$")


async def test_three_wrong_cards_a_day(desk: Desk) -> None:
    async def top_up(pin: str) -> object:
        return (await ask(desk, "topup", number=FIRST, card_pin=pin))["result"]

    assert [await top_up(pin) for pin in ("123456789012345", "6600000187654321", "1")] == ["wrong", "wrong", "locked"]
    assert await top_up(top_up_pin(2)) == "locked"
    desk.clock.move(days=1)
    assert await top_up(top_up_pin(12)) == "wrong", "past its day"
    assert await top_up(top_up_pin(2)) == "ok"


async def test_who_pays_what_he_owes_is_connected_again(desk: Desk) -> None:
    number = "13900000047"
    before = await ask(desk, "account", product="mobile", number=number)
    results = [await ask(desk, "topup", number=number, card_pin=top_up_pin(index)) for index in range(1, 12)]
    assert {each["result"] for each in results} == {"ok"}
    after = await ask(desk, "account", product="mobile", number=number)
    assert (await caller(desk, number))["suspended"] is False
    assert after["arrears"] == "0.00"
    assert Decimal(before["arrears"]) > 0


async def test_no_card_for_an_unknown_number(desk: Desk) -> None:
    assert (await ask(desk, "topup", number="13800000000", card_pin=top_up_pin(3)))["result"] == "unknown"
