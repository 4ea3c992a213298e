"""Imports: dry run, one bad row among good ones, again without doubling anything, the error sheet, who may."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from agent_api.customer_import.service import LONGEST_RUN, ImportDesk
from agent_api.customers.models import Customer, Product
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

HEADER = "外部编号,姓名,联系电话,归属中心,业务类型,业务号码,套餐\n"
GOOD = [
    f"EXT{number},张三{number},1361000{number:04d},js-nj,移动业务,1361000{number:04d},畅享59元套餐"
    for number in range(1, 251)
]
BAD = "EXT999,=cmd|' /C calc'!A0,12,js-nj,移动业务,13610009999,"


async def load(desk: Desk, client: httpx.AsyncClient, text: str, dry_run: bool = False) -> dict[str, Any]:
    files = {"file": ("客户.csv", text.encode("gb18030"), "text/csv")}
    started = await client.post("/api/v1/customer-imports", files=files, data={"dry_run": str(dry_run).lower()})
    assert started.status_code == 202, started.text
    await desk.context.imports.finished()
    found = await client.get(f"/api/v1/customer-imports/{started.json()['import_id']}")
    done: dict[str, Any] = found.json()
    return done


async def count(desk: Desk) -> int:
    async with desk.context.db.read() as session:
        return await session.scalar(select(func.count()).where(Customer.external_id.like("EXT%"))) or 0


def figures(done: dict[str, Any]) -> tuple[str, int, int, int, int]:
    return done["state"], done["created"], done["changed"], done["same"], done["wrong"]


async def test_good_rows_load_when_one_is_bad_and_again_changes_nothing(desk: Desk) -> None:
    text = HEADER + "\n".join([*GOOD[:100], BAD, *GOOD[100:]])
    async with desk.signed_in("8101") as client:
        dry = await load(desk, client, text, dry_run=True)
        assert figures(dry) == ("done", 250, 0, 0, 1)
        assert await count(desk) == 0, "a dry run changes nothing"
        done = await load(desk, client, text)
        assert figures(done) == ("done", 250, 0, 0, 1)
        assert await count(desk) == 250
        again = await load(desk, client, text)
        assert figures(again) == ("done", 0, 0, 250, 1)
        assert done["errors"] == [{"row": 102, "reasons": ["联系电话:不是电话号码"]}]
        errors = await client.get(f"/api/v1/customer-imports/{done['import_id']}/errors.csv")
        found = (await client.post("/api/v1/customers/search", json={"query": "13610000007"})).json()["items"]
    sheet = errors.content.decode("utf-8-sig")
    assert sheet.splitlines()[0].endswith("行号,错误原因")
    assert "'=cmd" in sheet
    assert len(found) == 1
    assert found[0]["name_masked"] == "张**"


async def test_a_change_keeps_the_old_version_and_a_foreign_line_is_an_error(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        await load(desk, client, HEADER + GOOD[0])
        changed = GOOD[0].replace("张三1", "李四").replace("59元", "99元")
        foreign = "EXT2,王五,,js-nj,移动业务,13900000001,"
        done = await load(desk, client, HEADER + changed + "\n" + foreign)
        customer = (await client.post("/api/v1/customers/search", json={"query": "EXT1"})).json()["items"][0]
        versions = (await client.get(f"/api/v1/customers/{customer['id']}/versions")).json()
    assert figures(done) == ("done", 0, 1, 0, 1)
    assert done["errors"][0]["reasons"] == ["业务号码:已属于其他客户"]
    assert (versions[0]["source"], versions[0]["changed_by"], versions[0]["before"]) == (
        "import", "8101", {"name": "张**"},
    )  # fmt: skip
    async with desk.context.db.read() as session:
        plans = (await session.scalars(select(Product.plan).where(Product.number == "13610000001"))).all()
    assert plans == ["畅享99元套餐"]
    assert await count(desk) == 1, "the row with the foreign line left nothing behind"


async def test_no_table_no_column_no_right(desk: Desk) -> None:
    async def answer(client: httpx.AsyncClient, content: bytes) -> tuple[int, str]:
        got = await client.post("/api/v1/customer-imports", files={"file": ("x.csv", content, "text/csv")})
        return got.status_code, got.json()["code"]

    async with desk.signed_in("8101") as client:
        assert await answer(client, b"") == (409, "import.no_header")
        assert await answer(client, "姓名\n张三".encode()) == (409, "import.no_column")
        assert await answer(client, b"PK\x03\x04...") == (409, "import.unreadable")
        assert (await client.get("/api/v1/customer-imports/nothing")).status_code == 404
        columns = (await client.get("/api/v1/customer-imports/columns")).json()
    assert [each["name"] for each in columns if each["needed"]] == ["external_id", "name"]
    async with desk.signed_in("8001") as agent:
        assert await answer(agent, HEADER.encode()) == (403, "auth.forbidden")


async def test_an_import_that_died_with_its_process_is_stopped(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        done = await load(desk, client, HEADER + GOOD[0])
    async with desk.context.db.write() as session:
        from agent_api.customer_import.models import CustomerImport

        row = await session.get_one(CustomerImport, done["import_id"])
        row.state, row.ended_at = "running", None
    desk.clock.now += LONGEST_RUN * 2
    await ImportDesk(desk.context.db, desk.clock).tidy()
    assert (await desk.context.imports.read(done["import_id"])).state == "stopped"


async def test_the_command_line_waits_for_the_whole_import(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        from agent_api.auth import service as auth

        who = await auth.principal(session, "8101")
    done = await ImportDesk(desk.context.db, desk.clock).run("a.csv", (HEADER + GOOD[0]).encode(), False, who)
    assert (done.state, done.created) == ("done", 1)
