"""The ticket list over HTTP: filters, views, bulk acts told row by row, files, mentions, relatives."""

import csv
import io
import json
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from agent_api.auth import repository as auth_repository
from agent_api.auth import service as auth
from agent_api.worklists.mentions import MentionTeller
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

Json = dict[str, Any]


async def search(client: httpx.AsyncClient, **wanted: Any) -> Json:
    answer = await client.post("/api/v1/tickets/search", json=wanted)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def numbers(client: httpx.AsyncClient, **wanted: Any) -> list[str]:
    return [row["ticket_no"] for row in (await search(client, **wanted))["items"]]


async def test_the_server_filters_sorts_and_pages(desk: Desk) -> None:
    async with desk.signed_in("8201") as boss:
        everything = await search(boss, limit=200)
        assert everything["total"] == len(everything["items"]) >= 10
        assert {row["type"] for row in (await search(boss, types=["consult"]))["items"]} == {"consult"}
        assert not {"CLOSED", "ARCHIVED"} & {row["state"] for row in (await search(boss, open_only=True))["items"]}
        assert set(await numbers(boss, text="滞纳金")) < set(await numbers(boss, states=["ARCHIVED"]))
        pages = [
            await numbers(boss, limit=4, offset=offset, sort="created") for offset in range(0, everything["total"], 4)
        ]
        assert sorted(number for page in pages for number in page) == sorted(
            row["ticket_no"] for row in everything["items"]
        )
        due = [row["due_at"] for row in (await search(boss, sort="due", limit=200))["items"] if row["due_at"]]
        assert due == sorted(due)
        assert (await boss.post("/api/v1/tickets/search", json={"states": ["NOWHERE"]})).status_code == 422
    async with desk.signed_in("8102") as other:
        seen = await search(other, limit=200)
        assert all("sc" in (row["center_id"] + row["target"] + row["owner_center"]) for row in seen["items"])


async def test_views_are_kept_and_shared_downwards(desk: Desk) -> None:
    view = {"title": "快到期的投诉", "wanted": {"types": ["complaint"], "sort": "due"}, "columns": ["title", "clocks"]}
    async with desk.signed_in("8101") as boss, desk.signed_in("8302") as city, desk.signed_in("8102") as elsewhere:
        own = (await boss.post("/api/v1/ticket-views", json=view)).json()
        assert (own["mine"], own["wanted"]["sort"], own["columns"]) == (True, "due", ["title", "clocks"])
        shipped = (await city.get("/api/v1/ticket-views")).json()
        assert [row["title"] for row in shipped] == ["已超时"], "the demo's own"
        changed = await boss.put(f"/api/v1/ticket-views/{own['id']}", json=view | {"shared": True})
        assert changed.status_code == 200, changed.text
        assert [row["title"] for row in (await city.get("/api/v1/ticket-views")).json() if row not in shipped] == [
            "快到期的投诉"
        ]
        assert (await elsewhere.get("/api/v1/ticket-views")).json() == []
        assert (await city.delete(f"/api/v1/ticket-views/{own['id']}")).status_code == 404
        refused = await city.post("/api/v1/ticket-views", json=view | {"shared": True})
        assert refused.json()["code"] == "view.not_shared"
        assert (await boss.delete(f"/api/v1/ticket-views/{own['id']}")).status_code == 204
        assert [row["id"] for row in (await boss.get("/api/v1/ticket-views")).json()] == [shipped[0]["id"]]


async def test_a_bulk_act_tells_each_row(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss:
        opened = await numbers(boss, types=["complaint"], open_only=True)
        closed = (await numbers(boss, states=["ARCHIVED"]))[:1]
        body = {"ticket_nos": [*opened[:2], *closed, "TS20000101000001"], "event": "urge", "comment": "再次来电"}
        answer = (await boss.post("/api/v1/tickets/bulk", json=body)).json()
        assert (answer["done"], answer["failed"]) == (2, 2)
        assert [row["ok"] for row in answer["rows"]] == [True, True, False, False]
        assert [row["code"] for row in answer["rows"]][2:] == ["ticket.wrong_state", "not_found"]
        ticket = (await boss.get(f"/api/v1/tickets/{opened[0]}")).json()
        assert ticket["timeline"][-1]["comment"] == "再次来电"
    async with desk.signed_in("8302") as city:
        refused = (await city.post("/api/v1/tickets/bulk", json=body)).json()
        assert {row["code"] for row in refused["rows"]} <= {"ticket.forbidden_event", "auth.forbidden", "not_found"}


async def test_a_list_becomes_a_file_and_leaves_a_trace(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss:
        listed = await numbers(boss, types=["complaint"], limit=200)
        text = await boss.post("/api/v1/tickets/export", json={"types": ["complaint"], "kind": "csv"})
        rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows[1:]] == listed
        book = await boss.post("/api/v1/tickets/export", json={"types": ["complaint"]})
        sheet = load_workbook(io.BytesIO(book.content)).active
        assert sheet is not None
        assert sheet.max_row == len(listed) + 1
    async with desk.context.db.read() as session:
        log = [(entry.action, entry.reason) for entry in await auth_repository.audit_log(session)]
    assert ("ticket.exported", f"xlsx, {len(listed)} rows") in log
    async with desk.signed_in("8001") as agent:
        assert (await agent.post("/api/v1/tickets/export", json={})).status_code == 403


async def test_who_is_mentioned_hears_of_it(desk: Desk) -> None:
    context = desk.context
    teller = MentionTeller(context.db, context.hub, context.clock)
    await teller.look()
    async with context.db.read() as session:
        client = context.hub.join(await auth.principal(session, "8301"), None)
    client.outbox.get_nowait()
    async with desk.signed_in("8101") as boss, desk.signed_in("8301") as handler:
        number = (await numbers(boss, types=["complaint"], open_only=True))[0]
        words = "@8301 请今天回复客户,@9999 @8101 @9001"
        done = await boss.post(f"/api/v1/tickets/{number}/events", json={"event": "urge", "comment": words})
        assert done.status_code == 200, done.text
        told = (await handler.get("/api/v1/mentions")).json()
        assert [(row["ticket_no"], row["by"], row["words"]) for row in told] == [(number, "8101", words)]
        assert (await boss.get("/api/v1/mentions")).json() == []
        await teller.look()
        assert json.loads(client.outbox.get_nowait())["mention"]["ticket_no"] == number
        await teller.look()
        assert client.outbox.empty()
        assert (await handler.post("/api/v1/mentions/read", json={"ids": [told[0]["mention_id"]]})).status_code == 204
        assert (await handler.get("/api/v1/mentions")).json() == []
        assert len((await handler.get("/api/v1/mentions", params={"unread": False})).json()) == 1


async def test_a_repeated_matter_is_shown_with_the_first(desk: Desk) -> None:
    complaint = {"type": "complaint", "customer_id": "C000001", "title": "多收费", "category": "T.CHARGE.9"}
    async with desk.signed_in("8001") as agent:
        first = (await agent.post("/api/v1/tickets", json=complaint)).json()["ticket_no"]
        second = (await agent.post("/api/v1/tickets", json=complaint)).json()["ticket_no"]
        kin = (await agent.get(f"/api/v1/tickets/{second}/related")).json()
        assert [(row["ticket_no"], row["kind"]) for row in kin] == [(first, "repeat_of")]
        kin = (await agent.get(f"/api/v1/tickets/{first}/related")).json()
        assert [(row["ticket_no"], row["kind"]) for row in kin] == [(second, "repeated_by")]
