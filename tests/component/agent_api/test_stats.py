"""Figures out of stored events: golden vector through the whole way, rebuild, intervals, exports, whose figures."""

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import inspect, select, update

from acd.contracts.events import Event
from agent_api import effects
from agent_api.agents.models import AgentSpan
from agent_api.auth import repository as auth_repository
from agent_api.calls.models import Call
from agent_api.eventlog import service as eventlog
from agent_api.eventlog.order import Skipped
from tests.component.agent_api.harness import NOW, ZONE, Desk
from tests.support.events import Stream

pytestmark = pytest.mark.component

# A day the demo has nothing of.
DAY = NOW - timedelta(days=30)
PERIOD = {"from": (DAY - timedelta(hours=1)).isoformat(), "to": (DAY + timedelta(hours=3)).isoformat()}


def golden() -> list[Event]:
    """The calls of requirements.md 3.4 as the ACD would have told them."""
    stream = Stream(at=DAY)
    stream.add("call.offered", call_id="busy", direction="inbound", did="10010")
    stream.add("call.ended", call_id="busy", hangup_side="system", hangup_cause=17)
    for name in ("self", "leaf", "gave-up"):
        stream.add("call.offered", call_id=name, direction="inbound", did="10010")
        stream.add("call.ivr_answered", call_id=name)
    stream.add("call.ivr_left", call_id="self", outcome="self_service")
    stream.add("call.agent_requested", call_id="leaf", queue="bill")
    stream.add("call.abandoned", call_id="leaf", stage="ivr", wait_ms=0)
    stream.add("call.agent_requested", call_id="gave-up", queue="bill")
    stream.add("call.queued", call_id="gave-up", queue="bill", priority=0, position=1)
    stream.add("call.abandoned", 30, call_id="gave-up", stage="queue", queue="bill", wait_ms=30_000)
    surveys = (1, 1, 1, 2, 3, None)
    for index, (wait, talk, hold) in enumerate(
        zip((3, 9, 14, 15, 16, 40), (100, 200, 300, 60, 120, 180), (0, 0, 10, 0, 0, 20), strict=True)
    ):
        call = f"answered-{index}"
        stream.add("call.offered", call_id=call, direction="inbound", did="10010", caller_number="13900000001")
        stream.add("call.ivr_answered", call_id=call)
        stream.add("call.agent_requested", call_id=call, queue="bill")
        stream.add("call.queued", call_id=call, queue="bill", priority=0, position=1)
        stream.add("call.connected", wait, call_id=call, queue="bill", agent_id="8001", wait_ms=wait * 1000, ring_ms=9)
        if surveys[index]:
            stream.add("call.surveyed", call_id=call, agent_id="8001", satisfaction=surveys[index])
        stream.add("call.ended", talk, call_id=call, hangup_side="agent", hangup_cause=16, agent_id="8001",
                   talk_ms=talk * 1000, hold_ms=hold * 1000)  # fmt: skip
        stream.agent_states("8001", [("talking", 100, call), ("wrap_up", 20, call), ("ready", 5, None),
                                     ("logged_out", 1, None)])  # fmt: skip
    return stream.events


async def put(desk: Desk, events: Sequence[Event]) -> None:
    async with desk.context.db.write() as session:
        await effects.apply(session, events, ZONE)


async def figures(desk: Desk, agent_no: str = "8201", **params: str) -> dict[str, Any]:
    async with desk.signed_in(agent_no) as client:
        answer = await client.get("/api/v1/stats/kpis", params=PERIOD | params)
    assert answer.status_code == 200, answer.text
    return {kpi["id"]: kpi for kpi in answer.json()}


async def open_ticket(desk: Desk, call_id: str) -> None:
    async with desk.signed_in("8001") as client:
        desk.clock.now = DAY + timedelta(hours=1)
        new = {"type": "complaint", "call_id": call_id, "title": "多收费", "category": "T.CHARGE.1"}
        number = (await client.post("/api/v1/tickets", json=new)).json()["ticket_no"]
        await client.post(f"/api/v1/tickets/{number}/events", json={"event": "to_dispatch", "comment": ""})
    desk.clock.now = NOW


async def test_the_golden_vector_from_events_to_figures(desk: Desk) -> None:
    await put(desk, golden())
    await open_ticket(desk, "answered-0")
    found = await figures(desk)
    expected = {
        "K03b": (9, 10), "K03": (6, 7), "K04": (4, 8), "K05": (1, 7), "K05a": (1, 7), "K05c": (1, 9), "K01": (3, 5),
        "K01d": (5, 6), "K06a": (5, 6), "K04c": (97, 6), "K07": (1110, 6), "K17": (1, 9),
    }  # fmt: skip
    assert {name: (found[name]["numerator"], found[name]["denominator"]) for name in expected} == expected
    assert found["K07"]["value"] == 185
    assert (found["K03"]["met"], found["K03"]["target"]) == (False, {"op": ">=", "value": 0.95, "upper": None})
    assert found["K03"]["formula"] == "count(is_agent_anw) / count(is_agent_req)"


