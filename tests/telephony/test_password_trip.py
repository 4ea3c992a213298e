"""The agent sends the caller to the password menu and gets only pass or fail back."""

import asyncio
from collections.abc import Iterator

import pytest

from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import stored, talk
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony

PASSWORD = "135790"
UNHEARD_HERTZ = 3300
"""Neither speech nor the waiting music has much up here."""


async def sent_to_the_menu(outside: OutsideWorld, desk: Desk, caller: str) -> tuple[OutsideCall, OutsideCall]:
    """Customer and agent, the customer just sent to the password menu. While the agent number is spoken the desk says
    no (409)."""
    customer, phone = await talk(outside, desk, caller)

    async def is_sent() -> bool:
        answer = await desk.http.post(f"/calls/{phone.hotline_call_id}/password-menu", json={})
        assert answer.status_code in (200, 409), answer.text
        return answer.status_code == 200

    await eventually_async(is_sent, "the customer may be sent to the password menu", 10)
    return customer, phone


async def auth_level(desk: Desk, call_id: str) -> int:
    return int((await stored(desk, call_id))["auth_level"])


async def test_there_and_back(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8001") as desk:
        customer, phone = await sent_to_the_menu(outside, desk, next(callers))
        await hears(customer, "auth/for_agent", within=15)
        assert await desk.state() == "talking"
        await customer.press(PASSWORD + "#")
        await hears(customer, "auth/passed", within=20)

        async def is_proven() -> bool:
            return await auth_level(desk, phone.hotline_call_id) == 2

        await eventually_async(is_proven, "the call has identity level 2", 10)
        await customer.play_tone(620)
        await phone.play_tone(880)
        await hears_tone(phone, 620)
        await hears_tone(customer, 880)
        await phone.hang_up()
        await hears(customer, "survey/ask", within=20)


async def test_a_wrong_password_comes_back_as_fail(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8002") as desk:
        customer, phone = await sent_to_the_menu(outside, desk, next(callers))
        await hears(customer, "auth/for_agent", within=15)
        for heard in ("auth/wrong_2", "auth/wrong_1", "auth/locked"):
            await customer.press("000000#")
            await hears(customer, heard, within=25)
        await phone.play_tone(880)
        await hears_tone(customer, 880, within=30)
        assert await auth_level(desk, phone.hotline_call_id) < 2
        await customer.hang_up()


async def test_who_hangs_up_there_frees_the_agent(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8003") as desk:
        customer, phone = await sent_to_the_menu(outside, desk, next(callers))
        await hears(customer, "auth/for_agent", within=15)
        await customer.hang_up()
        await phone.ended(within=10)
        await desk.reaches("wrap_up")


async def test_the_agents_voice_is_not_heard_in_the_menu(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    """Neither hears the other meanwhile: the agent learns no key, the customer's menu is not talked over."""
    async with line.sign_in("8004") as desk:
        customer, phone = await sent_to_the_menu(outside, desk, next(callers))
        await hears(customer, "auth/for_agent", within=15)
        await customer.play_tone(UNHEARD_HERTZ)
        await phone.play_tone(UNHEARD_HERTZ)
        await asyncio.sleep(2)
        for person in (customer, phone):
            with pytest.raises(AssertionError):
                await hears_tone(person, UNHEARD_HERTZ, within=1)
        await customer.hang_up()
