"""What agents do with a call in Chromium: asking, conferring, sending on, and a page loaded anew in the middle."""

import pytest
from playwright.async_api import expect

from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.browser.desk_pages import DeskPage, chromium, person
from tests.browser.floor_pages import SLOW_MS, ControlBar
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import ask_for_an_agent
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.browser

FIRST, SECOND = "8001", "8002"
BEEP = 400
"""What the browser's fake microphone gives."""


async def at_work(desk: DeskPage, outside: OutsideWorld, agent_no: str) -> ControlBar:
    """Signed in with the browser's telephone, paused."""
    await outside.set_behaviour(agent_no, Behaviour.IGNORE)
    await desk.sign_in(agent_no)
    await desk.telephone_is(line="registered", phase="idle")
    return ControlBar(desk)


async def in_conversation(desk: DeskPage, outside: OutsideWorld, caller: str) -> OutsideCall:
    await desk.become_ready()
    customer = await ask_for_an_agent(outside, caller)
    await desk.telephone_is(phase="ringing")
    await desk.answer()
    await desk.is_in_state("talking")
    return customer


async def test_a_question_a_conference_and_the_first_agent_leaves(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as first, person(browser, line.desk_url) as second:
        bar, other = await at_work(first, outside, FIRST), await at_work(second, outside, SECOND)
        customer = await in_conversation(first, outside, "13900000101")
        await second.become_ready()
        await expect(bar.button("complete")).to_be_disabled()

        await bar.press("consult")
        await bar.choose(SECOND)
        await second.telephone_is(phase="ringing")
        await second.answer()
        await bar.asks(SECOND)
        await expect(bar.button("transfer")).to_be_disabled()

        await bar.press("conference")
        await bar.is_together_with(SECOND)
        await bar.press("leave")
        await first.is_in_state("wrap_up")
        await second.is_in_state("talking")
        await hears_tone(customer, BEEP)

        await other.end_with_survey()
        await hears(customer, "survey/ask")
        await customer.hang_up()
        await second.is_in_state("wrap_up")
        assert first.crashes == second.crashes == []


async def test_a_caller_is_sent_to_another_desk_with_a_note(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as first, person(browser, line.desk_url) as second:
        bar, _ = await at_work(first, outside, FIRST), await at_work(second, outside, SECOND)
        customer = await in_conversation(first, outside, "13900000102")
        call_id = await first.call_on_screen()
        await second.become_ready()
        await first.page.keyboard.press("F6")
        await bar.choose(SECOND, "客户要求复查账单")
        await first.is_in_state("wrap_up")
        await second.telephone_is(phase="ringing")
        await second.answer()
        assert await second.call_on_screen() == call_id
        await hears_tone(customer, BEEP)

        await second.part("pop-story").click()
        await expect(second.part("call-story")).to_contain_text("客户要求复查账单")
        await expect(second.part("call-story").locator("[data-kind=transferred]")).to_have_count(1)
        await expect(second.part("call-why").locator("li").first).to_be_visible()
        await customer.hang_up()
        await second.is_in_state("wrap_up")


async def test_a_page_loaded_anew_keeps_the_customer(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await at_work(desk, outside, FIRST)
        customer = await in_conversation(desk, outside, "13900000103")
        call_id = await desk.call_on_screen()
        await desk.page.reload()
        await expect(desk.part("kept-banner")).to_be_visible(timeout=SLOW_MS)
        await desk.telephone_is(line="registered")
        await expect(desk.part("softphone")).to_have_attribute("data-phase", "talking", timeout=SLOW_MS)
        await expect(desk.part("kept-banner")).to_be_hidden()
        assert await desk.part("softphone").get_attribute("data-call-id") == call_id
        await desk.is_in_state("talking")
        await expect(desk.part("call-control")).to_have_attribute("data-call-id", call_id)

        await customer.play_tone(440)

        async def heard() -> bool:
            packets, energy = await desk.received_audio()
            return packets > 50 and energy > 0

        await eventually_async(heard, "the browser hears the customer again", 10)
        await desk.hang_up()
        await hears(customer, "survey/ask")
        await customer.hang_up()
        await desk.is_in_state("wrap_up")


async def test_another_window_says_where_the_agent_works_and_takes_over(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await at_work(desk, outside, FIRST)
        second = await desk.another_tab()
        await expect(second.part("elsewhere-banner")).to_be_visible()
        await second.part("move-here").click()
        await expect(second.part("elsewhere-banner")).to_be_hidden()
        await expect(desk.part("elsewhere-banner")).to_be_visible()
        await second.become_ready()


async def test_more_time_to_write_up_and_done(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await at_work(desk, outside, FIRST)
        customer = await in_conversation(desk, outside, "13900000104")
        await customer.hang_up()
        await desk.is_in_state("wrap_up")
        left = desk.part("agent-wrap-up-left")
        before = seconds(await left.inner_text())
        await desk.part("agent-wrap-up-more").click()

        async def is_more() -> bool:
            return seconds(await left.inner_text()) > before + 30

        await eventually_async(is_more, "the wrap-up is longer", 10)
        await desk.part("agent-wrap-up-done").click()
        await desk.page.locator(".el-message-box .el-button--primary").click()
        await desk.is_in_state("ready")


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)
