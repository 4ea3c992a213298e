"""Desks without a browser: each is signed in, keeps its live connection open, and asks as the pages do."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from agent_api.demo.places import PASSWORD
from tests.benchmarks.instruments.ticket_table import agent_no, customer_id, roles_of

AT_ONCE = 8
LISTS: tuple[dict[str, Any], ...] = (
    {"open": True},
    {"open": True, "sort": "due"},
    {"open": True, "color": "red"},
    {"state": "PROCESSING", "open": True},
    {"owner": "me"},
    {"q": "多收费"},
)
"""What the tickets page asks for: the usual views, and words of a title."""
NEW = {"type": "complaint", "title": "宽带多收费", "description": "账单与套餐不符", "category": "T.CHARGE.2"}
HEADERS = {"X-Requested-With": "desk"}


class Desks:
    """`people[n]` is a desk's HTTP client; its live messages are read and counted."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.people: list[httpx.AsyncClient] = []
        self.heard = self.lost = 0
        self._jobs: list[asyncio.Task[None]] = []
        self._closing = False

    async def sign_in(self, count: int) -> None:
        limit = asyncio.Semaphore(AT_ONCE)

        async def one(place: int) -> None:
            client = httpx.AsyncClient(
                base_url=f"http://{self._address}/api/v1", headers=HEADERS, trust_env=False, verify=False, timeout=30
            )
            self.people.append(client)
            async with limit:
                answer = await client.post("/session", json={"agent_no": agent_no(place), "password": PASSWORD})
                assert answer.status_code == 200, answer.text
                socket = await self._connect(client)
            self._jobs.append(asyncio.create_task(self._listen(socket)))

        await asyncio.gather(*(one(place) for place in range(count)))

    async def _connect(self, client: httpx.AsyncClient) -> ClientConnection:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        socket = await connect(
            f"ws://{self._address}/api/v1/live",
            additional_headers={"Cookie": cookie, "Origin": f"http://{self._address}"},
            proxy=None,
            compression=None,
        )
        await socket.recv()
        return socket

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for _ in socket:
                self.heard += 1
        finally:
            self.lost += not self._closing

    async def close(self) -> None:
        self._closing = True
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        for client in self.people:
            await client.aclose()


@dataclass
class Crew:
    """Does single operations at desks drawn by lot, and writes down how long each took."""

    desks: Desks
    dice: random.Random
    taken: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0
    failed: list[str] = field(default_factory=list)
    listed: dict[int, list[str]] = field(default_factory=dict)
    """What each desk has on its screen: it opens and works on these."""

    async def look(self) -> None:
        """Everybody opens the list of tickets once, before anything is measured."""
        for place in range(len(self.desks.people)):
            await self._list(place, {"open": True})

    async def do(self, operation: str, due: float) -> None:
        """Measured from the moment it was due: waiting for a busy server counts."""
        place = self.dice.randrange(len(self.desks.people))
        answer = await getattr(self, f"_{operation}")(place)
        self.taken.setdefault(operation, []).append((time.perf_counter() - due) * 1000)
        if answer.status_code == httpx.codes.CONFLICT:
            self.refused += 1  # the ticket has moved on since it was listed
        elif answer.status_code not in (httpx.codes.OK, httpx.codes.CREATED):
            self.failed.append(f"{operation}: {answer.status_code} {answer.text[:200]}")

    async def _list(self, place: int, wanted: dict[str, Any] | None = None) -> httpx.Response:
        asked = wanted or self.dice.choice(LISTS)
        answer = await self.desks.people[place].get("/tickets", params=asked | {"limit": 50})
        if asked.get("open") and (found := answer.json().get("items")):
            self.listed[place] = [each["ticket_no"] for each in found]
        return answer

    async def _open(self, place: int) -> httpx.Response:
        return await self.desks.people[place].get(f"/tickets/{self._one_of(place)}")

    async def _act(self, place: int) -> httpx.Response:
        act = "comment" if "city_handler" in roles_of(place) else "urge"
        body = {"event": act, "comment": "客户再次来电", "data": {}}
        return await self.desks.people[place].post(f"/tickets/{self._one_of(place)}/events", json=body)

    async def _create(self, place: int) -> httpx.Response:
        return await self.desks.people[place].post("/tickets", json=NEW | {"customer_id": customer_id(self.dice)})

    async def _search(self, place: int) -> httpx.Response:
        return await self.desks.people[place].post("/customers/search", json={"query": customer_id(self.dice)})

    def _one_of(self, place: int) -> str:
        return self.dice.choice(self.listed[place])
