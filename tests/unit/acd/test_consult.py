"""Asking somebody, attended and blonde transfer, and three in one conversation."""

from typing import Any

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import AgentState, ConsultEnd
from acd.core import facts
from acd.core.calls.call import CallState
from acd.core.effects import Hangup, Redirect, RedirectPair, SetVariables
from tests.support.controls import (
    C1,
    A,
    T,
    ask,
    asks_colleague,
    asks_outside,
    outside_ends,
    rejoins,
    staffed,
    state,
    talking,
    to,
)
from tests.support.floor import NODE, Floor

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return staffed()


# ---- asking -------------------------------------------


def test_a_question_and_back(floor: Floor) -> None:
    talking(floor)
    floor.pass_time(30)
    asks_colleague(floor)
    moved = floor.actions(RedirectPair)[-1]
    assert (moved.context, moved.other_context, moved.other_exten) == (Context.HELD, Context.CONSULT, "8002")
    assert floor.state_of("8001") is AgentState.CONSULTING
    assert floor.all_of(events.CallAgentRinging)[-1].agent_id == "8001"  # being asked is no delivery
    floor.pass_time(12)
    assert ask(floor, "call.end_consult") == ""
    assert floor.actions(Hangup)[-1] == Hangup(NODE, T)
    floor.phone_closes("8002", "c1")
    rejoins(floor)
    over = floor.last(events.CallConsultOver)
    assert (over.end, over.consult_ms) == (ConsultEnd.RETURNED, 12_000)
    floor.pass_time(8)
    floor.caller_hangs_up("c1")
    ended = floor.last(events.CallEnded)
    assert (ended.talk_ms, ended.hold_ms) == (38_000, 0)


def test_nobody_there_to_ask(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor, answered=False)
    floor.fails("8002", "c1", "BUSY")
    floor.phone_closes("8002", "c1")
    rejoins(floor)
    assert floor.last(events.CallConsultOver).end is ConsultEnd.NOT_REACHED
    assert (state(floor), floor.state_of("8001")) == (CallState.CONNECTED, AgentState.TALKING)


def test_a_question_given_up_while_it_rings(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor, answered=False)
    assert ask(floor, "call.end_consult") == ""
    assert floor.actions(Redirect)[-1] == Redirect(NODE, A, Context.REJOIN, "s")


def test_a_question_to_whoever_is_ready(floor: Floor) -> None:
    talking(floor)
    assert ask(floor, "call.consult", to=to("queue", "vip")) == "target.not_ready"
    assert ask(floor, "call.consult", to=to("queue", "bill")) == ""
    assert floor.actions(RedirectPair)[-1].other_exten == "8003"


@pytest.mark.parametrize("by", ["command", "telephone"])
def test_attended_the_one_asked_has_the_customer(floor: Floor, by: str) -> None:
    talking(floor)
    asks_colleague(floor)
    if by == "command":
        assert ask(floor, "call.complete_transfer") == ""
        assert floor.actions(Hangup)[-1] == Hangup(NODE, A)
    floor.agent_hangs_up("8001", "c1")
    assert (floor.state_of("8001"), floor.state_of("8002")) == (AgentState.WRAP_UP, AgentState.TALKING)
    assert floor.last(events.CallConnected).agent_id == "8002"
    assert [(t.kind, t.to) for t in floor.all_of(events.CallTransferred)] == [("attended", "8002")]
    assert ask(floor, "call.hold", agent="8002") == ""


def test_attended_to_somebody_outside(floor: Floor) -> None:
    talking(floor)
    asks_outside(floor)
    ask(floor, "call.complete_transfer")
    assert state(floor) is CallState.LEFT
    outside_ends(floor)
    floor.caller_hangs_up("c1")
    assert floor.call_events("c1").count("call.ended") == 1


def test_blonde_the_customer_follows_when_the_ringing_is_over(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor, answered=False)
    floor.forget()
    ask(floor, "call.complete_transfer")
    assert not floor.actions(Redirect)  # the colleague's telephone still rings for the agent
    floor.phone_closes("8001", "c1")
    floor.phone_closes("8002", "c1")
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.DELIVER, "8002")
    assert floor.last(events.CallTransferred).kind == "blonde"
    assert floor.state_of("8002") is AgentState.RESERVED


