"""Who is led past the menus, and what is said before them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.facts import one_number
from tests.support.hearing import heard_in_order, hears
from tests.support.journeys import still_talk
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

VIP, SENIOR, ENGLISH, UNKNOWN_LANGUAGE = "13900000024", "13900000041", "13900000049", "13900000098"
MANAGER, MANAGER_MOBILE = "8008", "13700008008"
BLOCKED, DEALER_PHONE = "13888888888", "13600005001"


@asynccontextmanager
async def calling(outside: OutsideWorld, caller: str, number: str = "10010") -> AsyncIterator[OutsideCall]:
    call = await outside.dial(caller, number)
    await call.answered()
    try:
        yield call
    finally:
        await call.hang_up()


async def test_vip_goes_straight_to_the_vip_agents(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8009") as desk:
        await desk.work()
        async with calling(outside, VIP) as call:
            await hears(call, "vip/welcome")
            phone = await outside.rung("8009", within=20)
            await phone.answered()
            await phone.hang_up()


async def test_a_key_account_gets_the_own_manager_at_the_desk_and_outside(line: Line, outside: OutsideWorld) -> None:
    """Signed in, the manager comes before an agent who is free for longer; later, the manager's mobile after 20 s."""
    async with line.sign_in("8009") as free_for_longer, line.sign_in(MANAGER) as manager:
        await free_for_longer.work()
        await manager.work()
        async with calling(outside, VIP) as call:
            phone = await outside.rung(MANAGER, within=20)
            await phone.answered()
            await manager.reaches("talking")
            await call.hang_up()
            await phone.ended()
    async with calling(outside, VIP) as call:
        mobile = await outside.rung(MANAGER_MOBILE, within=45)
        assert mobile.shown_number == "10010"
        await mobile.answered()
        await still_talk(call, mobile)
        await mobile.hang_up()
        await hears(call, "survey/ask", within=20)


async def test_anybody_on_the_vip_number_is_a_vip(outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with calling(outside, next(callers), "10018") as call:
        await hears(call, "vip/welcome")


async def test_a_vip_may_have_the_menu(outside: OutsideWorld) -> None:
    async with calling(outside, VIP) as call:
        await call.press("#")
        await hears(call, "welcome", within=20)
        await hears(call, "menu/main", within=40)


async def test_the_elderly_get_an_agent_without_a_key(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8003") as desk:
        await desk.work()
        async with calling(outside, SENIOR) as call:
            await hears(call, "senior/welcome")
            phone = await outside.rung("8003", within=20)
            await phone.answered()
            await phone.hang_up()


async def test_a_blocked_number_is_refused_politely(outside: OutsideWorld) -> None:
    async with calling(outside, BLOCKED) as call:
        await hears(call, "refused")
        await hears(call, "goodbye")
        await call.ended(within=10)


async def test_the_suspended_hear_why_and_may_still_call_an_agent(line: Line, outside: OutsideWorld) -> None:
    suspended = one_number(
        line,
        """SELECT number FROM product JOIN customer USING (customer_id)
           WHERE type = 'MOBILE' AND product.status = 'suspended' AND level = 'normal' AND birth_date > '1975-01-01'
             AND customer_id NOT IN (SELECT customer_id FROM ticket WHERE customer_id IS NOT NULL AND closed_at IS NULL)
           ORDER BY number""",
    )
    async with calling(outside, suspended) as call:
        await hears(call, "menu/suspended", within=30)
        heard = heard_in_order(call, ("suspended/notice/1", "suspended/plain", "menu/suspended"))
        assert heard[0] in ("suspended/notice/1", "suspended/plain")
        await call.press("0")
        await hears(call, "to_agent", within=20)


async def test_who_has_an_open_ticket_is_offered_its_progress(line: Line, outside: OutsideWorld) -> None:
    waiting = one_number(
        line,
        """SELECT number FROM product JOIN customer USING (customer_id) JOIN ticket USING (customer_id)
           WHERE product.type = 'MOBILE' AND product.status = 'active' AND ticket.closed_at IS NULL
             AND customer.level = 'normal' AND birth_date > '1975-01-01' AND ticket.contact_number = number""",
    )
    async with calling(outside, waiting) as call:
        await hears(call, "progress/menu", within=20)
        await call.press("1")
        await hears(call, "leaf/choices", within=40)
        told = ("progress/working/1", "progress/open", "progress/answered")
        assert set(heard_in_order(call, told)), "nothing about the ticket was said"


async def test_a_dealer_gets_the_dealers_menu(outside: OutsideWorld) -> None:
    async with calling(outside, DEALER_PHONE) as call:
        await hears(call, "dealer/ask_code")
        await call.press("5001#")
        await hears(call, "dealer/ask_password")
        await call.press("246802#")
        await hears(call, "menu/dealer", within=20)


async def test_english_by_record_and_by_choice(outside: OutsideWorld) -> None:
    async with calling(outside, ENGLISH) as call:
        await hears(call, "welcome", language="en")
        await hears(call, "menu/main", within=40, language="en")
    async with calling(outside, UNKNOWN_LANGUAGE) as call:
        await hears(call, "menu/language", within=20, language="en")
        await call.press("2")
        await hears(call, "menu/main", within=40, language="en")
        await call.press("0")
        await hears(call, "to_agent", within=20, language="en")


async def test_a_notice_is_heard_by_those_it_concerns(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8201") as desk:
        notice = await desk.post(
            "/announcements",
            center="cn",
            area=None,
            title="全网抢修",
            place="entry",
            prompts=["notice/mass_fault"],
            barge_in=False,
            starts_at=None,
            ends_at=None,
            days_of_month=None,
            active=True,
        )
        async with calling(outside, next(callers)) as call:
            await hears(call, "notice/mass_fault", within=20)
            await hears(call, "welcome", within=20)
        answer = await desk.http.delete(f"/announcements/{notice.json()['id']}")
        assert answer.status_code < 300
        async with calling(outside, next(callers)) as call:
            await hears(call, "notice_recording", within=20)
            assert "notice/mass_fault" not in heard_in_order(call, ("notice/mass_fault", "welcome"))
