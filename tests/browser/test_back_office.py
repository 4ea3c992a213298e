"""The back office in Chromium: many tickets at once by keyboard, a colleague mentioned; an account made and locked."""

import pytest
from playwright.async_api import expect

from tests.browser.desk_pages import chromium, person
from tests.support.stack import Line

pytestmark = pytest.mark.browser


async def test_tickets_are_urged_together_and_a_colleague_is_told(line: Line) -> None:
    async with (
        chromium() as browser,
        person(browser, line.desk_url) as boss,
        person(browser, line.desk_url) as handler,
    ):
        await handler.sign_in("8301")
        await expect(handler.part("mentions")).to_be_visible()
        await boss.sign_in("8101")
        await boss.go_to("tickets")
        await boss.part("tickets-open-only").click()
        await expect(boss.part("ticket-row").first).to_be_visible()
        await boss.part("ticket-view-save").click()
        await boss.part("ticket-view-title").fill("未办结")
        await boss.part("ticket-view-submit").click()
        await expect(boss.part("ticket-view").filter(has_text="未办结")).to_be_visible()
        await boss.page.locator("h2").first.click()
        for key in ("x", "j", "x"):
            await boss.page.keyboard.press(key)
        await expect(boss.part("tickets-bulk")).to_contain_text("2")
        await boss.part("tickets-bulk-act-urge").click()
        await boss.part("tickets-bulk-comment").fill("@8301 请今天回复")
        await boss.part("tickets-bulk-submit").click()
        await expect(boss.part("tickets-bulk-result")).to_be_visible()
        await expect(handler.part("mentions")).not_to_have_attribute("data-unread", "0")
        await handler.part("mentions").click()
        await handler.part("mention").first.click()
        await expect(handler.part("ticket-timeline")).to_contain_text("@8301 请今天回复")
        assert boss.crashes == handler.crashes == []


async def test_an_account_is_made_and_chooses_its_own_password(line: Line) -> None:
    async with (
        chromium() as browser,
        person(browser, line.desk_url) as admin,
        person(browser, line.desk_url) as newcomer,
    ):
        await admin.sign_in("9001")
        await admin.go_to("admin")
        await admin.part("admin-add").click()
        await admin.part("admin-number").fill("8099")
        await admin.part("admin-name").fill("钱小满")
        for field, option in (("admin-center", "江苏省客户服务中心"), ("admin-roles", "质检员")):
            await admin.part(field).click()
            await admin.page.get_by_role("option", name=option, exact=True).click()
        await admin.part("admin-name").click()
        await admin.part("admin-save").click()
        password = await admin.part("admin-password").inner_text()

        await newcomer.type_sign_in("8099", password)
        await newcomer.part("steps-old").fill(password)
        for field in ("steps-next", "steps-again"):
            await newcomer.part(field).fill("Xiaoxi#2026a")
        await newcomer.part("steps-save").click()
        await expect(newcomer.part("shell-user")).to_contain_text("8099")

        async with person(browser, line.desk_url) as auditor:
            await auditor.sign_in("9002")
            await auditor.go_to("audit")
            await auditor.part("audit-action").fill("person.")
            await auditor.part("audit-submit").click()
            await expect(auditor.part("audit-table")).to_contain_text("新增人员")
            await auditor.part("audit-check").click()
            await expect(auditor.part("audit-whole")).to_be_visible()
            assert auditor.crashes == []
        assert admin.crashes == newcomer.crashes == []
