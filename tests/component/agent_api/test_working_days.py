"""A centre's own working days over HTTP: declared, removed again, every version kept and audited."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.tickets.models import WorkingDayException
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component
URL = "/api/v1/working-days/js"
DAY = "2026-11-24"
"""A Tuesday."""


async def day(client: httpx.AsyncClient) -> tuple[bool, bool]:
    [found] = (await client.get(URL, params={"start": DAY, "days": 1})).json()
    return found["works"], found["own"]


async def remove(client: httpx.AsyncClient, url: str = URL) -> httpx.Response:
    return await client.post(f"{url}/exceptions/{DAY}/remove", json={"reason": "搬迁取消"})


async def test_an_exception_is_removed_and_may_come_back(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent:
        assert (await remove(boss)).status_code == 404, "nothing to remove"
        declared: dict[str, Any] = {"works": False, "reason": "机房搬迁"}
        assert (await boss.put(f"{URL}/exceptions/{DAY}", json=declared)).status_code == 200
        assert await day(boss) == (False, True)
        assert (await remove(agent)).status_code == 403
        assert (await remove(boss, "/api/v1/working-days/sc")).status_code == 403, "another province's"
        assert (await remove(boss)).status_code == 204
        assert await day(boss) == (True, False), "as the state's calendar has it"
        assert (await boss.get(f"{URL}/exceptions")).json() == []
        assert (await remove(boss)).status_code == 404
        again = (await boss.put(f"{URL}/exceptions/{DAY}", json=declared)).json()
        assert again["version"] == 3
        assert await day(boss) == (False, True)
    async with desk.context.db.read() as session:
        rows = await session.scalars(select(WorkingDayException).where(WorkingDayException.center_id == "js"))
        assert [(row.version, row.removed) for row in rows] == [(1, False), (2, True), (3, False)]
        said = [(each.action, each.reason) for each in await auth_repository.audit_log(session)]
    assert ("calendar.removed", f"{DAY} 搬迁取消") in said


async def test_the_demo_shows_what_a_province_rules_for_itself(desk: Desk) -> None:
    async with desk.signed_in("8201") as nation:
        limits = (await nation.get("/api/v1/thresholds/sc")).json()
        assert limits["version"] == 1
        assert {"name": "warning.yellow", "values": [70], "above": [80]} in limits["rows"]
        assert [row["reason"] for row in (await nation.get("/api/v1/working-days/sc/exceptions")).json()]
        waiting = (await nation.get("/api/v1/message-texts", params={"center": "sc"})).json()
        assert [row["template_id"] for row in waiting if row["draft"]] == ["ticket.answered"]
