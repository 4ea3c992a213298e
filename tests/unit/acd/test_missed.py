"""Calls that came and went while nobody watched, told from call records (CEL) of a real Asterisk 22."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acd.adapters.call_records import read_since
from acd.contracts import events
from acd.contracts.ids import CallId, NodeName
from acd.core import facts
from acd.core.messages.records import Record, ended_calls
from tests.support.floor import NODE, Floor

pytestmark = pytest.mark.unit

COLUMNS = 13
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def row(event: str, seconds: float, call: str, channel: str, app: str = "", data: str = "", extra: str = "") -> Record:
    return Record(event, f"{START.timestamp() + seconds:.3f}", call, call, channel, app, data, extra)


def said(seconds: float, call: str, text: str) -> Record:
    return row("APP_START", seconds, call, CALLER, "UserEvent", text)


def hung_up(seconds: float, call: str, channel: str, by: str) -> Record:
    return row("HANGUP", seconds, call, channel, extra=f'{{"hangupcause":16,"hangupsource":"{by}","dialstatus":""}}')


CALLER, PHONE = "PJSIP/trunk-00000001", "PJSIP/8001w-00000002"


def served_by_app_queue(call: str, at: float) -> list[Record]:
    return [
        said(at, call, f"CallOffered,CallId: {call},Did: 10010,Caller: 13900000001"),
        said(at + 0.1, call, f"IvrAnswered,CallId: {call}"),
        said(at + 3, call, f"AgentRequested,CallId: {call},Queue: bill,Reason: agent"),
        said(at + 3, call, f"IvrLeft,CallId: {call},Outcome: agent"),
        said(at + 4, call, f"CallWaiting,CallId: {call},Queue: bill,Priority: 0"),
        said(at + 5, call, f"FallbackWaiting,CallId: {call},Queue: bill,Priority: 0"),
        row("CHAN_START", at + 6, call, "Local/8001@cc-queue-member-0001;1"),
        row("CHAN_START", at + 6, call, PHONE),
        row("ANSWER", at + 8, call, PHONE),
        hung_up(at + 28, call, PHONE, by=PHONE),
        hung_up(at + 30, call, CALLER, by=""),
        row("LINKEDID_END", at + 30, call, CALLER),
    ]


def tell(floor: Floor, records: list[Record], since: datetime) -> None:
    calls = ended_calls(records, NODE, since)
    floor.tell(facts.CallsMissed(floor.now, NODE, since, calls))


def test_a_call_served_by_app_queue_is_in_the_books_whole() -> None:
    floor = Floor()
    tell(floor, served_by_app_queue("n1-1.1", 1), START)
    assert floor.call_events("n1-1.1") == [
        "call.offered", "call.ivr_answered", "call.agent_requested", "call.ivr_left", "call.queued",
        "call.agent_ringing", "call.connected", "call.ended",
    ]  # fmt: skip
    connected, ended = floor.last(events.CallConnected), floor.last(events.CallEnded)
    assert (connected.agent_id, connected.wait_ms, connected.ring_ms) == ("8001", 4000, 2000)
    assert (ended.talk_ms, ended.hangup_side, ended.incomplete) == (20_000, "agent", False)
    assert ended.at == START + timedelta(seconds=31)
    assert not floor.world.calls


def test_a_caller_who_hung_up_waiting_counts_as_abandoned() -> None:
    floor = Floor()
    records = [*served_by_app_queue("n1-1.1", 1)[:6], hung_up(20, "n1-1.1", CALLER, by=CALLER)]
    tell(floor, [*records, row("LINKEDID_END", 20, "n1-1.1", CALLER)], START)
    abandoned = floor.last(events.CallAbandoned)
    assert (abandoned.stage, abandoned.wait_ms) == ("queue", 15_000)


def test_what_was_told_before_is_not_told_again() -> None:
    floor = Floor()
    tell(floor, served_by_app_queue("n1-1.1", 1), START + timedelta(seconds=60))
    assert floor.call_events("n1-1.1") == []


def test_a_call_we_knew_gets_its_true_end() -> None:
    floor = Floor()
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(10)
    after = floor.killed(away_seconds=30)
    caller = after.world.calls[CallId("c1")].channel
    gone_at = floor.now + timedelta(seconds=5)
    seconds = (gone_at - START).total_seconds()
    tell(
        after,
        [hung_up(seconds, "c1", caller, by=caller), row("LINKEDID_END", seconds, "c1", caller)],
        floor.now,
    )
    ended = after.last(events.CallEnded)
    assert (ended.at, ended.talk_ms, ended.hangup_side, ended.incomplete) == (gone_at, 15_000, "customer", False)


def test_a_call_still_up_is_left_to_the_resync() -> None:
    floor = Floor()
    tell(floor, served_by_app_queue("n1-1.1", 1)[:-1], START)
    assert floor.call_events("n1-1.1") == []


def test_an_event_recorded_at_its_start_and_its_end_is_told_once() -> None:
    floor = Floor()
    records = served_by_app_queue("n1-1.1", 1)
    twice = [row("APP_END", 1.05, "n1-1.1", CALLER, "UserEvent", records[0].app_data), *records[1:3]]
    only_ended = row("APP_END", 4, "n1-1.1", CALLER, "UserEvent", records[3].app_data)
    tell(floor, [records[0], *twice, only_ended, *records[4:]], START)
    assert [told for told in floor.call_events("n1-1.1") if told in ("call.offered", "call.ivr_left")] == [
        "call.offered",
        "call.ivr_left",
    ]


def test_rubbish_among_the_records_costs_only_itself() -> None:
    bad = [
        row("APP_START", 1, "n1-1.1", CALLER, "UserEvent", "CallOffered,CallId: a/b"),
        row("HANGUP", 2, "n1-1.1", CALLER, extra="{"),
        Record("LINKEDID_END", "soon", "n1-1.1", "n1-1.1", CALLER),
    ]
    assert ended_calls(bad, NodeName("n1"), START) == {}


@pytest.mark.parametrize("wanted", [0, 1, 4999, 5000, 9999, 10_000])
def test_the_place_in_a_long_file_is_found(tmp_path: Path, wanted: int) -> None:
    path = tmp_path / "cel.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for n in range(10_000):
            writer.writerow(["ANSWER", f"{START.timestamp() + n:.3f}", f"c{n}", *[""] * (COLUMNS - 3)])
        file.write('"CUT","17')
    found = read_since(path, START + timedelta(seconds=wanted))
    assert [record.linked_id for record in found] == [f"c{n}" for n in range(wanted, 10_000)]


def test_no_file_means_no_records(tmp_path: Path) -> None:
    assert read_since(tmp_path / "none.csv", START) == []
