"""Two running installations, PostgreSQL and SQLite, over links that break, delay and cut; both are killed at times."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.component.agent_api.harness import Databases
from tests.component.agent_api.sides import COMPLAINT, KEY, Side, side
from tests.support.cut_link import CutLink
from tests.support.mosquitto import Mosquitto
from tests.support.postgres import Postgres
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component


@pytest.fixture
def sides(mosquitto: Mosquitto, postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    folders = [tmp_path / "databases" / kind for kind in ("sqlite", "postgresql")]
    for folder in folders:
        folder.mkdir(parents=True)
    east = side(
        "east", Databases("postgresql", folders[1], postgres).new("empty"), ("8301", "8101"), mosquitto, tmp_path
    )
    west = side("west", Databases("sqlite", folders[0], None).new("empty"), ("8304",), mosquitto, tmp_path)
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
    east.join("west", there.port, leads[0])
    west.join("east", back.port, leads[1])
    yield there, back
    await there.close()
    await back.close()


async def life(east: Side, west: Side) -> str:
    """There and back: assign, return, urge, reply, rehandle, close, archive, reopen."""
    number = str((await east.ask("8301", "POST", "/tickets", **COMPLAINT)).json()["ticket_no"])
    await east.act(number, "to_dispatch")
    await east.act(number, "assign", target="sc")
    await west.act(number, "return", reason="INFO_MISSING")
    await east.knows(number, "return")  # before that it would be a recall
    await east.act(number, "reassign", target="sc")
    await east.act(number, "urge", "客户再次来电")
    await west.act(number, "accept")
    await west.act(number, "comment", "已联系客户")
    await west.act(number, "reply", result="已退费", duty_reason="误开通")
    await east.act(number, "open_reply")
    await east.act(number, "audit_fail", "没有写明退费金额")
    await west.act(number, "take_up")
    await west.act(number, "reply", result="已退费10元", duty_reason="误开通")
    for event in ("open_reply", "audit_ok", "satisfied", "archive", "reopen"):
        await east.act(number, event)
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
    await east.act(number, "to_dispatch")
    await east.act(number, "assign", target="sc")

    async def refused() -> bool:
        found = (await east.ask("8101", "GET", "/exchange")).json()["peers"][0]
        return bool(found["trouble"] == "exchange.not_genuine" and found["waiting"] == 1)

    await eventually_async(refused, "the other side does not believe us", within=15)
