"""The customers' page on a telephone's screen: code by text message, a complaint with evidence, its progress; then the
desk's inbox has it, with what else came in.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from agent_api.demo.subscribers import mobile_number
from tests.browser.desk_pages import PATIENCE_MS, chromium, person
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.browser

NUMBER = mobile_number(28)
TELEPHONE = ViewportSize(width=390, height=780)
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth > window.innerWidth"


def part(page: Page, name: str) -> Locator:
    return page.get_by_test_id(name)


async def code_for(line: Line, number: str) -> str:
    """From the demo's SMS centre, which gets it a moment later."""
    codes: list[str] = []
    async with line.sign_in("8001") as desk:

        async def has_come() -> bool:
            answer = await desk.post("/messages/sink", number=number)
            codes[:] = [
                code
                for message in answer.json()
                for code in re.findall(r"(?<![0-9])[0-9]{6}(?![0-9])", message["text"])
            ]
            return bool(codes)

        await eventually_async(has_come, "the code is sent", PATIENCE_MS / 1000)
    return codes[0]


async def test_a_complaint_from_a_telephone(line: Line, tmp_path: Path) -> None:
    line.ensure_up()
    evidence = tmp_path / "bill.png"
    evidence.write_bytes(b"\x89PNG\r\n\x1a\nxx")
    async with chromium() as browser:
        context = await browser.new_context(viewport=TELEPHONE, has_touch=True)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"{line.desk_url}/service")
        await page.locator("#number").fill(NUMBER)
        await part(page, "service-send-code").press("Enter")  # all of it works by keyboard
        await expect(page.get_by_role("status")).not_to_be_empty()
        await page.locator("#secret").fill(await code_for(line, NUMBER))
        await page.locator("#secret").press("Enter")
        await page.locator("#title").fill("多收话费")
        await page.locator("#text").fill("上月多收20元")
        await page.locator("#evidence").set_input_files(evidence)
        assert not await page.evaluate(WIDER_THAN_THE_SCREEN)
        await part(page, "service-submit").click()
        said = await part(page, "service-filed").inner_text()
        ticket_no = re.findall(r"[A-Z]{2}[0-9]{14}", said)[0]
        await part(page, "service-look").click()
        await expect(part(page, "service-state")).to_have_attribute("data-state", "received")
        assert NUMBER not in page.url
        await part(page, "service-sign-out").click()
        await part(page, "service-nav-progress").click()
        await page.locator("#ticket-no").fill(ticket_no)
        await page.locator("#last4").fill(NUMBER[-4:])
        await page.locator("#last4").press("Enter")
        await expect(part(page, "service-found")).not_to_be_empty()
        await context.close()
        async with person(browser, line.desk_url) as desk:
            await desk.sign_in("8301")
            await desk.go_to("contacts")
            await desk.part("contacts-table").get_by_text("多收话费").first.click()
            await expect(desk.part("contact-state")).to_have_attribute("data-state", "AUTO_ACK")
            await desk.part("contact-act-assign").click()
            await expect(desk.part("contact-state")).to_have_attribute("data-state", "PROCESSING")
            await desk.part("contact-reply-text").fill("已核实，将退还")
            await desk.part("contact-reply-send").click()
            await expect(desk.part("contact-state")).to_have_attribute("data-state", "REPLY_DRAFT")
