"""The workflow monitor over HTTP: the board adds up, drills down, and shows each tier its own."""

import csv
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from agent_api.auth import repository as auth_repository
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component


async def read(client: httpx.AsyncClient, address: str = "", **asked: Any) -> Any:
    answer = await client.get(f"/api/v1/monitor{address}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_every_figure_of_the_board_is_a_list(desk: Desk) -> None:
    async with desk.signed_in("8201") as nation:
        board = await read(nation)
        items = await read(nation, "/items")
        assert board["total"] == items["total"] == sum(board["colours"].values()) > 0
        assert sum(sum(cell["colours"].values()) for cell in board["cells"]) == board["total"]
        assert sum(sum(each["colours"].values()) for each in board["owners"]) == board["total"]
        for cell in board["cells"]:
            for colour, count in cell["colours"].items():
                asked = {"stage": cell["stage"], "unit": cell["unit"], "colour": colour}
                assert (await read(nation, "/items", **asked))["total"] == count
        for each in board["forecast"]:
            assert (await read(nation, "/items", due_within=each["hours"]))["total"] == each["due"]
        history = await read(nation, "/history", days=7)
        assert len(history) == 7
        tickets = await read(nation, "/items", kind="ticket")
        assert history[-1]["left_open"] >= tickets["total"]


async def test_what_the_list_shows_leaves_as_a_file(desk: Desk) -> None:
    async with desk.signed_in("8201") as nation:
        items = (await read(nation, "/items", kind="ticket", colour="red"))["items"]
        asked = {"kind": "ticket", "colour": "red"}
        text = await nation.get("/api/v1/monitor/export", params={**asked, "format": "csv"})
        sheet = await nation.get("/api/v1/monitor/export", params=asked)
    lines = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [line["编号"] for line in lines] == [each["number"] for each in items] != []
    assert {line["预警"] for line in lines} == {"已超时"}
    rows = list(load_workbook(io.BytesIO(sheet.content))["工作流"].values)
    assert [row[0] for row in rows[1:]] == [each["number"] for each in items]
    assert sheet.headers["content-disposition"] == 'attachment; filename="work-20261118-1400.xlsx"'
    async with desk.context.db.read() as session:
        log = [entry for entry in await auth_repository.audit_log(session) if entry.action == "work.exported"]
    assert [(entry.actor, entry.reason) for entry in log] == [
        ("8201", f"csv, {len(items)} rows"), ("8201", f"xlsx, {len(items)} rows")]  # fmt: skip


async def test_each_tier_sees_its_own_and_what_is_below(desk: Desk) -> None:
    async with desk.signed_in("8302") as city, desk.signed_in("8102") as sichuan, desk.signed_in("8201") as nation:
        everything = {each["number"]: each for each in (await read(nation, "/items"))["items"]}
        of_city = (await read(city, "/items"))["items"]
        of_province = (await read(sichuan, "/items"))["items"]
    assert of_city
    assert {each["unit"] for each in of_city} == {"js-nj"}
    assert 0 < len(of_province) < len(everything), "what it accepted, wherever that is worked on, and what it works on"
    assert {each["number"] for each in [*of_city, *of_province]} < set(everything)


async def test_a_ticket_that_gets_old_changes_colour_and_comes_up(desk: Desk) -> None:
    async with desk.signed_in("8201") as nation:
        before = await read(nation)
    desk.clock.move(hours=100)
    async with desk.signed_in("8201") as nation:
        after = await read(nation)
    assert after["colours"]["red"] > before["colours"]["red"]
    assert after["bottlenecks"][0]["red"] > 0
    assert after["forecast"][0]["due"] == 0


async def test_who_has_no_business_with_work_sees_none(desk: Desk) -> None:
    async with desk.signed_in("9001") as administrator:
        assert (await administrator.get("/api/v1/monitor")).status_code == 403
    async with desk.client() as nobody:
        assert (await nobody.get("/api/v1/monitor")).status_code == 401
