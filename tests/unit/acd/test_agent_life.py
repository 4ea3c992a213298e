"""An agent's day: limits of pauses, missed rings, the supervisor's word, queues live, desks that go and move."""

import pytest

from acd.contracts import events
from acd.contracts.commands import (
    AssignAgent,
    LogoutAgent,
    PauseAgent,
    WrapUpAgent,
)
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core.effects import AddMember, Redirect, RemoveMember
from acd.core.errors import Code
from tests.support.floor import Floor
from tests.support.floor_agents import agent, asks, limited_floor

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    return limited_floor()


def misses(floor: Floor, call_id: str) -> None:
    """The phone rings in vain; the dialplan brings the caller back."""
    floor.rings("8001", call_id)
    floor.pass_time(15)
    floor.phone_closes("8001", call_id)
    floor.waits(call_id)


# ---- missed rings -------------------------------------


def test_only_the_second_missed_ring_in_a_row_pauses(floor: Floor) -> None:
    floor.waits("c1")
    misses(floor, "c1")
    assert (floor.state_of("8001"), agent(floor).misses) == (S.RESERVED, 1)  # nobody else is there: rung again
    misses(floor, "c1")
    assert (floor.state_of("8001"), agent(floor).reason) == (S.PAUSED, PauseReason.RONA)


def test_who_missed_a_ring_is_the_last_to_be_rung(floor: Floor) -> None:
    floor.pass_time(100)
    floor.login("8002")
    floor.waits("c1")
    floor.forget()
    misses(floor, "c1")
    assert [action.exten for action in floor.actions(Redirect)] == ["8002"]
    assert floor.state_of("8001") is S.READY


@pytest.mark.parametrize("between", ["answer", "sign-in", "pause"])
def test_the_count_begins_anew(floor: Floor, between: str) -> None:
    floor.waits("c1")
    misses(floor, "c1")
    if between == "answer":
        floor.talks("8001", "c1")
    elif between == "sign-in":
        floor.caller_hangs_up("c1")
        floor.logout("8001")
        floor.login("8001")
    else:
        misses(floor, "c1")
        assert agent(floor).state is S.PAUSED
    assert agent(floor).misses == 0


def test_a_phone_that_cannot_be_reached_counts_at_once(floor: Floor) -> None:
    floor.waits("c1")
    floor.waits("c1")  # back at once: never dialled
    assert (floor.state_of("8001"), agent(floor).reason) == (S.PAUSED, PauseReason.UNREACHABLE)


# ---- pauses -------------------------------------------


def test_no_more_agents_at_table_than_may(floor: Floor) -> None:
    floor.login("8002")
    assert floor.pause("8001", PauseReason.MEAL).ok
    assert floor.pause("8001", PauseReason.MEAL).ok  # it is his own place
    assert floor.pause("8002", PauseReason.MEAL).code == Code.AGENT_PAUSE_LIMIT
    assert floor.state_of("8002") is S.READY
    assert asks(floor, PauseAgent, "8002", reason="meal", by="8101").ok
    assert floor.state_of("8002") is S.PAUSED


def test_a_meal_asked_for_during_a_call_takes_a_place(floor: Floor) -> None:
    floor.talks("8001", "c1")
    floor.login("8002")
    assert floor.pause("8001", PauseReason.MEAL).ok
    assert floor.pause("8002", PauseReason.MEAL).code == Code.AGENT_PAUSE_LIMIT


def test_a_pause_that_lasts_too_long_is_told_once(floor: Floor) -> None:
    floor.pause("8001", PauseReason.BREAK)
    since = agent(floor).since
    floor.pass_time(119)
    assert not floor.all_of(events.AgentPauseOverdue)
    floor.pass_time(1000)
    overdue = floor.last(events.AgentPauseOverdue)
    assert (overdue.agent_id, overdue.reason, overdue.since) == ("8001", PauseReason.BREAK, since)
    assert len(floor.all_of(events.AgentPauseOverdue)) == 1
    assert floor.state_of("8001") is S.PAUSED


def test_another_reason_has_another_limit_and_ready_has_none(floor: Floor) -> None:
    floor.pause("8001", PauseReason.BREAK)
    floor.pause("8001", PauseReason.MEAL)
    floor.pass_time(599)
    assert not floor.all_of(events.AgentPauseOverdue)
    floor.ready("8001")
    floor.pass_time(1000)
    assert not floor.all_of(events.AgentPauseOverdue)
    assert agent(floor).pause_until is None


def test_a_restart_does_not_forget_the_clock(floor: Floor) -> None:
    floor.pause("8001", PauseReason.BREAK)
    after = floor.killed(away_seconds=60)
    after.pass_time(61)
    assert len(after.all_of(events.AgentPauseOverdue)) == 1


# ---- the supervisor's word ----------------------------


def test_who_forced_a_state_is_told(floor: Floor) -> None:
    asks(floor, PauseAgent, reason="training", by="8101")
    assert floor.last(events.AgentStateChanged).by == "8101"
    floor.ready("8001")
    assert floor.last(events.AgentStateChanged).by == ""
    asks(floor, LogoutAgent, by="8101")
    assert (floor.state_of("8001"), floor.last(events.AgentStateChanged).by) == (S.LOGGED_OUT, "8101")


def test_a_forced_sign_out_waits_for_the_end_of_the_call(floor: Floor) -> None:
    floor.talks("8001", "c1")
    asks(floor, LogoutAgent, by="8101")
    assert floor.state_of("8001") is S.TALKING
    floor.agent_hangs_up("8001", "c1")
    assert (floor.state_of("8001"), agent(floor).by) == (S.WRAP_UP, "")
    floor.pass_time(60)
    assert (floor.state_of("8001"), floor.last(events.AgentStateChanged).by) == (S.LOGGED_OUT, "8101")


def test_queues_and_skills_change_in_the_middle_of_a_call(floor: Floor) -> None:
    floor.talks("8001", "c1")
    assert asks(floor, AssignAgent, queues=["bill"], skills={"bill": 5}, by="8101").ok
    moved = [type(action) for action in floor.effects if isinstance(action, AddMember | RemoveMember)]
    assert moved == [RemoveMember, AddMember]
    floor.agent_hangs_up("8001", "c1")
    floor.ready("8001")
    floor.waits("c2", "general")
    floor.forget()
    floor.waits("c3", "bill")
    assert len(floor.actions(Redirect)) == 1
    floor.login("8001")  # the desk is loaded anew
    assert agent(floor).queues == ("bill",)


def test_queues_of_nobody_and_queues_there_are_not(floor: Floor) -> None:
    assert asks(floor, AssignAgent, "8002", queues=["bill"]).code == Code.AGENT_NOT_LOGGED_IN
    assert asks(floor, AssignAgent, queues=["nonsense"]).code == Code.AGENT_UNKNOWN_QUEUE
    floor.logout("8001")
    assert asks(floor, AssignAgent, queues=["bill"]).code == Code.AGENT_NOT_LOGGED_IN


# ---- wrap-up ------------------------------------------


def test_more_and_less_time_for_the_wrap_up(floor: Floor) -> None:
    floor.talks("8001", "c1")
    floor.agent_hangs_up("8001", "c1")
    assert asks(floor, WrapUpAgent, seconds=300).ok
    floor.pass_time(299)
    assert floor.state_of("8001") is S.WRAP_UP
    asks(floor, WrapUpAgent, seconds=0)
    assert floor.state_of("8001") is S.READY
    assert asks(floor, WrapUpAgent, seconds=10).code == Code.AGENT_WRONG_STATE