def test_an_agent_who_vanishes_while_it_rings_loses_nobody(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor, answered=False)
    floor.agent_hangs_up("8001", "c1")
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.WAITING, "s")
    floor.phone_closes("8002", "c1")
    floor.waits("c1")
    assert state(floor) is CallState.WAITING


def test_the_customers_end_frees_everybody(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor)
    floor.caller_hangs_up("c1")
    assert floor.actions(Hangup) == [Hangup(NODE, A), Hangup(NODE, T)]
    assert floor.last(events.CallConsultOver).end is ConsultEnd.RETURNED
    floor.phone_closes("8001", "c1")
    floor.phone_closes("8002", "c1")
    assert (floor.state_of("8001"), floor.state_of("8002")) == (AgentState.WRAP_UP, AgentState.READY)


def test_the_keys_of_a_telephone_ask_and_transfer_truthfully(floor: Floor) -> None:
    """*2: Asterisk rings the colleague by itself; the agent hangs up, the colleague has the customer."""
    talking(floor)
    floor.tell(facts.PhoneDialled(floor.now, NODE, AgentId("8002"), T, CallId("c1")))
    floor.answers("8002", "c1")
    assert floor.last(events.CallConsulting).to == "8002"
    assert ask(floor, "call.end_consult") == "call.wrong_state"  # the telephone leads
    floor.agent_hangs_up("8001", "c1")
    assert floor.last(events.CallTransferred).kind == "attended"
    assert floor.last(events.CallConnected).agent_id == "8002"


def test_a_colleague_called_by_keys_who_hangs_up_gives_the_customer_back(floor: Floor) -> None:
    talking(floor)
    floor.tell(facts.PhoneDialled(floor.now, NODE, AgentId("8002"), T, CallId("c1")))
    floor.answers("8002", "c1")
    floor.phone_closes("8002", "c1")
    assert (state(floor), floor.state_of("8001")) == (CallState.CONNECTED, AgentState.TALKING)


def test_a_telephone_that_joins_its_two_calls(floor: Floor) -> None:
    talking(floor)
    floor.tell(facts.AttendedTransferred(floor.now, NODE, CallId("c1"), A, T))
    assert SetVariables(NODE, T, ((Variable.CALL_ID, "c1"),)) in floor.actions(SetVariables)
    assert floor.last(events.CallConnected).agent_id == "8002"
    assert floor.actions(RedirectPair)[-1] == RedirectPair(NODE, C1, Context.HELD, T, Context.TAKE_OVER)


# ---- three ---------------------------------------------


def in_conference(floor: Floor) -> None:
    talking(floor)
    asks_colleague(floor)
    assert ask(floor, "call.conference") == ""


def test_three_in_one_room(floor: Floor) -> None:
    in_conference(floor)
    assert floor.actions(RedirectPair)[-1] == RedirectPair(NODE, A, Context.CONFERENCE, T, Context.CONFERENCE)
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.CONFERENCE_CALLER, "s")
    assert floor.last(events.CallConferenceChanged).parties == ("8001", "8002")
    assert floor.state_of("8001") is AgentState.TALKING
    for kind in ("call.hold", "call.transfer", "call.consult"):
        target: dict[str, Any] = {"to": to("agent", "8003")} if kind != "call.hold" else {}
        assert ask(floor, kind, **target) == "call.in_conference"


@pytest.mark.parametrize("how", ["command", "telephone"])
def test_the_agent_leaves_the_others_stay(floor: Floor, how: str) -> None:
    in_conference(floor)
    if how == "command":
        assert ask(floor, "call.leave_conference") == ""
    floor.agent_hangs_up("8001", "c1")
    assert floor.last(events.CallConferenceChanged).parties == ()
    assert (floor.state_of("8001"), floor.state_of("8002")) == (AgentState.WRAP_UP, AgentState.TALKING)
    floor.agent_hangs_up("8002", "c1")
    assert (state(floor), floor.state_of("8002")) == (CallState.LEFT, AgentState.WRAP_UP)


def test_the_one_asked_leaves_and_two_go_on(floor: Floor) -> None:
    in_conference(floor)
    floor.phone_closes("8002", "c1")
    assert floor.last(events.CallConferenceChanged).parties == ()
    assert ask(floor, "call.leave_conference") == "call.wrong_state"
    assert ask(floor, "call.hold") == ""
