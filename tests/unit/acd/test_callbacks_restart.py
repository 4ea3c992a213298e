"""Promises through restarts of the ACD and lost links: none forgotten, none dialled twice."""

import pytest

from acd.contracts.dialplan import Context
from acd.contracts.events import (
    CallbackMissed,
    CallOffered,
)
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import AgentState, CallbackEnd, Direction
from acd.core.facts import LegState
from tests.support.floor import caller_channel
from tests.support.promises import (
    FIRST,
    books,
    called,
    closed,
    customer_answers,
    customer_waits,
    delivered,
    dials,
    live_leg,
    promising,
)

pytestmark = pytest.mark.unit


def test_an_open_promise_survives_and_is_dialled_once() -> None:
    floor = promising()
    books(floor)
    after = floor.killed()
    after.login("8001")
    after.forget()
    after.pass_time(1)
    assert dials(after) == []  # not in step with the node yet
    after.resync()
    after.pass_time(1)
    assert len(dials(after)) == 1
    after.pass_time(20)
    assert len(dials(after)) == 1


@pytest.mark.parametrize("written_only", [True, False])
def test_killed_while_it_dials_it_does_not_dial_again(written_only: bool) -> None:
    """Whether or not the dial was made before the crash: the next one comes only after the gap."""
    floor = promising()
    books(floor)
    floor.login("8001")
    if not written_only:
        floor.pass_time(1)
    after = floor.killed()
    ringing = () if written_only else (live_leg(FIRST, "", LegState.RINGING),)
    after.resync(*ringing)
    after.pass_time(10)
    assert dials(after) == []
    if written_only:
        assert after.last(CallbackMissed).cause == "lost"
        assert after.state_of("8001") is AgentState.READY
    else:
        assert after.state_of("8001") is AgentState.RESERVED
        customer_answers(after, FIRST)
        customer_waits(after, FIRST)
        assert delivered(after) == [(caller_channel(FIRST), "8001")]


def test_answered_while_nobody_watched() -> None:
    floor = promising()
    called(floor)
    after = floor.killed()
    after.resync(live_leg(FIRST, Context.WAITING))
    assert delivered(after) == [(caller_channel(FIRST), "8001")]
    assert after.last(CallOffered).direction is Direction.OUTBOUND
    after.pass_time(1)
    assert dials(after) == []


def test_answered_and_over_while_nobody_watched_is_not_called_again() -> None:
    floor = promising()
    called(floor)
    customer_answers(floor, FIRST)
    after = floor.killed()
    after.resync()
    assert closed(after) == [("c1", CallbackEnd.TALKED)]
    assert after.world.agents[AgentId("8001")].state is AgentState.READY


def test_without_a_line_nobody_is_called() -> None:
    floor = promising()
    books(floor)
    floor.link_lost()
    floor.login("8001")
    floor.pass_time(5)
    assert dials(floor) == []
    assert floor.state_of("8001") is AgentState.READY
    floor.resync()
    floor.pass_time(1)
    assert len(dials(floor)) == 1
