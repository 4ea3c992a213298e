"""Proof of identity over the internal interface and the desk."""

import pytest

from agent_api.customers.models import ServicePassword
from tests.component.agent_api.harness import Desk, ask

pytestmark = pytest.mark.component

FIRST = "13900000001"


async def verify(desk: Desk, password: str, number: str = FIRST) -> tuple[object, object]:
    found = await ask(desk, "verify", number=number, password=password)
    return found["result"], found["attempts_left"]


async def test_the_third_wrong_password_locks_for_the_day(desk: Desk) -> None:
    assert await verify(desk, "135790") == ("pass", 3)
    assert await verify(desk, "000000") == ("fail", 2)
    assert await verify(desk, "135790") == ("pass", 2), "and the count starts anew"
    assert [await verify(desk, "000000") for _ in range(3)] == [("fail", 2), ("fail", 1), ("locked", 0)]
    assert await verify(desk, "135790") == ("locked", 0)
    desk.clock.move(hours=11)
    assert await verify(desk, "135790") == ("pass", 3), "a new day in Shanghai"


async def test_an_unknown_number_has_no_password(desk: Desk) -> None:
    assert (await verify(desk, "135790", "13800000000"))[0] == "unknown"


async def test_who_it_is_is_told_after_a_right_password_only(desk: Desk) -> None:
    assert (await ask(desk, "verify", number=FIRST, password="135790"))["customer_id"] == "C000001"
    assert (await ask(desk, "verify", number=FIRST, password="1"))["customer_id"] is None


@pytest.mark.parametrize("number", ["17910000011", "8000000003"])
async def test_cards_and_internet_accounts_have_passwords_too(desk: Desk, number: str) -> None:
    assert (await verify(desk, "135790", number))[0] == "pass"


async def test_an_initial_password_says_so(desk: Desk) -> None:
    assert (await ask(desk, "verify", number="13900000036", password="135790"))["initial"] is True
    assert (await ask(desk, "verify", number=FIRST, password="135790"))["initial"] is False


async def test_service_passwords_are_stored_hashed(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        stored = await session.get_one(ServicePassword, FIRST)
    assert stored.password_hash.startswith("$argon2id$")
    assert "135790" not in stored.password_hash
