"""When a call shows: at Asterisk (its own time stamp), on the bus, at a WebSocket, and in the page of the desk."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

import aiomqtt
import httpx
from playwright.async_api import Page
from websockets.asyncio.client import ClientConnection, connect

from acd.contracts.codec import decode_event
from acd.contracts.events import CallAgentRinging
from acd.contracts.topics import ALL_EVENTS
from hotline.ami import Ami, Message
from tests.support.stack import Line

# The observer runs directly after the change of the document. Only a panel that shows the caller counts as popped up.
WATCH_PAGE = """
window.__pops = {}
new MutationObserver(() => {
  const panel = document.querySelector('[data-testid="pop"]')
  const call = panel?.dataset.callId
  if (call && !(call in window.__pops) && panel.querySelector('[data-testid="pop-caller"]')) {
    window.__pops[call] = Date.now()
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-call-id'] })
"""


class RingWatch:
    """Epoch seconds of each call's first DialBegin to the agent, as Asterisk stamped it."""

    def __init__(self, agent: str) -> None:
        self._prefixes = (f"PJSIP/{agent}-", f"PJSIP/{agent}w-")
        self.rung: dict[str, float] = {}

    @asynccontextmanager
    async def watching(self, line: Line) -> AsyncIterator["RingWatch"]:
        installation = line.installation
        link = await Ami.connect(installation.settings.ami_port, "acd", installation.credentials.ami_acd, self._observe)
        try:
            yield self
        finally:
            await link.close()

    def _observe(self, event: Message) -> None:
        if event["Event"] == "DialBegin" and event["DestChannel"].startswith(self._prefixes):
            call_id = event.get("DestChanVariable", "").partition("=")[2]
            self.rung.setdefault(call_id, float(event["Timestamp"]))


class BusWatch:
    """Epoch seconds at which each call's ringing was on the bus."""

    def __init__(self) -> None:
        self.rung: dict[str, float] = {}

    @asynccontextmanager
    async def watching(self, line: Line) -> AsyncIterator["BusWatch"]:
        port, password = line.installation.settings.mqtt_port, line.installation.credentials.mqtt_agent_api
        async with aiomqtt.Client("127.0.0.1", port, username="agent_api", password=password) as client:
            await client.subscribe(ALL_EVENTS, qos=1)
            async with _reading(self._read(client)):
                yield self

    async def _read(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            at = time.time()
            assert isinstance(message.payload, bytes)
            event = decode_event(message.payload)
            if isinstance(event, CallAgentRinging):
                self.rung.setdefault(event.call_id, at)


class SocketWatch:
    """Epoch seconds at which a desk without a browser got each call's pop message."""

    def __init__(self) -> None:
        self.popped: dict[str, float] = {}

    @asynccontextmanager
    async def watching(self, line: Line, http: httpx.AsyncClient) -> AsyncIterator["SocketWatch"]:
        """`http` holds the session of the agent concerned."""
        cookie = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        address = line.desk_url.replace("http", "ws", 1) + "/api/v1/live"
        async with (
            connect(address, additional_headers={"Cookie": cookie}, proxy=None) as socket,
            _reading(self._read(socket)),
        ):
            yield self

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            at = time.time()
            message = json.loads(text)
            if message["type"] == "pop":
                self.popped.setdefault(message["call"]["call_id"], at)


@asynccontextmanager
async def _reading(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def page_pops(page: Page) -> dict[str, float]:
    """Epoch seconds at which each call's caller was in the document; the page was opened with WATCH_PAGE."""
    found: dict[str, float] = await page.evaluate("window.__pops")
    return {call_id: milliseconds / 1000 for call_id, milliseconds in found.items()}
