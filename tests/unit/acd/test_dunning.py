"""Outbound attempts: the gate before the dial, and exactly one result however the dial ends."""

from datetime import timedelta

import pytest

from acd.adapters.ami_actions import originate
from acd.contracts import events
from acd.contracts.ids import AttemptId
from acd.contracts.vocabulary import AttemptCode, BlockRule, Direction
from acd.core import facts
from acd.core.effects import Hangup, Originate, Redirect
from tests.support.floor import NODE, Floor, caller_channel
from tests.support.floor_dials import cancel_dial, debtor_answers, dial, dial_ends, dial_opens, dial_rings, judged

pytestmark = pytest.mark.unit

C = AttemptCode


@pytest.fixture
def floor() -> Floor:
    return Floor()


def results(floor: Floor) -> list[tuple[str, AttemptCode, BlockRule | None]]:
    return [(event.attempt_id, event.code, event.rule) for event in floor.all_of(events.AttemptFinished)]


def test_an_attempt_from_the_command_to_the_promise(floor: Floor) -> None:
    assert dial(floor, "a1").ok
    assert floor.actions(Originate) == [Originate(NODE, AttemptId("a1"), "n1-a1", "13900000002", "zh", 30)]
    dial_opens(floor, "a1")
    dial_rings(floor, "a1")
    floor.pass_time(5)
    debtor_answers(floor, "a1")
    floor.pass_time(12)
    judged(floor, "a1", C.PROMISE)
    floor.pass_time(3)
    floor.caller_leg_ends("n1-a1")
    finished = floor.last(events.AttemptFinished)
    assert (finished.code, finished.talk_ms, finished.call_id) == (C.PROMISE, 12_000, "n1-a1")
    offered = floor.last(events.CallOffered)
    assert (offered.direction, offered.did, offered.caller_number) == (Direction.OUTBOUND, "10010", "13900000002")
    assert floor.call_events("n1-a1") == ["call.offered", "call.ended"]
    assert len(results(floor)) == 1
    assert floor.records == {}


def test_a_debtor_is_dialled_in_the_language_the_command_names(floor: Floor) -> None:
    dial(floor, "a1", language="en")
    (action,) = floor.actions(Originate)
    assert originate(action)["Variable"] == ["__CC_ATTEMPT_ID=a1", "__CC_LANGUAGE=en"]


@pytest.mark.parametrize(
    ("cause", "rang", "code"),
    [
        (17, True, C.BUSY),
        (21, False, C.REJECTED),
        (1, False, C.EMPTY_NUMBER),
        (28, False, C.EMPTY_NUMBER),
        (18, False, C.POWER_OFF),
        (20, False, C.POWER_OFF),
        (19, True, C.NO_ANSWER),
        (34, False, C.CONGESTION),
        (38, False, C.CONGESTION),
        (0, True, C.NO_ANSWER),
        (0, False, C.CONGESTION),
        (127, True, C.NO_ANSWER),
    ],
)
def test_what_an_unanswered_dial_came_to(floor: Floor, cause: int, rang: bool, code: AttemptCode) -> None:
    dial(floor, "a1")
    dial_opens(floor, "a1")
    if rang:
        dial_rings(floor, "a1")
    dial_ends(floor, "a1", cause)
    finished = floor.last(events.AttemptFinished)
    assert (finished.code, finished.hangup_cause, finished.call_id) == (code, cause, None)


@pytest.mark.parametrize("first", ["hangup", "response"])
def test_the_order_of_hangup_and_originate_response_does_not_matter(floor: Floor, first: str) -> None:
    """Both orders were seen on one Asterisk within seconds; only the hang-up knows the cause."""
    dial(floor, "a1")
    dial_opens(floor, "a1")
    response = facts.OriginateFailed(floor.now, NODE, AttemptId("a1"), 0)
    if first == "response":
        floor.tell(response)
    dial_ends(floor, "a1", 17)
    if first == "hangup":
        floor.tell(response)
    assert results(floor) == [("a1", C.BUSY, None)]


def test_a_dial_without_any_channel_fails_by_the_response(floor: Floor) -> None:
    dial(floor, "a1")
    floor.tell(facts.OriginateFailed(floor.now, NODE, AttemptId("a1"), 0))
    assert results(floor) == [("a1", C.CONGESTION, None)]


