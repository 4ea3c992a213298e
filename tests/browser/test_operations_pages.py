"""What runs beside the calls, in Chromium: promises to call back, the planner, looking for calls, retention."""

import pytest
from playwright.async_api import expect

from tests.browser.desk_pages import chromium, person
from tests.support.stack import Line

pytestmark = pytest.mark.browser


async def test_a_promise_is_booked_and_taken_back(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        await boss.sign_in("8101")
        await boss.go_to("callbacks")
        await boss.part("callback-book").click()
        await boss.part("callback-number").fill("13900000177")
        await boss.part("callback-queue").click()
        await boss.page.get_by_role("option").locator("visible=true").first.click()
        await boss.part("callback-submit").click()
        row = boss.part("callbacks").get_by_role("row").filter(has_text="139****0177").first
        await expect(row).to_be_visible()
        await row.get_by_test_id("callback-cancel").click()
        await boss.page.locator(".el-message-box .el-button--primary").click()
        await expect(row.get_by_test_id("callback-cancel")).to_be_hidden()
        assert boss.crashes == []


async def test_the_planner_speaks_in_the_time_of_the_centre(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url, timezone="America/New_York") as boss:
        await boss.sign_in("8101")
        await boss.go_to("planner")
        first = boss.part("planner-table").get_by_role("row").nth(1)
        await expect(first).to_contain_text("00:00")
        await boss.part("planner-what-if-submit").click()
        await expect(boss.part("planner-what-if-rows").get_by_role("row").nth(1)).to_be_visible()
        assert boss.crashes == []


async def test_calls_are_looked_for_and_old_rules_compared(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        await boss.sign_in("8101")
        await boss.go_to("calls")
        await boss.part("calls-agent").fill("8005")
        await boss.part("calls-submit").click()
        rows = boss.part("calls-row")
        await expect(rows.first).to_contain_text("8005")
        await expect(rows.filter(has_text="8003")).to_have_count(0)
        await rows.first.click()
        await expect(boss.part("call-story")).to_be_visible()
        await boss.go_to("queues")
        await boss.page.locator("#tab-versions").click()
        await boss.part("queue-version-open-0").click()
        await expect(boss.part("queue-comparison")).to_be_visible()
        assert boss.crashes == []


async def test_a_centre_keeps_its_recordings_longer(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as admin:
        await admin.sign_in("9001")
        await admin.go_to("retention")
        await admin.part("retention-change-js-sz").click()
        await admin.part("retention-own").click()
        await admin.page.get_by_role("spinbutton").fill("400")
        await admin.part("retention-reason").fill("市公司规定")
        await admin.part("retention-submit").click()
        await expect(admin.part("retention").get_by_role("row").filter(has_text="苏州")).to_contain_text("400")
        assert admin.crashes == []
