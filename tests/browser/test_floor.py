"""A supervisor in Chromium: listening and taking over, forcing, telling everybody, closing and re-ruling queues."""

import pytest
from playwright.async_api import expect

from hotline.outside.world import Behaviour, OutsideWorld
from tests.browser.desk_pages import PATIENCE_MS, DeskPage, chromium, person
from tests.browser.floor_pages import FloorPage, QueueRulesPage
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import ask_for_an_agent, talk
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.browser

BOSS, AGENT, EXPERT = "8101", "8002", "8001"
BEEP = 400
"""What the browser's fake microphone gives."""


async def on_the_floor(desk: DeskPage, outside: OutsideWorld) -> FloorPage:
    await outside.set_behaviour(BOSS, Behaviour.IGNORE)
    await desk.sign_in(BOSS)
    await desk.telephone_is(line="registered", phase="idle")
    return await FloorPage.open(desk)


async def test_help_is_asked_for_and_the_supervisor_takes_over(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss, line.sign_in(AGENT) as agent:
        await on_the_floor(boss, outside)
        floor = FloorPage(boss)
        await outside.set_behaviour(AGENT, Behaviour.ANSWER)
        customer, _ = await talk(outside, agent, "13900000111")
        row = floor.call_of(AGENT)
        await expect(row).to_have_attribute("data-state", "talking", timeout=PATIENCE_MS)
        call_id = await row.get_attribute("data-call-id") or ""
        await asks_for_help(agent, call_id, "客户要求主管接听")
        wanted = boss.part("floor-help-row")
        await expect(wanted).to_contain_text("客户要求主管接听")

        await wanted.get_by_test_id("floor-spy-listen").click()
        await boss.telephone_is(phase="ringing")
        await boss.answer()
        await expect(row).to_have_attribute("data-spied", "listen", timeout=PATIENCE_MS)
        await expect(wanted).to_be_hidden()

        await row.get_by_test_id("floor-take-over").click()
        await floor.confirm()
        await agent.reaches("wrap_up")
        await expect(floor.call_of(BOSS)).to_have_attribute("data-call-id", call_id, timeout=PATIENCE_MS)
        await hears_tone(customer, BEEP)
        await customer.hang_up()
        await boss.is_in_state("wrap_up")
        assert boss.crashes == []


async def asks_for_help(agent: Desk, call_id: str, note: str) -> None:
    """Refused while the customer still hears the agent's number."""

    async def is_asked() -> bool:
        return (await agent.http.post(f"/calls/{call_id}/help", json={"note": note})).is_success

    await eventually_async(is_asked, "help is asked for", 15)


async def test_an_agent_is_paused_and_told_by_whom(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss, person(browser, line.desk_url) as agent:
        floor = await on_the_floor(boss, outside)
        await outside.set_behaviour(AGENT, Behaviour.IGNORE)
        await agent.sign_in(AGENT)
        await agent.become_ready()
        card = boss.part(f"floor-agent-{AGENT}")
        await expect(card).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
        await floor.force(AGENT, "training")
        await agent.is_in_state("paused")
        await expect(agent.page.locator(".el-message")).to_contain_text(BOSS)
        await expect(card).to_have_attribute("data-state", "paused", timeout=PATIENCE_MS)
        await floor.tell_everybody("系统将于 22:00 升级")
        await expect(agent.part("broadcast")).to_contain_text("系统将于 22:00 升级")
        await agent.part("broadcast-read").click()
        await expect(agent.part("broadcast")).to_be_hidden()


async def test_a_queue_closed_on_the_page_is_closed_for_callers(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        floor = await on_the_floor(boss, outside)
        await floor.turn_queue("general", closed=True)
        try:
            customer = await ask_for_an_agent(outside, "13900000112")
            await hears(customer, "way/closed", within=20)
            await customer.hang_up()
        finally:
            await floor.turn_queue("general", closed=False)


async def test_a_rule_changed_on_the_page_sends_callers_elsewhere(line: Line, outside: OutsideWorld) -> None:
    """Both serve the queue, the other agent has been idle for longer; only the expert has level 9."""
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        await outside.set_behaviour(BOSS, Behaviour.IGNORE)
        await boss.sign_in(BOSS)
        rules = await QueueRulesPage.open(boss)
        await rules.ask_for_level("general", 9)
        await expect(boss.part("queue-timeline").first).to_contain_text("9")
        await rules.publish("只让专家接听")
        try:
            async with line.sign_in(AGENT) as agent, line.sign_in(EXPERT) as expert:
                for number in (AGENT, EXPERT):
                    await outside.set_behaviour(number, Behaviour.ANSWER)
                await agent.work()
                await agent.reaches("ready")
                await expert.work()
                customer = await ask_for_an_agent(outside, "13900000113")
                await expert.reaches("talking", within=20)
                assert await agent.state() == "ready"
                await customer.hang_up()
                await expert.reaches("wrap_up")
        finally:
            await rules.roll_back()
            await expect(boss.part("queue-version-1")).to_be_visible()
