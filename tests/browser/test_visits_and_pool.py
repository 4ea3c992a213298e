"""Work that is handed out, in Chromium: an item of the pool stands open once taken; a visit is written down."""

import pytest
from playwright.async_api import expect

from tests.browser.desk_pages import chromium, person
from tests.support.stack import Line

pytestmark = pytest.mark.browser


async def test_an_item_of_the_pool_is_taken_and_its_ticket_opened(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as handler:
        await handler.sign_in("8301")
        await handler.go_to("pool")
        await handler.part("pool-kind-ticket").click()
        row = handler.page.locator("[data-testid^=pool-row-][data-stage=POOLED]").first
        number = await row.inner_text()
        await handler.part(f"pool-claim-{number}").click()
        await expect(handler.part("ticket-detail")).to_be_visible()
        assert handler.page.url.endswith(f"/tickets/{number}")
        await handler.go_to("pool")
        taken = handler.part(f"pool-row-{number}")
        await expect(taken.or_(handler.part("pool-table")).first).to_be_visible()
        await expect(handler.page.locator(f"[data-testid=pool-row-{number}][data-stage=POOLED]")).to_have_count(0)
        assert handler.crashes == []


async def test_a_visit_is_taken_from_the_pool_and_its_result_counted(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as handler:
        await handler.sign_in("8301")
        await handler.go_to("pool")
        await handler.part("pool-kind-visit").click()
        row = handler.page.locator("[data-testid^=pool-row-HF][data-stage=POOLED]").first
        number = await row.inner_text()
        await handler.part(f"pool-claim-{number}").click()
        dialog = handler.part("visits-dialog")
        await expect(dialog).to_have_attribute("data-state", "CALLING")
        await handler.part("visits-outcome-dissatisfied").click()
        await expect(handler.part("visits-submit")).to_be_disabled()
        await handler.part("visits-comment").fill("上门人员迟到")
        await handler.part("visits-submit").click()
        # Somebody who is not satisfied gets a ticket, which the dialog names.
        await expect(dialog.locator("a[href*='/tickets/']").last).to_be_visible()
        await handler.page.keyboard.press("Escape")
        await handler.part("visits-list-done").click()
        await expect(handler.part(f"visits-row-{number}")).to_have_attribute("data-state", "DONE")
        await expect(handler.part("visits-figures")).to_contain_text("1")
        assert handler.crashes == []
