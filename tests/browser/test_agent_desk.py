"""An agent at work in Chromium: a real call over WebRTC, ticket and wrap-up, and what happens when parts fall away."""

import pytest
from playwright.async_api import expect

from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.browser.desk_pages import DeskPage, chromium, person
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import ask_for_an_agent
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.browser

AGENT = "8001"
REASON = ("查询", "话费查询", "月账单")
COMPLAINT = ("投诉", "收费争议", "未订购扣费")


async def at_work(desk: DeskPage, outside: OutsideWorld) -> None:
    """Signed in, the browser's telephone registered, ready; the hard phone on the desk stays silent."""
    await outside.set_behaviour(AGENT, Behaviour.IGNORE)
    await desk.sign_in(AGENT)
    await desk.telephone_is(line="registered", phase="idle")
    await desk.become_ready()


async def in_conversation(desk: DeskPage, outside: OutsideWorld, caller: str) -> OutsideCall:
    await at_work(desk, outside)
    customer = await ask_for_an_agent(outside, caller)
    await desk.telephone_is(phase="ringing")
    await desk.answer()
    await desk.is_in_state("talking")
    return customer


async def test_a_call_from_ring_to_wrap_up(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await at_work(desk, outside)
        customer = await ask_for_an_agent(outside, "13900000001")
        await desk.telephone_is(phase="ringing")
        call_id = await desk.call_on_screen()
        await expect(desk.part("pop-caller")).to_have_text("13900000001")
        await expect(desk.part("customer-card")).to_be_visible()
        await expect(desk.part("customer-number")).to_contain_text("139****0001")
        await expect(desk.part("pop-ivr-path").locator("li")).not_to_have_count(0)
        assert await desk.part("softphone").get_attribute("data-call-id") == call_id

        await desk.answer()
        await desk.is_in_state("talking")
        await sound_reaches_both(desk, customer)

        ticket = await desk.write_charge_complaint("10月多收增值业务费", COMPLAINT, "客户称未订购音乐包。")
        assert ticket.startswith("TS")
        await desk.hang_up()
        await hears(customer, "survey/ask")
        await customer.press("1")
        await customer.ended()

        await desk.is_in_state("wrap_up")
        await desk.wrap_up(REASON, "已解释账单并登记投诉")
        await expect(desk.part("history-row").first).to_have_attribute("data-call-id", call_id)
        assert desk.crashes == []


async def sound_reaches_both(desk: DeskPage, customer: OutsideCall) -> None:
    """The browser's fake microphone beeps at 400 Hz or so; the customer plays a tone."""
    await customer.play_tone(440)

    async def heard() -> bool:
        packets, energy = await desk.received_audio()
        return packets > 50 and energy > 0

    await eventually_async(heard, "the browser receives sound", 10)
    await customer.be_silent()
    await hears_tone(customer, 400)


async def test_hold_and_resume_are_seen_by_everybody(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await in_conversation(desk, outside, "13900000002")
        await desk.part("softphone-hold").click()
        await desk.telephone_is(phase="held")
        await desk.is_in_state("held")
        await desk.part("softphone-hold").click()
        await desk.telephone_is(phase="talking")
        await desk.is_in_state("talking")
        await desk.hang_up()
        await desk.is_in_state("wrap_up")


async def test_the_conversation_outlives_the_desks_server(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await in_conversation(desk, outside, "13900000003")
        line.agent_api.kill()
        await expect(desk.part("connection-banner")).to_be_visible()
        await desk.telephone_is(line="registered", phase="talking")
        before, _ = await desk.received_audio()

        async def goes_on() -> bool:
            return (await desk.received_audio())[0] > before + 50

        await eventually_async(goes_on, "sound goes on without the server", 10)
        line.ensure_up()
        await expect(desk.part("connection-banner")).to_be_hidden(timeout=20_000)
        await desk.hang_up()
        await desk.is_in_state("wrap_up")


async def test_a_second_tab_says_that_the_telephone_is_elsewhere(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await at_work(desk, outside)
        second = await desk.another_tab()
        await second.telephone_is(line="elsewhere")
        await desk.page.close()
        await second.telephone_is(line="registered")


async def test_the_echo_test_brings_ones_own_voice_back(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await desk.sign_in(AGENT)
        await desk.telephone_is(line="registered")
        await desk.echo_test()
        await desk.telephone_is(phase="talking")

        async def comes_back() -> bool:
            packets, energy = await desk.received_audio()
            return packets > 50 and energy > 0

        await eventually_async(comes_back, "the echo is heard", 10)
        await desk.hang_up()
        await desk.telephone_is(phase="idle")


async def test_the_agent_learns_only_that_the_password_was_right(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        customer = await in_conversation(desk, outside, "13900000004")
        await desk.ask_for_the_password()
        await hears(customer, "auth/for_agent", within=20)
        await customer.press("135790#")
        await expect(desk.part("password-state")).to_have_attribute("data-state", "pass", timeout=20_000)
        await expect(desk.part("pop-auth")).to_contain_text("密码已验证")
        await customer.hang_up()
        await desk.is_in_state("wrap_up")
        await expect(desk.part("password-ask")).to_be_disabled()
