"""Recordings that were cut, doubled or mixed up: never a crash, always whole records, and doubling changes nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acd.core.history import AmiEvent, History, parse_lines

pytestmark = pytest.mark.replay

KEYS = {
    "call_id", "caller", "callee", "caller_channel", "direction", "started", "answered", "rang", "talked", "transfers",
    "queue", "result", "hangup_cause", "incomplete",
}  # fmt: skip
RESULTS = {"completed", "no-answer", "busy", "rejected", "abandoned", "failed"}
TRACES = sorted(Path(__file__).with_name("traces").rglob("*.ami"))
CHECK = settings(max_examples=80)


def load(trace: Path) -> list[AmiEvent]:
    return list(parse_lines(trace.read_text(encoding="utf-8").splitlines(keepends=True)))


STREAMS = {f"{trace.parent.name}/{trace.stem}": load(trace) for trace in TRACES}
names = st.sampled_from(sorted(STREAMS))


def replay(events: list[AmiEvent]) -> list[dict[str, object]]:
    history = History()
    for event in events:
        history.feed(event)
    return [json.loads(json.dumps(call.as_dict())) for call in history.calls()]


def check_records(calls: list[dict[str, object]]) -> None:
    for call in calls:
        assert set(call) == KEYS
        assert call["result"] in RESULTS
        assert call["direction"] in {"inbound", "outbound", "internal", None}
        assert isinstance(call["incomplete"], bool)
        assert isinstance(call["answered"], bool)
        names = [call["caller_channel"], *list_of(call["rang"]), *list_of(call["talked"])]
        assert not any(str(name).startswith("Local/") for name in names)
        assert call["caller_channel"] not in list_of(call["talked"])


def list_of(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


@CHECK
@given(names, st.data())
def test_shuffled(name: str, data: st.DataObject) -> None:
    events = STREAMS[name]
    order = data.draw(st.permutations(range(len(events))))
    check_records(replay([events[place] for place in order]))


@CHECK
@given(names, st.data())
def test_cut_at_both_ends(name: str, data: st.DataObject) -> None:
    events = STREAMS[name]
    start = data.draw(st.integers(0, len(events)))
    stop = data.draw(st.integers(start, len(events)))
    part = replay(events[start:stop])

    check_records(part)
    whole = replay(events)
    wrong = [call for call in part if call not in whole]
    assert all(call["incomplete"] for call in wrong)


@CHECK
@given(names, st.data())
def test_events_lost(name: str, data: st.DataObject) -> None:
    events = STREAMS[name]
    lost = data.draw(st.sets(st.integers(0, len(events) - 1)))
    check_records(replay([event for place, event in enumerate(events) if place not in lost]))


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_doubled_events_change_nothing(name: str) -> None:
    events = STREAMS[name]
    assert replay([event for event in events for _ in range(2)]) == replay(events)


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_stream_recorded_twice_changes_nothing(name: str) -> None:
    events = STREAMS[name]
    assert replay(events + events) == replay(events)


@CHECK
@given(names, st.data())
def test_late_copies_change_nothing(name: str, data: st.DataObject) -> None:
    events = STREAMS[name]
    copied = data.draw(st.sets(st.integers(0, len(events) - 1), max_size=20))
    doubled = list(events)
    for place in sorted(copied, reverse=True):
        doubled.insert(data.draw(st.integers(place + 1, len(doubled))), events[place])
    assert replay(doubled) == replay(events)


HEADERS = [
    "Event", "Channel", "Uniqueid", "DestChannel", "DestUniqueid", "Newname", "BridgeUniqueid", "Linkedid", "Timestamp",
    "Channel1", "Channel2", "Uniqueid1", "Uniqueid2", "SwapUniqueid", "Cause", "ChannelState", "Queue", "Clone",
    "Original", "TransfererChannel", "TransfereeChannel", "OrigTransfererChannel", "SecondTransfererChannel",
]  # fmt: skip
VALUES = [
    "Newchannel", "Newstate", "Rename", "Masquerade", "Bridge", "BridgeEnter", "BridgeLeave", "Hangup", "DialBegin",
    "DialEnd", "AttendedTransfer", "BlindTransfer", "Transfer", "Pickup", "AgentCalled", "LocalBridge", "UserEvent",
    "SIP/a-1", "SIP/b-2", "SIP/a-1<MASQ>", "SIP/b-2<ZOMBIE>", "Local/x@y-1;1", "Local/x@y-1;2", "1.1", "1.2", "x",
    "6", "5", "16", "99999999999999999999", "1e9", "",
]  # fmt: skip


@CHECK
@given(st.lists(st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(VALUES))))
def test_events_of_nonsense(headers: list[dict[str, str]]) -> None:
    check_records(replay([AmiEvent(item) for item in headers]))