async def test_nothing_counted_is_null_not_zero(desk: Desk) -> None:
    found = await figures(desk)
    assert {kpi["value"] for name, kpi in found.items() if name not in ("K24b", "K24c")} == {None}
    assert {kpi["met"] for kpi in found.values()} == {None}


async def test_agents_see_their_own_figures(desk: Desk) -> None:
    await put(desk, golden())
    assert (await figures(desk, "8001"))["K01d"]["denominator"] == 6
    assert (await figures(desk, "8002"))["K01d"]["denominator"] == 0


async def test_figures_of_one_queue(desk: Desk) -> None:
    await put(desk, golden())
    assert (await figures(desk, queue="bill"))["K03"]["denominator"] == 7
    assert (await figures(desk, queue="vip"))["K03"]["denominator"] == 0


async def rows(desk: Desk, model: type[Any]) -> list[dict[str, Any]]:
    async with desk.context.db.read() as session:
        found = (await session.scalars(select(model).order_by(*inspect(model).primary_key))).all()
    names = [column.key for column in inspect(model).columns]
    return [{name: getattr(row, name) for name in names} for row in found]


async def test_a_rebuild_equals_what_live_intake_made(desk: Desk) -> None:
    """Events come shuffled, twice and one by one; then every derived column is spoilt and derived again."""
    events = golden()
    for event in reversed(events):
        await put(desk, [event])
    await put(desk, events)
    calls, spans = await rows(desk, Call), await rows(desk, AgentSpan)
    async with desk.context.db.write() as session:
        await session.execute(update(Call).values(talk_ms=-1, queue="spoilt", agent_no=None, customer_id=None))
        await session.execute(update(AgentSpan).values(state="spoilt"))
    async with desk.context.db.write() as session:
        count, _ = await effects.rebuild(session)
    assert count == len(calls)
    assert await rows(desk, Call) == calls
    assert await rows(desk, AgentSpan) == spans


async def test_intervals_and_gaps(desk: Desk) -> None:
    await put(desk, golden())
    async with desk.context.db.write() as session:
        lost = Skipped("00000000-0000-0000-0000-000000000001", 5, 6, DAY, DAY + timedelta(seconds=5))
        await eventlog.note_gaps(session, [lost])
    async with desk.signed_in("8201") as client:
        found = (await client.get("/api/v1/stats/intervals", params=PERIOD | {"minutes": "60"})).json()
        assert (await client.get("/api/v1/stats/intervals", params={"minutes": "7"})).status_code == 422
    assert [row["offered"] for row in found] == [0, 10, 0, 0]
    assert (found[1]["queued"], found[1]["answered"], found[1]["answered_15s"], found[1]["abandoned"]) == (7, 6, 4, 1)
    assert [row["incomplete"] for row in found] == [False, True, False, False]


@pytest.mark.parametrize(
    "params",
    [
        {"from": "2026-11-18T00:00:00Z", "to": "2026-11-17T00:00:00Z"},
        {"from": "2020-01-01T00:00:00Z", "to": "2026-11-17T00:00:00Z"},
        {"from": "2026-11-18T00:00:00"},
    ],
)
async def test_impossible_periods(desk: Desk, params: dict[str, str]) -> None:
    async with desk.signed_in("8101") as client:
        assert (await client.get("/api/v1/stats/kpis", params=params)).status_code == 422


async def test_exports_say_the_same_and_are_audited(desk: Desk) -> None:
    await put(desk, golden())
    params = PERIOD | {"minutes": "60"}
    async with desk.signed_in("8201") as client:
        as_csv = await client.get("/api/v1/stats/export.csv", params=params)
        as_xlsx = await client.get("/api/v1/stats/export.xlsx", params=params)
    lines = as_csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "开始时间,来电,进入队列,人工接通,排队放弃,15秒内接通,数据不完整"
    assert lines[2] == "2026-10-19 14:00,10,7,6,1,4,"
    book = load_workbook(io.BytesIO(as_xlsx.content))
    assert [cell.value for cell in book["时段"][3]][:5] == ["2026-10-19 14:00", 10, 7, 6, 1]
    kpis = {row[0]: row for row in book["指标"].iter_rows(min_row=2, values_only=True)}
    assert kpis["K03"][3:5] == (6, 7)
    assert kpis["K07b"][8] == 1
    async with desk.context.db.read() as session:
        log = await auth_repository.audit_log(session)
    assert [entry.action for entry in log].count("report.exported") == 2


