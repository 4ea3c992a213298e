"""An agent's desk in a Chromium process of its own, which can be killed without a word of goodbye."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import async_playwright

from tests.browser.desk_pages import CHROMIUM, FLAGS, DeskPage
from tests.support.processes import eventually_async

START_SECONDS = 20


class Softphone:
    """Made by `softphone`. `desk` is the page."""

    def __init__(self, desk: DeskPage, process: subprocess.Popen[bytes]) -> None:
        self.desk, self._process = desk, process

    def kill(self) -> None:
        """The whole browser at once, as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    async def load_anew(self) -> None:
        page = self.desk.page
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))  # "you are in a call"
        await page.reload()


@asynccontextmanager
async def softphone(url: str, agent_no: str) -> AsyncIterator[Softphone]:
    """A desk, signed in, its telephone registered. Whoever is still there at the end is killed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = _start(profile)
        try:
            async with async_playwright() as playwright:
                await eventually_async(partial(_listens, Path(profile)), "Chromium listens", START_SECONDS)
                browser = await playwright.chromium.connect_over_cdp(_address(Path(profile)))
                context = await browser.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai")
                desk = await DeskPage.open(context)
                await desk.sign_in(agent_no)
                await desk.telephone_is(line="registered")
                yield Softphone(desk, process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _start(profile: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [CHROMIUM, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", *FLAGS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


async def _listens(profile: Path) -> bool:
    return bool(_port(profile))


def _address(profile: Path) -> str:
    return f"http://127.0.0.1:{_port(profile)}"


def _port(profile: Path) -> str:
    """Chromium writes it there once it listens."""
    told = profile / "DevToolsActivePort"
    return told.read_text().partition("\n")[0] if told.exists() else ""
