"""An agent's desk in a Chromium process of its own, which can be killed without a word of goodbye."""

import asyncio
import os
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.desk_pages import CHROMIUM, FLAGS, DeskPage


class Softphone:
    """Made by `softphone`. `desk` is the page."""

    def __init__(self, desk: DeskPage, mark: str) -> None:
        self.desk, self._mark = desk, mark

    def kill(self) -> None:
        """The whole browser at once, as a power cut would."""
        os.killpg(os.getpgid(_process_with(self._mark)), signal.SIGKILL)

    async def load_anew(self) -> None:
        page = self.desk.page
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))  # "you are in a call"
        await page.reload()


@asynccontextmanager
async def softphone(url: str, agent_no: str) -> AsyncIterator[Softphone]:
    """A desk, signed in, its telephone registered."""
    mark = f"--marked={secrets.token_hex(8)}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, mark])
        try:
            context = await browser.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai")
            desk = await DeskPage.open(context)
            await desk.sign_in(agent_no)
            await desk.telephone_is(line="registered")
            yield Softphone(desk, mark)
        finally:
            await browser.close()


def _process_with(mark: str) -> int:
    """The browser's main process: the one the others, who carry the mark too, descend from."""
    marked = [path for path in Path("/proc").glob("[0-9]*/cmdline") if mark.encode() in _content(path)]
    return min(int(path.parent.name) for path in marked)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # just ended
        return b""
