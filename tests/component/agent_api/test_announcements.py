"""Notices: who switches them, and which callers hear them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api.announcements.service import NoticeBoard
from agent_api.auth.models import AuditEntry
from tests.component.agent_api.harness import NOW, SERVICE, ZONE, Desk

pytestmark = pytest.mark.component

PATH = "/api/v1/announcements"
FAULT = {"center": "js", "title": "南京基站抢修", "area": "025", "prompts": ["notice/mass_fault"]}


@pytest.fixture
async def supervisor(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.signed_in("8101") as client:
        yield client


async def create(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post(PATH, json=FAULT | fields)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def heard(desk: Desk, center: str | None, area: str | None = None, board: NoticeBoard | None = None) -> list[str]:
    async with desk.context.db.read() as session:
        found = await (board or NoticeBoard(ZONE)).for_caller(session, center, area, desk.clock())
    return [each.prompts[0] for each in found]


async def test_only_the_area_and_the_centre_hear_it(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    await create(supervisor)
    assert await heard(desk, "js-nj", "025") == ["notice/mass_fault"]
    assert await heard(desk, "js", "025") == ["notice/mass_fault"]
    assert await heard(desk, "js-sz", "0512") == []
    assert await heard(desk, "sc-cd", "025") == []
    assert await heard(desk, None, None) == []


async def test_what_the_top_says_everybody_hears(desk: Desk) -> None:
    async with desk.signed_in("8602") as client:
        await create(client, center="cn", area=None, prompts=["notice/busy"])
    assert [await heard(desk, center) for center in ("js-nj", "sc", None)] == [["notice/busy"]] * 3


async def test_it_begins_ends_and_is_switched_off(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    times = {"starts_at": (NOW + timedelta(hours=1)).isoformat(), "ends_at": (NOW + timedelta(hours=2)).isoformat()}
    notice = await create(supervisor, **times)
    assert await heard(desk, "js", "025") == []
    desk.clock.move(hours=1)
    assert await heard(desk, "js", "025") == ["notice/mass_fault"]
    changed = {name: value for name, value in notice.items() if name != "id"} | {"active": False}
    assert (await supervisor.put(f"{PATH}/{notice['id']}", json=changed)).json()["active"] is False
    assert await heard(desk, "js", "025") == []


async def test_settlement_days(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    notice = await create(supervisor, area=None, place="bill", days_of_month=[1, 5])
    assert notice["days_of_month"] == [1, 5]
    assert await heard(desk, "js") == []
    desk.clock.move(days=13)  # the first of December
    assert await heard(desk, "js") == ["notice/mass_fault"]


async def test_a_call_costs_no_query(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    ticks = 0.0
    board = NoticeBoard(ZONE, lambda: ticks)
    assert await heard(desk, "js", "025", board) == []
    await create(supervisor)
    assert await heard(desk, "js", "025", board) == [], "still what it read before"
    ticks = 1.0
    assert await heard(desk, "js", "025", board) == ["notice/mass_fault"]


async def test_deleting_and_the_audit_log(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    notice = await create(supervisor)
    assert (await supervisor.delete(f"{PATH}/{notice['id']}")).status_code == 204
    assert (await supervisor.get(PATH)).json() == []
    async with desk.context.db.read() as session:
        entries = await session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == notice["id"]).order_by(AuditEntry.entry_id)
        )
    assert [(each.action, each.subject_id) for each in entries] == [
        ("announcement.created", notice["id"]),
        ("announcement.deleted", notice["id"]),
    ]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"prompts": ["nothing/here"]}, 422, "announcement.unknown_prompt"),
        ({"center": "sc"}, 403, "menu.not_your_center"),
        ({"center": "xx"}, 404, "not_found"),
        ({"starts_at": NOW.isoformat(), "ends_at": NOW.isoformat()}, 422, "announcement.bad_times"),
        ({"days_of_month": [0, 5]}, 422, "request.invalid"),
        ({"starts_at": "2026-11-18T06:00:00"}, 422, "request.invalid"),
    ],
)
async def test_what_is_refused(supervisor: httpx.AsyncClient, fields: dict[str, Any], status: int, code: str) -> None:
    answer = await supervisor.post(PATH, json=FAULT | fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_who_may(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    notice = await create(supervisor)
    async with desk.signed_in("8001") as agent:
        assert (await agent.get(PATH)).status_code == 403
    async with desk.signed_in("8102") as other_province:
        assert (await other_province.get(PATH)).json() == []
        assert (await other_province.delete(f"{PATH}/{notice['id']}")).status_code == 404


async def test_it_comes_with_the_caller(desk: Desk, supervisor: httpx.AsyncClient) -> None:
    notice = await create(supervisor, area="0512", barge_in=False)
    async with desk.client(**SERVICE) as ivr:
        answer = await ivr.post("/internal/v1/caller", json={"caller_number": "13900000001", "did": "10010"})
    assert answer.json()["announcements"] == [
        {"announcement_id": notice["id"], "place": "entry", "prompts": ["notice/mass_fault"], "barge_in": False}
    ]
