"""Page objects of the call control bar, the floor and the queue rules, in a person's words."""

import re

from playwright.async_api import Locator, expect

from tests.browser.desk_pages import PATIENCE_MS, DeskPage
from tests.support.processes import eventually_async

SLOW_MS = 40_000
"""A telephone that vanished is noticed by its silence, and rung again."""


class ControlBar:
    """The call at hand of an agent who is in one."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.bar = desk.part("call-control")

    def button(self, action: str) -> Locator:
        return self.desk.part(f"call-control-{action}")

    async def press(self, action: str) -> None:
        await self.button(action).click()

    async def choose(self, number: str, note: str = "") -> None:
        """In the picker that is open. Refused while the customer hears the agent's number: then pressed again."""
        await self.desk.part("call-target-search").fill(number)
        if note:
            await self.desk.part("call-target-note").fill(note)
        picker, target = self.desk.part("call-targets"), self.desk.part(f"call-target-{number}")
        await expect(target).to_be_visible()

        async def is_taken() -> bool:
            if await picker.is_visible() and await target.is_enabled():
                await target.click()
            return not await picker.is_visible()

        await eventually_async(is_taken, f"the call goes to {number}", PATIENCE_MS / 1000)

    async def asks(self, number: str) -> None:
        await expect(self.bar).to_have_attribute("data-consult", number, timeout=PATIENCE_MS)

    async def is_together_with(self, number: str) -> None:
        await expect(self.bar).to_have_attribute("data-parties", re.compile(number), timeout=PATIENCE_MS)

    async def end_with_survey(self) -> None:
        await self.press("end")
        await self.desk.part("call-end-survey").press(
            "Enter"
        )  # a hint of the button may lie over it until the mouse moves


class FloorPage:
    """A supervisor at work, in a desk that is signed in already."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk

    @classmethod
    async def open(cls, desk: DeskPage) -> "FloorPage":
        await desk.go_to("floor")
        await expect(desk.part("floor-agents").or_(desk.part("floor-calls")).first).to_be_visible()
        return cls(desk)

    def call_of(self, agent_no: str) -> Locator:
        return self.desk.part(f"floor-call-{agent_no}")

    async def confirm(self) -> None:
        await self.desk.page.locator(".el-message-box .el-button--primary").click()

    async def turn_queue(self, queue: str, *, closed: bool) -> None:
        await self.desk.part(f"floor-queue-close-{queue}").click()
        if closed:
            await self.confirm()
        row = self.desk.part(f"floor-queue-{queue}")
        await expect(row).to_have_attribute("data-closed", str(closed).lower(), timeout=PATIENCE_MS)

    async def force(self, agent_no: str, what: str) -> None:
        await self.desk.part(f"floor-agent-menu-{agent_no}").click()
        await self.desk.page.locator(f"[data-testid=floor-force-{what}]:visible").click()
        if what != "ready":
            await self.confirm()

    async def tell_everybody(self, text: str) -> None:
        await self.desk.part("floor-broadcast").click()
        await self.desk.part("floor-broadcast-text").fill(text)
        await self.desk.part("floor-broadcast-submit").click()
        await expect(self.desk.part("floor-broadcast-text")).to_be_hidden()


class QueueRulesPage:
    """The rules of the queues, in a desk that is signed in already."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk

    @classmethod
    async def open(cls, desk: DeskPage) -> "QueueRulesPage":
        await desk.go_to("queues")
        await expect(desk.part("queue-list")).to_be_visible()
        return cls(desk)

    async def ask_for_level(self, queue: str, level: int) -> None:
        """Of the first skill of this queue."""
        await self.desk.part(f"queue-row-{queue}").click()
        await self.desk.part("queue-tab-skills").click()
        field = self.desk.part("queue-level").first.locator("input")
        await field.fill(str(level))
        await field.press("Enter")

    async def publish(self, note: str) -> None:
        await self.desk.part("queue-publish").click()
        await self.desk.part("queue-publish-note").fill(note)
        await self.desk.part("queue-publish-submit").click()
        await expect(self.desk.part("queue-publish-note")).to_be_hidden()
        await expect(self.desk.part("queue-shown")).to_have_attribute("data-dirty", "false")

    async def roll_back(self) -> None:
        await self.desk.page.locator("#tab-versions").click()
        await self.desk.part("queue-rollback").click()
        await self.desk.page.locator(".el-message-box .el-button--primary").click()
