"""The planner on stored traffic: forecast, agents needed, who was there, and what callers can expect now."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from acd.contracts.events import Event
from acd.contracts.snapshots import QueueSnapshot
from agent_api import effects
from tests.component.agent_api.harness import NOW, TODAY, ZONE, Desk
from tests.support.events import Stream

pytestmark = pytest.mark.component

Json = dict[str, Any]
QUEUE = "dealer"
"""The demo has no calls of it."""
TEN = 20
"""Slot of 10:00."""


async def put(desk: Desk, events: Sequence[Event]) -> None:
    async with desk.context.db.write() as session:
        await effects.apply(session, events, ZONE)


def busy_mornings() -> list[Event]:
    """Thirty calls between 10:00 and 10:30 on each of the last three Wednesdays, two minutes each, and ten today."""
    events: list[Event] = []
    for weeks, count in ((3, 30), (2, 30), (1, 30), (0, 10)):
        # 14:00 is NOW
        stream = Stream(at=NOW - timedelta(weeks=weeks, hours=4))
        for number in range(count):
            call = f"w{weeks}-{number}"
            stream.add("call.offered", 0, call_id=call, direction="inbound", did="10010")
            stream.add("call.queued", 10, call_id=call, queue=QUEUE, priority=0, position=1)
            stream.add("call.connected", 5, call_id=call, queue=QUEUE, agent_id="8001", wait_ms=5000, ring_ms=9)
            stream.add("call.ended", 30, call_id=call, hangup_side="agent", hangup_cause=16, agent_id="8001",
                       talk_ms=120_000)  # fmt: skip
        events += stream.events
    return events


async def test_a_day_is_planned_from_the_same_weekdays(desk: Desk) -> None:
    await put(desk, busy_mornings())
    stream = Stream(at=NOW - timedelta(hours=4))
    await put(desk, stream.agent_states("8003", [("ready", 900, None), ("logged_out", 1, None)]))
    async with desk.signed_in("8101") as boss:
        plan = (await boss.get("/api/v1/planner", params={"day": str(TODAY), "queue": QUEUE})).json()
        tomorrow = (await boss.get("/api/v1/planner", params={"day": str(TODAY + timedelta(days=7))})).json()
        asked = {"day": str(TODAY), "queue": QUEUE, "kind": "csv"}
        file = (await boss.get("/api/v1/planner/export", params=asked)).content.decode("utf-8-sig")
    assert plan["based_on"] == [str(TODAY - timedelta(weeks=weeks)) for weeks in (1, 2, 3)]
    assert (plan["model"]["id"], plan["target"]["seconds"]) == ("erlang_c", 15)
    ten = plan["intervals"][TEN]
    assert ten["start"] == "2026-11-18T10:00:00+08:00"
    assert ten["actual_arrivals"] == 10
    assert 20 <= ten["forecast_arrivals"] <= 45
    assert ten["aht_seconds"] >= 120
    assert ten["agents_needed"] >= 4
    assert ten["agents_rostered"] > ten["agents_needed"]
    assert ten["agents_signed_in"] >= 0.5, "8003 for a quarter of an hour"
    lines = list(csv.DictReader(io.StringIO(file)))
    assert len(lines) == len(plan["intervals"])
    assert (lines[TEN]["时段"], lines[TEN]["实际来电"]) == ("2026-11-18 10:00", "10")
    assert lines[TEN]["所需座席"] == str(ten["agents_needed"])
    later = plan["intervals"][40]
    assert (later["actual_arrivals"], later["agents_signed_in"], later["forecast_arrivals"]) == (None, None, 0)
    assert sum(each["forecast_arrivals"] for each in tomorrow["intervals"]) > 30, "all queues together"
    async with desk.signed_in("8001") as agent:
        assert (await agent.get("/api/v1/planner")).status_code == 403


async def test_what_if(desk: Desk) -> None:
    target = {"service_level": 0.8, "seconds": 20, "max_occupancy": 0.9}
    question: Json = {"arrivals_per_half_hour": 100, "aht_seconds": 180, "target": target, "shrinkage": 0.3}
    async with desk.signed_in("8101") as boss:
        answer = (await boss.post("/api/v1/planner/what-if", json=question)).json()
        patient = (await boss.post("/api/v1/planner/what-if", json=question | {"patience_seconds": 60})).json()
        huge = question | {"arrivals_per_half_hour": 100_000, "aht_seconds": 7200}
        assert (await boss.post("/api/v1/planner/what-if", json=huge)).json()["code"] == "planner.too_many"
    assert (answer["erlangs"], answer["agents_needed"], answer["model"]["id"]) == (10, 14, "erlang_c")
    fourteen = next(row for row in answer["rows"] if row["agents"] == 14)
    assert fourteen["service_level"] == pytest.approx(0.888, abs=0.0005)
    assert (fourteen["meets_target"], fourteen["rostered"], fourteen["abandon_share"]) == (True, 20, None)
    assert [row["meets_target"] for row in answer["rows"]] == [row["agents"] >= 14 for row in answer["rows"]]
    assert (patient["model"]["id"], patient["agents_needed"] < 14) == ("erlang_a", True)


async def test_the_wallboard_tells_what_callers_can_expect(desk: Desk) -> None:
    await put(desk, busy_mornings())
    stream = Stream(at=NOW - timedelta(minutes=20))
    for number in range(12):
        stream.add("call.offered", 0, call_id=f"now-{number}", direction="inbound", did="10010")
        stream.add("call.queued", 1, call_id=f"now-{number}", queue=QUEUE, priority=0, position=1)
    await put(desk, stream.events)
    desk.context.board.queues[QUEUE] = QueueSnapshot.model_validate(
        {"at": NOW, "queue": QUEUE, "title": "分销商专席", "agents_logged_in": 4}
    )
    async with desk.signed_in("8101") as boss:
        (expected,) = (await boss.get("/api/v1/wallboard")).json()["expected"]
    assert (expected["queue"], expected["arrivals_per_half_hour"], expected["agents"]) == (QUEUE, 12, 4)
    assert 0.9 < expected["service_level"] < 1
    assert expected["agents_needed"] in (2, 3)
