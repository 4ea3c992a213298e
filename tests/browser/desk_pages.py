"""Page objects of the web desk: what a person does there, in a person's words.

Hold on to data-testid only (agent_api/desk/src/testids.ts), never to texts or structure.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from tests.support.processes import eventually_async

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a microphone that beeps, given without a question; loopback media; sound without a first click
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)
PASSWORD = "Hotline@2026"
PATIENCE_MS = 15_000

RECEIVED_AUDIO = """async () => {
  const reports = [...(await window.__peer.getStats()).values()]
  const audio = reports.find((report) => report.type === 'inbound-rtp')
  return audio ? { packets: audio.packetsReceived, energy: audio.totalAudioEnergy } : { packets: 0, energy: 0 }
}"""
# Tests look at the media through the browser's own statistics; the desk itself exposes nothing.
CATCH_PEER = """
const Real = window.RTCPeerConnection
window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.__peer = this } }
"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def person(browser: Browser, url: str, timezone: str = "Asia/Shanghai") -> AsyncIterator["DeskPage"]:
    """Somebody at a browser of their own, who logs out at the end, so that the next test starts anew."""
    context = await browser.new_context(
        base_url=url, locale="zh-CN", timezone_id=timezone, viewport={"width": 1440, "height": 900}
    )
    try:
        desk = await DeskPage.open(context)
        yield desk
        await desk.leave()
    finally:
        await context.close()