async def test_the_wallboard_of_today(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        board = (await client.get("/api/v1/wallboard")).json()
    assert board["as_of"] == "2026-11-18T06:00:00Z"
    assert (board["agents"], board["queues"]) == ([], []), "no ACD has spoken yet"
    today = {kpi["id"]: kpi for kpi in board["kpis"]}
    assert today["K03"]["denominator"] > 5, "the demo's calls of this morning"
    assert today["K08"]["value"] is not None


def passed_on() -> list[Event]:
    """8001 (js) talks 30 s and hands over to 8007 (sc), who talks 60 s; a caller of Sichuan gives up."""
    stream = Stream(at=DAY)
    stream.add("call.offered", call_id="two", direction="inbound", did="10010", caller_number="13900000001")
    stream.add("call.queued", call_id="two", queue="bill", priority=0, position=1)
    stream.add("call.connected", 4, call_id="two", queue="bill", agent_id="8001", wait_ms=4000, ring_ms=9)
    stream.add("call.transferred", 30, call_id="two", kind="attended", by="8001", to="8007", to_kind="agent")
    stream.add("call.connected", 0, call_id="two", queue="bill", agent_id="8007", wait_ms=0, ring_ms=0)
    stream.add("call.surveyed", 60, call_id="two", agent_id="8007", satisfaction=1)
    stream.add("call.ended", 0, call_id="two", hangup_side="customer", hangup_cause=16, agent_id="8007", talk_ms=90_000)
    stream.agent_states("8001", [("wrap_up", 20, "two"), ("ready", 5, None), ("logged_out", 1, None)])
    stream.agent_states("8007", [("wrap_up", 10, "two"), ("ready", 5, None), ("logged_out", 1, None)])
    stream.add("call.offered", call_id="gone", direction="inbound", did="10010", caller_number="13900000003")
    stream.add("call.identified", call_id="gone", customer_id="C000003", auth_level=1)
    stream.add("call.queued", call_id="gone", queue="bill", priority=0, position=1)
    stream.add("call.abandoned", 30, call_id="gone", stage="queue", queue="bill", wait_ms=30_000)
    return stream.events


async def agents_of(desk: Desk, who: str) -> dict[str, dict[str, Any]]:
    async with desk.signed_in(who) as client:
        rows = (await client.get("/api/v1/stats/agents", params=PERIOD)).json()
    return {row["agent_no"]: row for row in rows}


async def test_agents_add_up_to_the_whole_when_a_call_was_passed_on(desk: Desk) -> None:
    await put(desk, passed_on())
    whole = await figures(desk)
    agents = await agents_of(desk, "8201")
    assert {number: row["talk_seconds"] for number, row in agents.items()} == {"8001": 30, "8007": 60}
    assert whole["K07a"]["numerator"] == sum(row["talk_seconds"] for row in agents.values()) == 90
    assert whole["K07c"]["numerator"] == sum(row["wrap_up_seconds"] for row in agents.values()) == 30
    first, second = await figures(desk, "8001"), await figures(desk, "8007")
    assert (first["K07a"]["numerator"], second["K07a"]["numerator"]) == (30, 60)
    assert (first["K07c"]["numerator"], second["K07c"]["numerator"]) == (20, 10)
    assert (first["K01d"]["numerator"], second["K01d"]["numerator"]) == (0, 1), "the grade is for who talked last"
    async with desk.signed_in("8001") as client:
        assert (await client.get("/api/v1/calls/two")).status_code == 200, "one's own call, though passed on"
        assert [call["call_id"] for call in (await client.get("/api/v1/calls?agent=me&limit=200")).json()["items"]
                if call["call_id"] == "two"] == ["two"]  # fmt: skip


async def test_a_supervisor_sees_the_own_centre_and_those_below(desk: Desk) -> None:
    """Who answered first has the call, who never was answered belongs to the home: the provinces add up."""
    await put(desk, passed_on())
    everything, js, sc = await figures(desk), await figures(desk, "8101"), await figures(desk, "8102")
    for name in ("K03", "K05a", "K07a", "K07c", "K01"):
        for part in ("numerator", "denominator"):
            assert everything[name][part] == js[name][part] + sc[name][part], name
    assert (js["K05a"]["denominator"] + sc["K05a"]["denominator"], js["K03"]["numerator"]) == (2, 1)
    assert set(await agents_of(desk, "8101")) == {"8001"}