def test_a_dial_nobody_hears_of_again_ends_by_time(floor: Floor) -> None:
    dial(floor, "a1")
    dial_opens(floor, "a1")
    dial_rings(floor, "a1")
    floor.pass_time(46)
    assert results(floor) == [("a1", C.NO_ANSWER, None)]


def test_hanging_up_before_the_menu_has_judged(floor: Floor) -> None:
    dial(floor, "a1")
    debtor_answers(floor, "a1")
    floor.pass_time(4)
    floor.caller_hangs_up("n1-a1")
    assert results(floor) == [("a1", C.HANGUP_EARLY, None)]
    assert not floor.all_of(events.CallAbandoned)


def test_an_answered_debtor_who_wants_an_agent_is_a_waiting_caller(floor: Floor) -> None:
    floor.login("8001", queues=("dunning",))
    dial(floor, "a1")
    debtor_answers(floor, "a1")
    judged(floor, "a1", C.TO_AGENT)
    floor.waits("n1-a1", queue="dunning")
    assert [redirect.channel for redirect in floor.actions(Redirect)] == [caller_channel("n1-a1")]
    floor.rings("8001", "n1-a1")
    floor.answers("8001", "n1-a1")
    floor.pass_time(60)
    floor.caller_hangs_up("n1-a1")
    assert floor.last(events.CallEnded).talk_ms == 60_000
    assert results(floor) == [("a1", C.TO_AGENT, None)]


def test_a_blocked_debtor_is_not_dialled(floor: Floor) -> None:
    assert dial(floor, "a1", do_not_call=True).ok
    assert results(floor) == [("a1", C.BLOCKED, BlockRule.DO_NOT_CALL)]
    assert not floor.actions(Originate)
    assert not floor.all_of(events.AttemptStarted)


def test_paid_between_the_command_and_the_dial(floor: Floor) -> None:
    dial(floor, "a1", owed_yuan="0.00")
    assert results(floor) == [("a1", C.BLOCKED, BlockRule.PAID)]


def test_a_late_command_is_refused_and_told_as_a_result(floor: Floor) -> None:
    done = dial(floor, "a1", valid_seconds=-1)
    assert (done.ok, done.code) == (False, "command.late")
    assert results(floor) == [("a1", C.BLOCKED, BlockRule.LATE_COMMAND)]
    assert not floor.actions(Originate)


def test_a_command_of_the_evening_is_not_done_at_night(floor: Floor) -> None:
    floor.now += timedelta(hours=12)
    dial(floor, "a1")
    assert results(floor) == [("a1", C.BLOCKED, BlockRule.OUT_OF_HOURS)]


def test_an_unknown_time_zone_is_refused(floor: Floor) -> None:
    assert dial(floor, "a1", timezone="Asia/Nowhere").code == "dialer.unknown_timezone"
    assert dial(floor, "a2", timezone="../../etc/passwd").code == "dialer.unknown_timezone"
    assert not results(floor)


def test_the_same_attempt_twice_is_refused(floor: Floor) -> None:
    dial(floor, "a1")
    assert dial(floor, "a1").code == "attempt.repeated"
    assert len(floor.actions(Originate)) == 1


def test_without_a_node_nothing_is_dialled(floor: Floor) -> None:
    floor.link_lost()
    assert dial(floor, "a1").code == "dialer.no_line"
    assert not floor.all_of(events.AttemptStarted)


@pytest.mark.parametrize("channel_known", [True, False])
def test_a_cancelled_dial_is_hung_up(floor: Floor, channel_known: bool) -> None:
    dial(floor, "a1")
    if channel_known:
        dial_opens(floor, "a1")
    assert cancel_dial(floor, "a1").ok
    if not channel_known:
        dial_opens(floor, "a1")
    assert len(floor.actions(Hangup)) == 1
    dial_ends(floor, "a1", 16)
    assert results(floor) == [("a1", C.BLOCKED, BlockRule.PAID)]


def test_what_cannot_be_cancelled(floor: Floor) -> None:
    assert cancel_dial(floor, "ghost").code == "attempt.unknown"
    dial(floor, "a1")
    debtor_answers(floor, "a1")
    assert cancel_dial(floor, "a1").code == "attempt.wrong_state"


def test_an_answer_of_no_open_attempt_is_no_call(floor: Floor) -> None:
    debtor_answers(floor, "ghost")
    judged(floor, "ghost", C.PROMISE)
    assert floor.events == []
