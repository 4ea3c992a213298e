"""Two running installations, PostgreSQL and SQLite, over links that break, delay and cut; both are killed at times."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.component.agent_api.harness import TOKEN, Databases, sign_in
from tests.support.cut_link import CutLink
from tests.support.mosquitto import Mosquitto, free_port, port_answers
from tests.support.postgres import Postgres
from tests.support.processes import TestedProcess, eventually_async

pytestmark = pytest.mark.component
EXCHANGE = [sys.executable, "-W", "error", "-c", "from agent_api.exchange.cli import app; app()"]
QUICK = '["PT0.2S"' + ',"PT0.2S"' * 60 + "]"
KEY = "a-key-that-both-sides-know-and-nobody-else"
COMPLAINT = {
    "type": "complaint",
    "title": "多收费",
    "description": "",
    "category": "T.CHARGE.2",
    "contact_number": "13900000001",
}


@dataclass
class Side:
    name: str
    environment: dict[str, str]
    process: TestedProcess
    people: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['DESK_PORT']}"

    def command(self, *arguments: str, text: str = "") -> None:
        done = subprocess.run(
            [*EXCHANGE, *arguments],
            env=os.environ | self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    async def ask(self, agent_no: str, method: str, path: str, **body: Any) -> httpx.Response:
        async with httpx.AsyncClient(
            base_url=self.url, headers={"X-Requested-With": "desk"}, trust_env=False
        ) as client:
            await sign_in(client, agent_no)
            return await client.request(method, f"/api/v1{path}", json=body or None)

    async def timeline(self, number: str) -> list[dict[str, Any]]:
        answer = await self.ask(self.people[0], "GET", f"/tickets/{number}")
        found: list[dict[str, Any]] = answer.json().get("timeline", [])
        return [{name: value for name, value in entry.items() if name != "event_title"} for entry in found]

    async def quiet(self, numbers: Sequence[str]) -> bool:
        """Everything about these tickets was answered. The demo's own tickets stand on both sides and bother nobody."""
        answer = await self.ask(self.people[-1], "GET", "/exchange/outbox")
        return all(each["state"] == "ACKED" for each in answer.json() if each["ticket_no"] in numbers)


def side(name: str, url: str, people: tuple[str, ...], mosquitto: Mosquitto, folder: Path) -> Side:
    environment = {
        "HOTLINE_HOME": str(folder / name),
        "DESK_DATABASE_URL": url,
        "DESK_SERVICE_TOKEN": TOKEN,
        "DESK_PORT": str(free_port()),
        "DESK_BROKER__PORT": str(mosquitto.port),
        "DESK_CONSUMER": f"exchange-{name}",
        "DESK_EXCHANGE__RETRIES": QUICK,
        "DESK_EXCHANGE__DEADLINE": "PT1S",
        "DESK_EXCHANGE__EVERY": "PT0.1S",
        "DESK_SECOND_FACTOR_ROLES": "[]",
    }
    process = TestedProcess(
        name,
        [sys.executable, "-W", "error", "-m", "agent_api"],
        environment,
        folder / f"{name}.log",
        partial(port_answers, int(environment["DESK_PORT"])),
    )
    return Side(name, environment, process, people)


