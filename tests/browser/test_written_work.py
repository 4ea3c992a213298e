"""Work in writing, in Chromium: contacts answered, a customer's file, articles, the monitor, a ticket's words."""

import re

import pytest
from playwright.async_api import expect

from agent_api.demo.subscribers import mobile_number
from tests.browser.desk_pages import chromium, person
from tests.support.stack import Line

pytestmark = pytest.mark.browser


async def test_a_fax_becomes_a_ticket_and_is_answered(line: Line) -> None:
    """Its page is seen; the template waits for nobody, own words for another person."""
    async with chromium() as browser, person(browser, line.desk_url) as clerk:
        await clerk.sign_in("8301")
        await clerk.go_to("contacts")
        await clerk.part("contacts-table").get_by_text("传真 1 页").first.click()
        await expect(clerk.part("contact-page").first).to_be_visible()
        assert await clerk.part("contact-page").first.evaluate(
            "page => page.decode().then(() => page.naturalWidth > 500)"
        )
        await clerk.part("contact-register-save").click()
        await expect(clerk.part("contact-state")).to_have_attribute("data-state", re.compile("REGISTERED|AUTO_ACK"))
        await clerk.part("contact-act-assign").click()
        await expect(clerk.part("contact-state")).to_have_attribute("data-state", "PROCESSING")
        await clerk.part("contact-template").click()
        await clerk.page.get_by_role("option", name="处理结果", exact=True).click()
        await expect(clerk.part("contact-reply-text")).to_have_value(re.compile("【处理结果】"))
        await expect(clerk.part("contact-reply-send")).to_be_disabled()
        await clerk.part("contact-template").click()
        await clerk.page.get_by_role("option", name="正在处理", exact=True).click()
        await expect(clerk.part("contact-reply-text")).to_have_value(re.compile("TS[0-9]{14}.*江苏省客户服务中心"))
        await clerk.part("contact-reply-send").click()
        await expect(clerk.part("contact-state")).to_have_attribute("data-state", "SENT")
        assert clerk.crashes == []


async def test_a_customers_file_is_masked_until_a_reason_is_given(line: Line) -> None:
    number = mobile_number(28)
    async with chromium() as browser, person(browser, line.desk_url) as agent:
        await agent.sign_in("8001")
        await agent.go_to("customers")
        await expect(agent.part("customer-tabs")).to_be_visible()  # the page before has a search too
        await agent.find_customer(number)
        file = agent.part("customer-file")
        await expect(file).to_contain_text(f"{number[:3]}****{number[-4:]}")
        await expect(file).not_to_contain_text(number)
        await agent.unmask("number", "核实机主身份")
        await expect(file).to_contain_text(number)
        await agent.part("customer-edit").click()
        await agent.part("customer-edit-manager").click()
        await agent.page.keyboard.type("嘉怡")
        await agent.page.get_by_role("option", name="8009 冯嘉怡").click()
        await agent.part("customer-edit-reason").fill("指定客户经理")
        await agent.part("customer-edit-save").click()
        await expect(agent.part("customer-manager")).to_have_text("8009")
        change = agent.part("customer-timeline").locator("[data-kind=change]")
        await expect(change.first).to_be_visible()
        await expect(agent.part("customer-timeline")).to_contain_text("客户经理")
        assert agent.crashes == []
        assert number not in agent.page.url


