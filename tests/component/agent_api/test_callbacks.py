"""Promises to call back out of their events, booking and cancelling, and the callers who gave up."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from acd.contracts.commands import BookCallback, CancelCallback, Command
from acd.contracts.events import Event
from agent_api import effects
from agent_api.auth import repository as auth_repository
from agent_api.callbacks.models import Callback
from tests.component.agent_api.harness import NOW, ZONE, Desk
from tests.support.events import Stream

pytestmark = pytest.mark.component

Json = dict[str, Any]
ID = "cb-1"


@pytest.fixture
def commands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """What the ACD would be told; it does everything at once."""
    told: list[Command] = []

    async def do(command: Command) -> None:
        told.append(command)

    monkeypatch.setattr(desk.context.commands, "do", do)
    return told


async def put(desk: Desk, events: Sequence[Event]) -> None:
    async with desk.context.db.write() as session:
        await effects.apply(session, events, ZONE)


def booked(stream: Stream, call_id: str | None = None, number: str = "13900000001") -> None:
    stream.add("callback.booked", callback_id=ID, queue="bill", number=number, call_id=call_id,
               place_at=stream.at, expires_at=NOW + timedelta(hours=4))  # fmt: skip


async def items(desk: Desk, path: str, who: str = "8001", **params: str) -> list[Json]:
    """Without the demo's own."""
    async with desk.signed_in(who) as client:
        answer = await client.get(f"/api/v1/{path}", params=params)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return [row for row in found if not row.get("callback_id", "").startswith("demo-")]


async def test_a_promise_is_told_by_its_events_in_any_order(desk: Desk) -> None:
    stream = Stream(at=NOW - timedelta(hours=1))
    booked(stream, "n1-1.1")
    stream.add("callback.dialled", callback_id=ID, queue="bill", attempt=1, agent_id="8001")
    stream.add("callback.missed", callback_id=ID, queue="bill", attempt=1, cause="NO_ANSWER", next_at=NOW)
    await put(desk, list(reversed(stream.events)))
    (row,) = await items(desk, "callbacks", state="open")
    assert (row["state"], row["attempts"], row["result"], row["next_at"]) == (
        "waiting", 1, "NO_ANSWER", "2026-11-18T06:00:00Z")  # fmt: skip
    assert (row["number_masked"], row["customer"], row["call_id"]) == ("139****0001", "C000001", "n1-1.1")
    assert row["customer_name"] == "曾*"
    stream.add("callback.dialled", callback_id=ID, queue="bill", attempt=2, agent_id="8002")
    stream.add("callback.closed", callback_id=ID, queue="bill", end="talked", call_id="n1-2.2")
    await put(desk, stream.events)
    assert await items(desk, "callbacks", state="open") == []
    (row,) = await items(desk, "callbacks", queue="bill")
    assert (row["state"], row["agent_no"], row["talk_call_id"]) == ("talked", "8002", "n1-2.2")
    async with desk.context.db.write() as session:
        await session.execute(update(Callback).values(state="spoilt", attempts=9))
        await effects.rebuild(session)
    assert await items(desk, "callbacks", queue="bill") == [row]
    assert await items(desk, "callbacks", "8010") == [], "not one's own queue"


async def test_missed_callers_until_they_are_served(desk: Desk, commands: list[Command]) -> None:
    stream = Stream(at=NOW - timedelta(hours=1))
    stream.abandoned_call("n1-1.1")
    stream.abandoned_call("n1-2.2")
    stream.abandoned_call("n1-3.3", "13900000002")
    stream.abandoned_call("n1-4.4", "")
    await put(desk, stream.events)
    since = (NOW - timedelta(hours=2)).isoformat()
    mine = {row["call_id"]: row for row in await items(desk, "calls/missed", since=since) if row["call_id"][:2] == "n1"}
    assert set(mine) == {"n1-2.2", "n1-3.3"}, "one row a number, none without one"
    assert (mine["n1-2.2"]["times"], mine["n1-2.2"]["wait_ms"], mine["n1-2.2"]["called_back"]) == (2, 30_000, False)
    assert mine["n1-2.2"]["caller_masked"] == "139****0001"
    async with desk.signed_in("8001") as client:
        answer = await client.post("/api/v1/callbacks", json={"queue": "bill", "call_id": "n1-2.2"})
        assert answer.status_code == 200
    (book,) = commands
    assert isinstance(book, BookCallback)
    assert (book.number, book.queue, book.call_id) == ("13900000001", "bill", "n1-2.2")
    assert book.callback_id == answer.json()["callback_id"]
    booked(stream, "n1-2.2")
    await put(desk, stream.events[-1:])
    row = next(row for row in await items(desk, "calls/missed", since=since) if row["call_id"] == "n1-2.2")
    assert (row["called_back"], row["callback_state"]) == (True, "waiting")
    await put(desk, stream.answered_call("n1-9.9"))
    left = {row["call_id"] for row in await items(desk, "calls/missed", since=since)}
    assert "n1-2.2" not in left, "served by a later call"


async def test_booking_and_cancelling_are_audited(desk: Desk, commands: list[Command]) -> None:
    stream = Stream(at=NOW - timedelta(hours=1))
    booked(stream)
    await put(desk, stream.events)
    async with desk.signed_in("8001") as client:
        number = {"queue": "bill", "number": "139-0000-0001"}
        assert (await client.post("/api/v1/callbacks", json=number)).status_code == 200
        assert (await client.post("/api/v1/callbacks", json={"queue": "bill"})).status_code == 422
        assert (await client.post("/api/v1/callbacks", json={"queue": "bill", "number": "?"})).status_code == 422
        assert (await client.post(f"/api/v1/callbacks/{ID}/cancel")).json() == {"ok": True}
        assert (await client.post("/api/v1/callbacks/none/cancel")).status_code == 404
    async with desk.signed_in("8301") as other:
        assert (await other.post(f"/api/v1/callbacks/{ID}/cancel")).status_code == 404, "not the own queue"
    cancel = commands[-1]
    assert isinstance(cancel, CancelCallback)
    assert (cancel.callback_id, cancel.by) == (ID, "8001")
    async with desk.context.db.read() as session:
        log = [entry.action for entry in await auth_repository.audit_log(session)]
    assert [action for action in log if action.startswith("callback.")] == ["callback.booked", "callback.cancelled"]


async def test_who_still_waits_stands_above_all_that_is_over(desk: Desk) -> None:
    """A list of years of kept promises must not hide the one that is due."""
    stream = Stream(at=NOW - timedelta(minutes=30))
    for number, name in enumerate(("open-late", "over-first", "over-last", "open-early")):
        place_at = NOW - timedelta(hours=number)
        stream.add("callback.booked", callback_id=name, queue="bill", number="13900000001", call_id=None,
                   place_at=place_at, expires_at=NOW + timedelta(hours=4))  # fmt: skip
    for name in ("over-first", "over-last"):
        stream.add("callback.closed", 60, callback_id=name, queue="bill", end="expired")
    await put(desk, stream.events)
    names = [row["callback_id"] for row in await items(desk, "callbacks")]
    assert names == ["open-early", "open-late", "over-last", "over-first"]