@pytest.fixture
def sides(mosquitto: Mosquitto, postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    folders = [tmp_path / "databases" / kind for kind in ("sqlite", "postgresql")]
    for folder in folders:
        folder.mkdir(parents=True)
    east = side(
        "east", Databases("postgresql", folders[1], postgres).new("demo"), ("8301", "8101"), mosquitto, tmp_path
    )
    west = side("west", Databases("sqlite", folders[0], None).new("demo"), ("8102",), mosquitto, tmp_path)
    yield east, west
    for each in (east, west):
        each.process.stop()


@pytest.fixture
async def links(sides: tuple[Side, Side]) -> AsyncIterator[tuple[CutLink, CutLink]]:
    """East to west, and back."""
    east, west = sides
    there = await CutLink(int(west.environment["DESK_PORT"])).open()
    back = await CutLink(int(east.environment["DESK_PORT"])).open()
    east.command("name", "east", "--number-code", "32")
    west.command("name", "west", "--number-code", "51")
    leads = (("sc", "sc-cd", "sc-my"), ("cn", "js", "js-nj", "js-sz"))
    for one, peer, link, centers in ((east, "west", there, leads[0]), (west, "east", back, leads[1])):
        centre = [part for center in centers for part in ("--center", center)]
        one.command("add-peer", peer, f"http://127.0.0.1:{link.port}", *centre, text=KEY)
    yield there, back
    await there.close()
    await back.close()


async def act(one: Side, number: str, event: str, comment: str = "", agent_no: str = "", **data: str) -> None:
    """As soon as the ticket is so far, and whatever is being killed meanwhile."""

    async def done() -> bool:
        try:
            answer = await one.ask(
                agent_no or one.people[0], "POST", f"/tickets/{number}/events", event=event, comment=comment, data=data
            )
        except (httpx.HTTPError, AssertionError):
            return False
        assert answer.status_code in (200, 404, 409, 503), answer.text
        return answer.status_code == 200

    await eventually_async(done, f"{event} of {number} at {one.name}", within=90)


async def knows(one: Side, number: str, event: str) -> None:
    """The act of the other side has arrived here."""

    async def told() -> bool:
        try:
            return event in [entry["event"] for entry in await one.timeline(number)]
        except (httpx.HTTPError, AssertionError):
            return False

    await eventually_async(told, f"{event} of {number} arrived at {one.name}", within=90)


async def life(east: Side, west: Side) -> str:
    """There and back: assign, return, urge, reply, rehandle, close, archive, reopen."""
    number = str((await east.ask("8301", "POST", "/tickets", **COMPLAINT)).json()["ticket_no"])
    await act(east, number, "to_dispatch")
    await act(east, number, "assign", target="sc")
    await act(west, number, "return", reason="INFO_MISSING")
    await knows(east, number, "return")  # before that it would be a recall
    await act(east, number, "reassign", target="sc")
    await act(east, number, "urge", "客户再次来电")
    await act(west, number, "accept")
    await act(west, number, "comment", "已联系客户")
    await act(west, number, "reply", result="已退费", duty_reason="误开通")
    await act(east, number, "open_reply")
    await act(east, number, "audit_fail", "没有写明退费金额")
    await act(west, number, "take_up")
    await act(west, number, "reply", result="已退费10元", duty_reason="误开通")
    for event in ("open_reply", "audit_ok", "satisfied", "archive", "reopen"):
        await act(east, number, event)
    return number


async def test_nothing_is_lost_or_doubled_whatever_breaks(
    sides: tuple[Side, Side], links: tuple[CutLink, CutLink]
) -> None:
    east, west = sides
    for each in sides:
        each.process.start(within=60)
    for link in links:
        link.mode = "any"
    lives = [asyncio.create_task(life(east, west)) for _ in range(2)]
    for victim in (west, east):
        await asyncio.sleep(1.5)  # no condition to wait for: the kill must fall anywhere
        victim.process.kill()
        await asyncio.to_thread(victim.process.start, 60)
    numbers = await asyncio.gather(*lives)
    for link in links:
        link.mode = "whole"
    for number in numbers:
        assert number[10:12] == "32"

        async def alike(number: str = number) -> bool:
            return len(ours := await east.timeline(number)) > 17 and ours == await west.timeline(number)

        await eventually_async(alike, "both sides tell the same story", within=30)
        told = await east.timeline(number)
        assert [entry["event"] for entry in told].count("reply") == 2
        assert [entry["event"] for entry in told].count("urge") == 1
        assert [entry["seq"] for entry in told] == list(range(1, len(told) + 1))
    for each in sides:
        await eventually_async(partial(each.quiet, numbers), "nothing is under way", within=20)
    for link in links:
        assert {"refuse", "request", "answer", "late", "whole"} <= set(link.cuts), link.cuts


async def test_who_does_not_know_the_key_is_not_heard(sides: tuple[Side, Side], links: tuple[CutLink, CutLink]) -> None:
    east, west = sides
    west.process.start(within=60)
    async with httpx.AsyncClient(base_url=west.url, trust_env=False) as client:
        forged = {
            "X-Exchange-Peer": "east",
            "X-Exchange-Time": "2026-11-22T00:00:00+00:00",
            "X-Exchange-Signature": "0",
        }
        for headers in ({}, forged):
            answer = await client.post("/exchange/v1/messages", content=b"{}", headers=headers)
            assert answer.status_code == 401, answer.text
    west.command("add-peer", "east", f"http://127.0.0.1:{links[1].port}", "--center", "js", text=KEY + "-another")
    east.process.start(within=60)
    number = str((await east.ask("8301", "POST", "/tickets", **COMPLAINT)).json()["ticket_no"])
    await act(east, number, "to_dispatch")
    await act(east, number, "assign", target="sc")

    async def refused() -> bool:
        found = (await east.ask("8101", "GET", "/exchange")).json()["peers"][0]
        return bool(found["trouble"] == "exchange.not_genuine" and found["waiting"] == 1)

    await eventually_async(refused, "the other side does not believe us", within=15)