async def test_an_article_is_approved_by_another_and_offered_while_typing(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as writer:
        await writer.sign_in("8701")
        await writer.go_to("knowledge")
        await writer.part("knowledge-tab-articles").click()
        await writer.part("knowledge-add").click()
        await writer.part("knowledge-title").fill("量子宽带套餐怎么办理")
        await writer.part("knowledge-category").fill("宽带")
        await writer.part("knowledge-body").fill("量子宽带套餐每月188元，营业厅或热线均可办理。")
        await writer.part("knowledge-save").click()
        await expect(writer.part("knowledge-article")).to_have_attribute("data-standing", "draft")
        await writer.part("knowledge-event-submit").click()
        await expect(writer.part("knowledge-article")).to_have_attribute("data-standing", "review")
        await expect(writer.part("knowledge-event-approve")).to_have_count(0)
        async with person(browser, line.desk_url) as approver:
            await approver.sign_in("8702")
            await approver.go_to("knowledge")
            await approver.part("knowledge-tab-articles").click()
            await approver.part("knowledge-table").get_by_text("量子宽带套餐怎么办理").click()
            await approver.part("knowledge-event-approve").click()
            await expect(approver.part("knowledge-article")).to_have_attribute("data-standing", "published")
            assert approver.crashes == []
        async with person(browser, line.desk_url) as agent:
            await agent.sign_in("8001")
            await agent.go_to("knowledge")
            await agent.part("knowledge-query").fill("lzkd")  # initials of pinyin
            await expect(agent.part("knowledge-hits")).to_contain_text("量子宽带套餐怎么办理")
            await agent.go_to("desk")
            await agent.open_tab("ticket")
            await agent.part("ticket-title").fill("量子宽带怎么开通")
            await expect(agent.part("suggestions")).to_contain_text("量子宽带套餐怎么办理")
            assert agent.crashes == []
        assert writer.crashes == []


async def test_the_monitor_is_drilled_into_and_work_given_elsewhere(line: Line) -> None:
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        await boss.sign_in("8101")
        await boss.go_to("monitor")
        chip = boss.part("monitor-board").locator("button.chip.red").first
        await chip.click()
        dots = boss.part("monitor-list").locator("[data-colour]")
        await expect(boss.part("monitor-list").locator("[data-colour]:not([data-colour=red])")).to_have_count(0)
        await expect(dots.first).to_have_attribute("data-colour", "red")
        await expect(boss.part("monitor-list")).to_have_attribute("data-total", (await chip.inner_text()).strip())
        await boss.part("monitor-everything").click()
        await expect(dots.nth(1)).to_be_visible()
        boxes = boss.part("monitor-list").locator("tbody .el-checkbox:not(.is-disabled)")
        await boxes.nth(0).click()
        await boxes.nth(1).click()
        await boss.part("monitor-act-reassign").click()
        await boss.part("monitor-target").click()
        await boss.page.get_by_role("option", name="苏州市客户服务中心").click()
        await boss.part("monitor-words").fill("苏州接手")
        await boss.part("monitor-submit").click()
        told = boss.page.locator("[data-testid^=monitor-result-]")
        await expect(told).to_have_count(2)
        assert boss.crashes == []


async def test_a_result_is_written_with_a_template_and_a_colleague_found(line: Line) -> None:
    """What the template leaves open is written first; the name is chosen with the keyboard."""
    async with chromium() as browser, person(browser, line.desk_url) as boss:
        await boss.sign_in("8101")
        await boss.go_to("tickets")
        await boss.part("tickets-search").fill("国际漫游资费")
        await boss.part("tickets-search").press("Enter")
        await expect(boss.part("ticket-row")).to_have_count(1)
        await boss.part("ticket-row").click()
        await boss.part("ticket-event-answer").click()
        await boss.part("ticket-templates").click()
        await boss.page.get_by_role("option", name="正在处理", exact=True).click()
        await expect(boss.part("ticket-template-preview")).to_contain_text(re.compile("ZX[0-9]{14}"))
        await boss.part("ticket-template-insert").click()
        result = boss.part("ticket-field-result")
        await expect(result).to_have_value(re.compile("尊敬的.*先生/女士"))
        await result.fill("结果：【处理结果】")
        await expect(boss.part("ticket-blanks")).to_be_visible()
        await expect(boss.part("ticket-event-submit")).to_be_disabled()
        await result.fill("非洲方向每分钟12元，已短信告知")
        comment = boss.part("ticket-comment")
        await comment.press_sequentially("请知悉 @嘉怡")
        await expect(boss.page.get_by_role("option", name="8009 冯嘉怡")).to_be_visible()
        await comment.press("Enter")
        await expect(comment).to_have_value(re.compile("@8009 "))
        await boss.part("ticket-event-submit").click()
        await expect(boss.part("ticket-timeline")).to_contain_text("@8009")
        assert boss.crashes == []
