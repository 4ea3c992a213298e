"""Stints, story and floor view of calls that were transferred, shared and listened to, in any order of events."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.events import CallEvent, CallEventBase
from agent_api.calls import service as calls
from agent_api.calls.projection import CallStory, tell
from agent_api.calls.view import call_detail
from agent_api.supervision.floor import floor_row
from tests.support.events import NOON, Stream

pytestmark = pytest.mark.unit

CALL = "n1-1.1"


class Told:
    """Events of one call, and what they tell."""

    def __init__(self) -> None:
        self.stream = Stream()
        self.add("offered", direction="inbound", did="10010", caller_number="13900000001")
        self.add("queued", queue="bill", priority=0, position=1)
        self.rings("8001")

    def add(self, what: str, seconds: float = 1, /, **fields: Any) -> None:
        self.stream.add(f"call.{what}", seconds, call_id=CALL, **fields)

    def rings(self, agent: str) -> None:
        why = [{"code": "longest_idle", "values": {"seconds": "40"}}]
        self.add("agent_ringing", queue="bill", agent_id=agent, decision="空闲最久", why=why)
        self.add("connected", 2, queue="bill", agent_id=agent, wait_ms=3000, ring_ms=2000)

    def ends(self, talk: float, hold: float = 0, agent: str = "8001", seconds: float = 60) -> None:
        self.add("ended", seconds, hangup_side="customer", hangup_cause=16, agent_id=agent,
                 talk_ms=round(talk * 1000), hold_ms=round(hold * 1000))  # fmt: skip

    @property
    def events(self) -> list[CallEvent]:
        return [event for event in self.stream.events if isinstance(event, CallEventBase)]

    @property
    def story(self) -> CallStory:
        return tell(self.events)


def attended() -> Told:
    """8001 talks 20 s, holds 5, asks 8002 for 10 s and hands over; 8002 talks 60 s."""
    told = Told()
    told.add("held", 20, agent_id="8001")
    told.add("resumed", 5, agent_id="8001", hold_ms=5000)
    told.add("consulting", 0, agent_id="8001", to_kind="agent", to="8002")
    told.add("transferred", 10, kind="attended", by="8001", to="8002", to_kind="agent", note="查账单")
    told.add("consult_over", 0, agent_id="8001", end="transferred", consult_ms=10_000)
    told.add("connected", 0, queue="bill", agent_id="8002", wait_ms=0, ring_ms=0)
    return told


def test_one_agent_is_one_stint_with_the_times_of_the_call() -> None:
    told = Told()
    told.ends(57, 3)
    (leg,) = told.story.legs
    assert (leg.agent_no, leg.wait_ms, leg.talk_ms, leg.hold_ms) == ("8001", 3000, 57_000, 3000)


def test_an_attended_transfer_makes_two_stints_that_add_up() -> None:
    told = attended()
    told.ends(80, 5, "8002")
    first, second = told.story.legs
    assert (first.agent_no, first.talk_ms, first.hold_ms, first.consult_ms) == ("8001", 20_000, 5000, 10_000)
    assert (second.agent_no, second.talk_ms, second.hold_ms, second.ended_at) == (
        "8002",
        60_000,
        0,
        told.story.ended_at,
    )
    assert first.ended_at == second.connected_at
    assert (told.story.talk_ms, told.story.hold_ms, told.story.agent_no) == (80_000, 5000, "8002")


def test_a_caller_sent_back_to_the_queue_is_a_new_stint_of_the_next_agent() -> None:
    told = Told()
    told.add("transferred", 30, kind="blind", by="8001", to="complaint", to_kind="queue")
    told.add("queued", queue="complaint", priority=10, position=1)
    told.rings("8003")
    told.ends(90, 0, "8003")
    assert [(leg.agent_no, leg.talk_ms) for leg in told.story.legs] == [("8001", 30_000), ("8003", 60_000)]


def test_taking_over_is_a_stint_of_the_supervisor() -> None:
    told = Told()
    told.add("taken_over", 10, supervisor="8101", agent_id="8001")
    told.add("connected", 0, queue="bill", agent_id="8101", wait_ms=0, ring_ms=0)
    told.ends(70, 0, "8101")
    assert [(leg.agent_no, leg.talk_ms) for leg in told.story.legs] == [("8001", 10_000), ("8101", 60_000)]


def test_a_conference_leaves_the_stint_with_its_owner_until_he_goes() -> None:
    told = Told()
    told.add("consulting", 10, agent_id="8001", to_kind="agent", to="8002")
    told.add("consult_over", 5, agent_id="8001", end="conference", consult_ms=5000)
    told.add("conference_changed", 0, parties=["8001", "8002"])
    assert told.story.live is not None
    assert (told.story.live.state, told.story.live.conference) == ("conference", ("8001", "8002"))
    told.add("transferred", 20, kind="attended", by="8001", to="8002", to_kind="agent")
    told.add("conference_changed", 0, parties=[])
    told.add("connected", 0, queue="bill", agent_id="8002", wait_ms=0, ring_ms=0)
    told.ends(90, 0, "8002")
    assert [(leg.agent_no, leg.talk_ms) for leg in told.story.legs] == [("8001", 30_000), ("8002", 60_000)]


def test_every_decision_is_kept_with_its_reasons() -> None:
    told = Told()
    told.add("transferred", 30, kind="blind", by="8001", to="8002", to_kind="agent")
    told.rings("8002")
    row = call_detail(calls.row_of(told.story), [], [], False, None, {})
    assert [(each.agent_no, each.text, each.why[0].code) for each in row.decisions] == [
        ("8001", "空闲最久", "longest_idle"), ("8002", "空闲最久", "longest_idle")]  # fmt: skip


def test_the_story_is_told_step_by_step_and_hides_numbers_outside() -> None:
    told = Told()
    told.add("help_wanted", agent_id="8001", note="要主管")
    told.add("spied", supervisor="8101", mode="whisper")
    told.add("spied", supervisor="8101", mode=None)
    told.add("consulting", agent_id="8001", to_kind="external", to="13800138000")
    told.add("consult_over", agent_id="8001", end="not_reached", consult_ms=4000)
    told.add("agent_lost", agent_id="8001")
    told.add("agent_back", 3, agent_id="8001", away_ms=3000)
    told.add("recording_changed", state="paused", file="x.wav", reason="secret")
    told.add(
        "overflowed", from_queue="bill", to_queue="general", reason={"code": "waited", "values": {"seconds": "30"}}
    )
    told.add("redirected", queue="bill", to_kind="queue", to="vip", by="8101")
    told.add("queue_left", queue="bill", how="callback", wait_ms=9000)
    row = call_detail(calls.row_of(told.story), [], [], True, None, {})
    assert [(step.kind, step.by, step.how) for step in row.story] == [
        ("help", "8001", None), ("spied", "8101", "whisper"), ("spied", "8101", "gone"), ("consulting", "8001", None),
        ("consult_over", "8001", "not_reached"), ("agent_lost", "8001", None), ("agent_back", "8001", None),
        ("recording", None, "paused"), ("overflowed", None, None), ("redirected", "8101", None),
        ("queue_left", None, "callback"),
    ]  # fmt: skip
    assert row.story[3].to == "138****8000"
    assert row.story[8].reason is not None
    assert row.queue_exit == "callback"


def test_the_floor_sees_what_goes_on_now() -> None:
    told = Told()
    told.add("help_wanted", agent_id="8001", note="要主管")
    row = floor_row(told.story, "js")
    assert row is not None
    assert (row["state"], row["agent_no"], row["center_id"], row["caller_masked"]) == (
        "talking",
        "8001",
        "js",
        "139****0001",
    )
    assert row["help"]["note"] == "要主管"
    told.add("spied", supervisor="8101", mode="listen", hears="8001")
    told.add("consulting", agent_id="8001", to_kind="external", to="13800138000")
    row = floor_row(told.story, "js")
    assert row is not None
    assert (row["help"], row["spies"]) == (None, [{"supervisor": "8101", "mode": "listen", "hears": "8001"}])
    assert (row["state"], row["consulting"]) == ("consulting", "138****8000")
    told.ends(10)
    assert floor_row(told.story, "js") is None


def test_the_state_of_the_next_agent_begins_with_the_transfer() -> None:
    told = attended()
    assert told.story.live is not None
    assert (told.story.live.agent_no, told.story.live.since) == ("8002", told.stream.at)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("queue_left", {"queue": "bill", "how": "message", "wait_ms": 5000}),
        ("abandoned", {"stage": "queue", "queue": "bill", "wait_ms": 5000}),
        ("transferred", {"kind": "blind", "by": "8001", "to": "13800138000", "to_kind": "external"}),
    ],
)
def test_who_left_is_not_on_the_floor(kind: str, fields: dict[str, Any]) -> None:
    told = Told()
    told.add(kind, **fields)
    assert told.story.live is None


@given(st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(random: Any) -> None:
    told = attended()
    told.add("help_wanted", agent_id="8002", note="x")
    told.ends(80, 5, "8002")
    shuffled = [*told.events, *told.events[3:7]]
    random.shuffle(shuffled)
    assert tell(shuffled) == told.story


@given(st.lists(st.sampled_from(["transfer", "queue", "hold", "consult", "over"]), max_size=8), st.integers(0, 500))
def test_stints_always_add_up_to_the_call(steps: list[str], talk: int) -> None:
    told, agents = Told(), ["8001", "8002", "8003"]
    for step in steps:
        agent = told.story.legs[-1].agent_no
        following = agents[(agents.index(agent) + 1) % 3]
        match step:
            case "transfer":
                told.add("transferred", 7, kind="attended", by=agent, to=following, to_kind="agent")
                told.add("connected", 0, queue="bill", agent_id=following, wait_ms=0, ring_ms=0)
            case "queue":
                told.add("transferred", 9, kind="blind", by=agent, to="bill", to_kind="queue")
                told.rings(following)
            case "hold":
                told.add("resumed", 4, agent_id=agent, hold_ms=3000)
            case "consult":
                told.add("consult_over", 6, agent_id=agent, end="returned", consult_ms=5000)
            case _:
                told.add("taken_over", 5, supervisor=following, agent_id=agent)
    told.ends(talk, 2)
    story = told.story
    assert story.talk_ms == sum(leg.talk_ms for leg in story.legs)
    assert story.hold_ms == sum(leg.hold_ms for leg in story.legs)
    assert all(leg.talk_ms >= 0 and leg.ended_at is not None for leg in story.legs)
    assert story.legs[0].connected_at == NOON + timedelta(seconds=5)