class DeskPage:
    """One tab with the desk in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.crashes: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.crashes.append(str(error)))

    @classmethod
    async def open(cls, context: BrowserContext) -> "DeskPage":
        page = await context.new_page()
        await page.add_init_script(CATCH_PEER)
        await page.goto("/")
        return cls(page)

    async def another_tab(self) -> "DeskPage":
        return await DeskPage.open(self.page.context)

    def part(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    # -- signing in and the agent's state ------------------------------------------------------------------------------

    async def type_sign_in(self, agent_no: str, password: str = PASSWORD) -> None:
        await self.part("signin-agent-no").fill(agent_no)
        await self.part("signin-password").fill(password)
        await self.part("signin-submit").click()

    async def sign_in(self, agent_no: str) -> None:
        await self.type_sign_in(agent_no)
        await expect(self.part("shell-user")).to_be_visible()

    async def go_to(self, page: str) -> None:
        await self.part(f"shell-nav-{page}").click()

    async def is_in_state(self, state: str) -> None:
        await expect(self.part("agent-state")).to_have_attribute("data-state", state, timeout=PATIENCE_MS)

    async def become_ready(self) -> None:
        """An agent stays logged in between two visits to the desk, so this may be so already."""
        pill = self.part("agent-state")
        await expect(pill).not_to_have_attribute("data-state", "logged_out", timeout=PATIENCE_MS)
        if await pill.get_attribute("data-state") != "ready":
            await self.part("agent-ready").click()
            await self._leave_unwritten()
        await self.is_in_state("ready")

    async def _leave_unwritten(self) -> None:
        """Asked about a wrap-up of an earlier call that nobody wrote: ready all the same."""
        question = self.page.locator(".el-message-box .el-button--primary")
        await expect(
            question.or_(self.page.locator("[data-testid=agent-state][data-state=ready]")).first
        ).to_be_visible()
        if await question.is_visible():
            await question.click()

    async def pause(self, reason: str) -> None:
        await self.part("agent-pause-menu").click()
        await self.part(f"agent-pause-{reason}").click()
        await self.is_in_state("paused")

    async def leave(self) -> None:
        """Out of the queues, whatever the screen shows. Refused (and no matter) when the agent never was in."""
        await self.page.context.request.post("/api/v1/agent/logout", headers={"X-Requested-With": "desk"}, data={})

    # -- the telephone -------------------------------------------------------------------------------------------------

    async def telephone_is(self, *, line: str | None = None, phase: str | None = None) -> None:
        bar = self.part("softphone")
        if line is not None:
            await expect(bar).to_have_attribute("data-line", line, timeout=PATIENCE_MS)
        if phase is not None:
            await expect(bar).to_have_attribute("data-phase", phase, timeout=PATIENCE_MS)

    async def answer(self) -> None:
        await self.part("softphone-answer").click()
        await self.telephone_is(phase="talking")

    async def hang_up(self) -> None:
        await self.part("softphone-hangup").click()

    async def press_keys(self, keys: str) -> None:
        await self.part("softphone-keypad").click()
        for key in keys:
            await self.part(f"softphone-key-{key}").click()
        await self.page.keyboard.press("Escape")

    async def echo_test(self) -> None:
        await self.part("softphone-settings").click()
        await self.part("softphone-echo").click()

    async def received_audio(self) -> tuple[int, float]:
        """Packets received so far in the latest call, and the energy that was in them."""
        found = await self.page.evaluate(RECEIVED_AUDIO)
        return found["packets"], found["energy"]

    # -- the call on the screen ----------------------------------------------------------------------------------------

    async def call_on_screen(self) -> str:
        """Call id of the screen pop, once there is one."""
        pop = self.part("pop")
        await expect(pop).not_to_have_attribute("data-call-id", "", timeout=PATIENCE_MS)
        return await pop.get_attribute("data-call-id") or ""

    async def ask_for_the_password(self) -> None:
        """Refused while the customer still hears the agent's number, so asked again until it is done."""
        button, state = self.part("password-ask"), self.part("password-state")

        async def is_sent() -> bool:
            if await button.is_enabled():
                await button.click()
            return await state.count() > 0

        await eventually_async(is_sent, "the customer is sent to the password menu", PATIENCE_MS / 1000)

    async def find_customer(self, query: str) -> None:
        await self.part("customer-search").fill(query)
        await self.part("customer-search-submit").click()

    async def unmask(self, field: str, reason: str) -> None:
        await self.part(f"customer-unmask-{field}").click()
        dialog = self.page.get_by_role("dialog").filter(has=self.part("unmask-submit")).last
        await dialog.get_by_test_id("unmask-reason").fill(reason)
        await dialog.get_by_test_id("unmask-submit").click()

    async def open_tab(self, name: str) -> None:
        """script, ticket or wrapup."""
        await self.page.locator(f"#tab-{name}").click()

    async def choose(self, cascader: Locator, titles: Sequence[str]) -> None:
        """Click through the levels of a cascader."""
        await cascader.click()
        for title in titles:
            await self.page.get_by_role("menuitem", name=title, exact=True).locator("visible=true").click()

    async def fill_in(self, words: Mapping[str, str], choices: Mapping[str, str]) -> None:
        """The fields that the chosen contact reason asks for."""
        for name, value in words.items():
            await self.part(f"reason-field-{name}").locator("input").fill(value)
        for name, value in choices.items():
            await self.part(f"reason-field-{name}").click()
            await self.page.get_by_role("option", name=value, exact=True).locator("visible=true").click()

    async def write_charge_complaint(self, title: str, category: Sequence[str], description: str = "") -> str:
        """Take down a complaint about a bill, with its form; returns its number."""
        await self.open_tab("ticket")
        await self.choose(self.part("ticket-category"), category)
        await self.fill_in({"amount": "10.00", "charge_item": "音乐包"}, {"month": "上月", "wish": "退费"})
        await self.part("ticket-title").fill(title)
        await self.part("ticket-description").fill(description)
        await self.part("ticket-submit").click()
        return await self.part("ticket-created").get_attribute("data-ticket-no") or ""

    async def wrap_up(self, reason: Sequence[str], notes: str) -> None:
        """Fill in the form and go ready."""
        await self.open_tab("wrapup")
        await self.choose(self.part("wrapup-reason"), reason)
        await self.part("wrapup-notes").fill(notes)
        await self.part("wrapup-finish").click()
        await self.is_in_state("ready")
