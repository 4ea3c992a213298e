"""A call's row out of its events, in whatever order and how often they come."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.calls.projection import tell
from tests.support.events import NOON, Stream

pytestmark = pytest.mark.unit


def answered() -> list[Any]:
    return list(Stream().answered_call("n1-1.1"))


def test_an_answered_call() -> None:
    story = tell(answered())
    assert (story.call_id, story.direction, story.did, story.caller_number) == (
        "n1-1.1",
        "inbound",
        "10010",
        "13900000001",
    )
    assert (story.queue, story.agent_no, story.decision) == ("general", "8001", "idle longest")
    assert (story.wait_ms, story.ring_ms, story.talk_ms, story.hold_ms) == (9000, 5000, 60_000, 10_000)
    assert (story.customer_id, story.auth_level, story.satisfaction) == ("C000001", 1, 1)
    assert (story.abandon_stage, story.hangup_side, story.hangup_cause) == (None, "agent", 16)
    assert story.offered_at == NOON + timedelta(seconds=1)
    assert story.connected_at is not None
    assert story.ended_at is not None
    assert [step["node"] for step in story.ivr_path] == ["menu/main"]
    assert not story.incomplete


@given(st.permutations(range(13)), st.lists(st.integers(0, 12), max_size=6))
def test_order_and_repetition_do_not_matter(order: list[int], again: list[int]) -> None:
    events = answered()
    shuffled = [events[index] for index in order] + [events[index] for index in again]
    assert tell(shuffled) == tell(events)


def test_a_missed_ring_frees_the_call_for_the_next_agent() -> None:
    stream = Stream()
    stream.add("call.offered", call_id="c", direction="inbound", did="10010")
    stream.add("call.queued", call_id="c", queue="bill", priority=0, position=1)
    stream.add("call.agent_ringing", call_id="c", queue="bill", agent_id="8001", decision="first")
    stream.add("call.agent_missed", 15, call_id="c", queue="bill", agent_id="8001", ring_ms=15_000, cause="no answer")
    events: list[Any] = stream.events
    assert (tell(events).agent_no, tell(events).missed_rings) == (None, 1)
    stream.add("call.agent_ringing", call_id="c", queue="bill", agent_id="8002", decision="second")
    stream.add("call.connected", 2, call_id="c", queue="bill", agent_id="8002", wait_ms=19_000, ring_ms=2000)
    assert (tell(events).agent_no, tell(events).decision, tell(events).wait_ms) == ("8002", "second", 19_000)


def test_an_abandoned_call() -> None:
    stream = Stream()
    stream.add("call.offered", call_id="c", direction="inbound", did="10010")
    stream.add("call.queued", call_id="c", queue="bill", priority=0, position=1)
    stream.add("call.abandoned", 30, call_id="c", stage="queue", queue="bill", wait_ms=30_000)
    stream.add("call.ended", call_id="c", hangup_side="customer", hangup_cause=16)
    story = tell(stream.events)  # type: ignore[arg-type]
    assert (story.abandon_stage, story.wait_ms, story.connected_at, story.agent_no) == ("queue", 30_000, None, None)


def test_identity_only_gets_better() -> None:
    stream = Stream()
    stream.add("call.offered", call_id="c", direction="inbound", did="10010")
    stream.add("call.identified", call_id="c", customer_id="C000002", auth_level=2)
    stream.add("call.identified", call_id="c", customer_id="C000001", auth_level=1)
    story = tell(stream.events)  # type: ignore[arg-type]
    assert (story.customer_id, story.auth_level) == ("C000002", 2)


def test_a_call_without_a_beginning_is_incomplete() -> None:
    events = answered()
    assert tell(events[6:]).incomplete
    assert tell(events[6:]).offered_at == events[6].at


def test_the_first_request_and_the_first_wait_count() -> None:
    stream = Stream()
    stream.add("call.offered", call_id="c", direction="inbound", did="10010")
    first = stream.add("call.queued", call_id="c", queue="bill", priority=0, position=1)
    stream.add("call.connected", 3, call_id="c", queue="bill", agent_id="8001", wait_ms=3000, ring_ms=900)
    stream.add("call.transferred", 30, call_id="c", kind="blind", by="8001", to="8002")
    stream.add("call.queued", call_id="c", queue="vip", priority=0, position=1)
    stream.add("call.connected", 5, call_id="c", queue="vip", agent_id="8002", wait_ms=5000, ring_ms=900)
    story = tell(stream.events)  # type: ignore[arg-type]
    assert (story.queued_at, story.wait_ms, story.agent_no) == (first.at, 3000, "8002")
    assert story.transfers == [{"kind": "blind", "by": "8001", "to": "8002"}]


def test_a_survey_answered_twice_counts_once() -> None:
    stream = Stream()
    stream.add("call.offered", call_id="c", direction="inbound", did="10010")
    stream.add("call.surveyed", call_id="c", agent_id="8001", satisfaction=3)
    stream.add("call.surveyed", 3, call_id="c", agent_id="8001", satisfaction=3, dissatisfaction_reason="attitude")
    stream.add("call.surveyed", 9, call_id="c", agent_id="8001", satisfaction=1)
    story = tell(stream.events)  # type: ignore[arg-type]
    assert (story.satisfaction, story.dissatisfaction_reason) == (3, "attitude")
