"""What the voice menu asks."""

import pytest

from agent_api.customers.models import ServicePassword
from tests.component.agent_api.harness import SERVICE, Desk

pytestmark = pytest.mark.component


async def ask(desk: Desk, question: str, **body: str) -> dict[str, object]:
    async with desk.client(**SERVICE) as client:
        answer = await client.post(f"/internal/v1/{question}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc"])
async def test_only_with_the_service_token(desk: Desk, header: str) -> None:
    async with desk.client(Authorization=header) as client:
        answer = await client.post("/internal/v1/bill", json={"number": "13900000001"})
    assert (answer.status_code, answer.json()["code"]) == (401, "service.forbidden")


async def test_a_known_caller(desk: Desk) -> None:
    assert await ask(desk, "caller", caller_number="+8613900000001", did="10010") == {
        "known": True,
        "customer_id": "C000001",
        "level": "normal",
        "is_senior": False,
        "language": "zh",
        "suspended": False,
        "own_number": "13900000001",
    }


async def test_a_vip_a_senior_a_foreigner_and_a_suspended_line(desk: Desk) -> None:
    assert (await ask(desk, "caller", caller_number="13900000004", did="10018"))["level"] == "vip"
    assert (await ask(desk, "caller", caller_number="13900000005", did="10010"))["is_senior"] is True
    assert (await ask(desk, "caller", caller_number="13900000049", did="10010"))["language"] == "en"
    suspended = [
        number
        for number in range(2, 200, 5)
        if (await ask(desk, "caller", caller_number=f"139{number:08d}", did="10010"))["suspended"]
    ]
    assert suspended


@pytest.mark.parametrize("number", ["", "anonymous", "13800000000"])
async def test_an_unknown_caller(desk: Desk, number: str) -> None:
    found = await ask(desk, "caller", caller_number=number, did="10010")
    assert (found["known"], found["customer_id"], found["own_number"]) == (False, None, None)


async def test_the_third_wrong_password_locks_for_the_day(desk: Desk) -> None:
    async def verify(password: str) -> tuple[object, object]:
        found = await ask(desk, "verify", number="13900000001", password=password)
        return found["result"], found["attempts_left"]

    assert await verify("135790") == ("pass", 3)
    assert await verify("000000") == ("fail", 2)
    assert await verify("135790") == ("pass", 2), "and the count starts anew"
    assert [await verify("000000") for _ in range(3)] == [("fail", 2), ("fail", 1), ("locked", 0)]
    assert await verify("135790") == ("locked", 0)
    desk.clock.move(hours=11)
    assert await verify("135790") == ("pass", 3), "a new day in Shanghai"


async def test_an_unknown_number_has_no_password(desk: Desk) -> None:
    assert (await ask(desk, "verify", number="13800000000", password="135790"))["result"] == "unknown"


async def test_service_passwords_are_stored_hashed(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        stored = await session.get_one(ServicePassword, "13900000001")
    assert stored.password_hash.startswith("$argon2id$")
    assert "135790" not in stored.password_hash


async def test_the_bill(desk: Desk) -> None:
    assert await ask(desk, "bill", number="13900000001") == {
        "result": "ok",
        "month": "2026-10",
        "total": "128.50",
        "balance": "35.20",
        "arrears": "0.00",
        "components": [
            {"name": "套餐月费", "amount": "99.00"},
            {"name": "套餐外流量费", "amount": "19.50"},
            {"name": "增值业务费", "amount": "10.00"},
        ],
    }
    assert (await ask(desk, "bill", number="13900000002"))["arrears"] != "0.00"
    assert (await ask(desk, "bill", number="13800000000"))["result"] == "no_data"
