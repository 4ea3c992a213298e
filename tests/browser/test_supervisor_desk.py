"""Those who do not take calls, in Chromium: the wallboard of a supervisor, a ticket worked on, a locked account."""

import pytest
from playwright.async_api import expect

from hotline.outside.world import Behaviour, OutsideWorld
from tests.browser.desk_pages import chromium, person
from tests.support.hearing import hears
from tests.support.journeys import ask_for_an_agent
from tests.support.stack import Line

pytestmark = pytest.mark.browser


async def test_the_wallboard_shows_who_waits_and_who_answers(line: Line, outside: OutsideWorld) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as supervisor:
        await supervisor.sign_in("8101")
        await expect(supervisor.part("wall-tile-waiting")).to_contain_text("0")
        customer = await ask_for_an_agent(outside, "13900000011")
        await hears(customer, "to_agent", within=20)
        await expect(supervisor.part("wall-tile-waiting")).to_contain_text("1", timeout=10_000)
        # the row turns red by itself once the wait is longer than the queue's service level of 15 seconds
        await expect(supervisor.part("wall-queue-general")).to_have_class("alarm", timeout=20_000)

        await outside.set_behaviour("8002", Behaviour.ANSWER)
        async with line.sign_in("8002") as agent:
            await agent.work()
            await expect(supervisor.part("wall-agent-8002")).to_have_attribute("data-state", "talking", timeout=15_000)
            await expect(supervisor.part("wall-tile-waiting")).to_contain_text("0")
            await customer.hang_up()
            await agent.reaches("wrap_up")
            await expect(supervisor.part("wall-agent-8002")).to_have_attribute("data-state", "wrap_up")
        await expect(supervisor.part("wall-kpi-K03")).to_be_visible()
        assert supervisor.crashes == []


async def test_a_ticket_is_urged_and_its_history_tells(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as supervisor:
        await supervisor.sign_in("8101")
        await supervisor.go_to("tickets")
        await supervisor.part("tickets-table").get_by_text("缴费后一天未复机").click()
        await supervisor.part("ticket-event-urge").click()
        await supervisor.part("ticket-comment").fill("客户再次来电")
        await supervisor.part("ticket-event-submit").click()
        await expect(supervisor.part("ticket-timeline")).to_contain_text("客户再次来电")
        await expect(supervisor.part("ticket-clocks").get_by_role("progressbar")).to_have_count(2)


async def test_a_wrong_password_is_told_and_five_lock_the_account(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as stranger:
        for _ in range(5):
            await stranger.type_sign_in("8203", "wrong")
            await expect(stranger.part("signin-password")).to_have_value("")
            await expect(stranger.part("signin-error")).to_contain_text("工号或密码错误")
        await stranger.type_sign_in("8203", "wrong")
        await expect(stranger.part("signin-error")).to_contain_text("已锁定至")
