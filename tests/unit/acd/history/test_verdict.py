"""How a call ended, by dial status, causes and who hung up."""

import pytest

from acd.core.history.channels import Leg, Party
from acd.core.history.dials import Dials
from acd.core.history.verdict import Judge, Result

pytestmark = pytest.mark.unit


def party(name: str, count: int) -> Party:
    made = Party(name, f"1.{count}", (1, count, count))
    made.ended_at = 90 + count
    return made


@pytest.mark.parametrize(
    ("status", "target_cause", "caller_cause", "expected"),
    [
        ("BUSY", 17, 17, "busy"),
        ("BUSY", 21, 21, "rejected"),  # 603 in chan_sip
        ("NOANSWER", 21, 16, "rejected"),  # 603 in PJSIP
        ("NOANSWER", 0, 16, "no-answer"),
        ("NOANSWER", 19, 19, "no-answer"),
        ("NOANSWER", 0, 17, "no-answer"),  # another phone of the group was busy
        ("CHANUNAVAIL", 21, 21, "rejected"),
        ("CHANUNAVAIL", 20, 20, "failed"),
        ("CHANUNAVAIL", 0, 17, "busy"),  # the dialplan said so
        ("CONGESTION", 34, 34, "failed"),
        ("CONGESTION", 1, 1, "failed"),
        ("CANCEL", 0, 0, "abandoned"),
        ("CANCEL", 127, 127, "abandoned"),
        ("CONTINUE", 16, 16, "no-answer"),  # answered, but the call was not accepted
        ("ANSWER", 16, 16, "no-answer"),  # answered, and gone before they were joined
        ("", None, 19, "no-answer"),
    ],
)
def test_unanswered_dial(status: str, target_cause: int | None, caller_cause: int, expected: Result) -> None:
    caller, phone = party("SIP/a-1", 1), party("SIP/b-2", 2)
    caller.cause, phone.cause = caller_cause, target_cause
    dials = Dials()
    legs = Leg("1.1", caller), Leg("1.2", phone)
    dials.begin(*legs, place=3)
    if status:
        dials.end(*legs, place=5, status=status)
    ending = Judge(dials, tells_who_hung_up=True).ending(caller, False, [phone], [caller, phone], talked=False)
    assert (ending.result, ending.answered, ending.cause) == (expected, False, caller_cause)


@pytest.mark.parametrize(
    ("up", "asked", "cause", "expected"),
    [
        (True, False, 16, "completed"),  # served by an application
        (True, True, 0, "completed"),
        (False, True, 127, "abandoned"),
        (False, False, 38, "failed"),
        (False, False, 17, "busy"),
    ],
)
def test_nobody_was_dialled(up: bool, asked: bool, cause: int, expected: Result) -> None:
    caller = party("SIP/a-1", 1)
    caller.up_at, caller.hangup_asked, caller.cause = 2 if up else None, asked, cause
    ending = Judge(Dials(), tells_who_hung_up=True).ending(caller, False, [], [caller], talked=False)
    assert (ending.result, ending.answered) == (expected, False)


@pytest.mark.parametrize(
    ("waiting", "told_abandoned", "asked", "tells", "expected"),
    [
        (True, False, True, True, "abandoned"),
        (False, True, True, True, "abandoned"),
        (False, True, False, True, "no-answer"),  # the queue gave up, and Asterisk calls that abandoned too
        (False, True, False, False, "abandoned"),  # nothing tells who hung up
        (False, False, False, True, "no-answer"),
    ],
)
def test_queue(waiting: bool, told_abandoned: bool, asked: bool, tells: bool, expected: Result) -> None:
    caller = party("SIP/a-1", 1)
    caller.up_at, caller.queue, caller.cause = 2, "bill", 16
    caller.waiting, caller.abandoned_queue, caller.hangup_asked = waiting, told_abandoned, asked
    ending = Judge(Dials(), tells).ending(caller, False, [], [caller], talked=False)
    assert ending.result == expected


def test_talk_is_completed_whatever_came_after() -> None:
    caller = party("SIP/a-1", 1)
    caller.cause = 17
    ending = Judge(Dials(), True).ending(caller, False, [], [caller], talked=True)
    assert (ending.result, ending.answered, ending.cause) == ("completed", True, 17)


def test_inner_dials_of_local_channels_do_not_count() -> None:
    """They end as CANCEL when the outer dial gives up."""
    caller, one, two, phone = (
        party(name, count) for count, name in enumerate(("SIP/a-1", "Local/x@y-1;1", "Local/x@y-1;2", "SIP/b-2"), 1)
    )
    dials = Dials()
    legs = [Leg(f"1.{count}", each) for count, each in enumerate((caller, one, two, phone), 1)]
    dials.begin(legs[0], legs[1], place=3)
    dials.begin(legs[2], legs[3], place=4)
    dials.end(legs[0], legs[1], place=7, status="NOANSWER")
    dials.end(legs[2], legs[3], place=8, status="CANCEL")
    ending = Judge(dials, True).ending(caller, False, [phone], [caller, one, two, phone], talked=False)
    assert ending.result == "no-answer"


@pytest.mark.parametrize(
    ("up", "cause", "expected"), [(True, 16, "completed"), (False, 19, "no-answer"), (False, 17, "busy")]
)
def test_leg_called_for_its_own_sake(up: bool, cause: int, expected: Result) -> None:
    called = party("SIP/a-1", 1)
    called.up_at, called.cause = 2 if up else None, cause
    dials = Dials()
    dials.begin(None, Leg("1.1", called), place=1)
    ending = Judge(dials, True).ending(called, True, [], [called], talked=False)
    assert (ending.result, ending.answered) == (expected, up)


def test_cause_of_the_callee_when_the_callers_is_not_known() -> None:
    caller, phone = party("SIP/a-1", 1), party("SIP/b-2", 2)
    phone.cause = 16
    assert Judge(Dials(), True).ending(caller, False, [phone], [caller, phone], talked=True).cause == 16
