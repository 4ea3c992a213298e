"""A complaint's way from the nation to a city and back over three installations, each knowing its neighbours."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.component.agent_api.harness import Databases
from tests.component.agent_api.sides import COMPLAINT, Side, side
from tests.support.cut_link import CutLink
from tests.support.mosquitto import Mosquitto
from tests.support.postgres import Postgres
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component
Sides = tuple[Side, Side, Side]
SICHUAN = ("sc", "sc-cd", "sc-my")


@pytest.fixture
def sides(mosquitto: Mosquitto, postgres: Postgres, tmp_path: Path) -> Iterator[Sides]:
    """National, province, city: databases of both kinds, none shared."""
    folders = {kind: tmp_path / "databases" / kind for kind in ("sqlite", "postgresql")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    served = Databases("postgresql", folders["postgresql"], postgres)
    small = Databases("sqlite", folders["sqlite"], None)
    found = (
        side("nation", served.new("empty"), ("8201",), mosquitto, tmp_path),
        side("province", small.new("empty"), ("8301",), mosquitto, tmp_path),
        side("city", served.new("empty"), ("8302", "8303"), mosquitto, tmp_path),
    )
    yield found
    for each in found:
        each.process.stop()


@pytest.fixture
async def links(sides: Sides) -> AsyncIterator[list[CutLink]]:
    """Nation and city know the province alone: whatever they have for each other passes through it."""
    ports = [int(each.environment["DESK_PORT"]) for each in sides]
    opened = [await CutLink(ports[place]).open() for place in (1, 0, 2, 1)]
    down, up, down_again, up_again = (link.port for link in opened)
    nation, province, city = sides
    await nation.meet("00", {"province": (down, ("js", "js-nj", "js-sz"))})
    await province.meet("32", {"nation": (up, ("cn", *SICHUAN)), "city": (down_again, ("js-nj",))})
    await city.meet("25", {"province": (up_again, ("cn", "js", "js-sz", *SICHUAN))})
    yield opened
    for link in opened:
        await link.close()


async def accepted(nation: Side) -> str:
    number = str((await nation.ask("8201", "POST", "/tickets", **COMPLAINT)).json()["ticket_no"])
    await nation.act(number, "to_dispatch")
    await nation.act(number, "assign", target="js")
    return number


async def worked_on_in_the_city(nation: Side, province: Side, city: Side) -> str:
    """Given on, returned, given on again, urged, asked about, escalated, given back, answered twice, archived."""
    number = await accepted(nation)
    await province.act(number, "reassign", target="js-nj")
    await city.act(number, "return", reason="INFO_MISSING")
    await province.knows(number, "return")
    await province.act(number, "reassign", "已补充号码", target="js-nj")
    await nation.act(number, "urge", "客户再次来电")
    await city.act(number, "accept")
    await city.act(number, "comment", "已联系客户")
    await city.act(number, "need_info", "缺账单")
    await nation.act(number, "info_arrived", "账单已上传")
    await city.act(number, "escalate", reason="AMOUNT")
    await province.act(number, "assign", target="js-nj")
    await city.act(number, "accept")
    await city.act(number, "reply", result="已退费", duty_reason="误开通")
    await nation.act(number, "open_reply")
    await nation.act(number, "audit_fail", "没有写明退费金额")
    await city.act(number, "take_up")
    await city.act(number, "reply", result="已退费10元", duty_reason="误开通")
    for event in ("open_reply", "audit_ok", "satisfied", "archive"):
        await nation.act(number, event)
    return number


async def helped_with_by_the_city(nation: Side, province: Side, city: Side) -> str:
    """The province answers; a city does its part of it. The customer is not content, and comes back later."""
    number = await accepted(nation)
    await province.act(number, "accept")
    await province.act(number, "add_subtask", subtask="js-nj")
    await city.act(number, "finish_subtask", "基站数据已核查", subtask="js-nj")
    await province.act(number, "reply", result="已调整套餐", duty_reason="误开通")
    for event in ("open_reply", "audit_ok", "dissatisfied"):
        await nation.act(number, event)
    await province.act(number, "take_up")
    await province.act(number, "reply", result="已调整并退费", duty_reason="误开通")
    for event in ("open_reply", "audit_ok", "satisfied", "archive", "reopen"):
        await nation.act(number, event)
    return number


EXPECTED = {
    worked_on_in_the_city: {"reassign": 2, "return": 1, "urge": 1, "escalate": 1, "accept": 2, "reply": 2},
    helped_with_by_the_city: {"add_subtask": 1, "finish_subtask": 1, "reply": 2, "reopen": 1},
}


async def alike(sides: Sides, number: str, last: str) -> bool:
    books = [await each.timeline(number) for each in sides]
    return bool(books[0]) and books[0][-1]["event"] == last and all(book == books[0] for book in books)


async def test_from_the_nation_to_a_city_and_back_nothing_is_lost_or_doubled(
    sides: Sides, links: list[CutLink]
) -> None:
    await asyncio.gather(*(asyncio.to_thread(each.process.start, 90) for each in sides))
    for link in links:
        link.mode = "any"
    lives = {story: asyncio.create_task(story(*sides)) for story in EXPECTED}
    await asyncio.sleep(2)  # no condition to wait for: the kill must fall anywhere
    middle = sides[1].process
    middle.kill()
    await asyncio.to_thread(middle.start, 90)
    numbers = {await task: EXPECTED[story] for story, task in lives.items()}
    for link in links:
        link.mode = "whole"
    for number, counted in numbers.items():
        last = "reopen" if "reopen" in counted else "archive"
        await eventually_async(partial(alike, sides, number, last), "three books tell the same story", within=30)
        book = await sides[2].timeline(number)
        acts = [entry["event"] for entry in book]
        assert {act: acts.count(act) for act in counted} == counted
        assert [entry["seq"] for entry in book] == list(range(1, len(book) + 1))
        states = [(await each.ticket(number))["state"] for each in sides]
        assert states == [{"reopen": "REOPENED", "archive": "ARCHIVED"}[last]] * 3
    for each in sides:
        await eventually_async(partial(each.quiet, list(numbers)), f"nothing is under way at {each.name}", within=20)
    for link in links:
        assert {"refuse", "request", "answer", "late", "whole"} <= set(link.cuts), link.cuts
