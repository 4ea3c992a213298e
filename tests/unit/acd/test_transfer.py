"""Blind transfer: to agents, queues and numbers outside."""

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import AgentState, TargetKind
from acd.core.calls.call import CallState
from acd.core.effects import Hangup, Redirect, SetVariables
from tests.support.controls import (
    C1,
    A,
    ask,
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


# ---- blind --------------------------------------------


def test_blind_to_an_agent_is_a_new_stay_and_a_stint_of_its_own(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(10)
    talking(floor)
    floor.pass_time(60)
    assert ask(floor, "call.transfer", to=to("agent", "8002"), note="bill of May") == ""
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.DELIVER, "8002")
    assert floor.actions(Hangup)[-1] == Hangup(NODE, A)
    assert floor.state_of("8001") is AgentState.WRAP_UP
    told = floor.last(events.CallTransferred)
    assert (told.kind, told.by, told.to, told.to_kind, told.note) == (
        "blind", "8001", "8002", TargetKind.AGENT, "bill of May",
    )  # fmt: skip
    floor.phone_closes("8001", "c1")
    floor.rings("8002", "c1")
    floor.pass_time(4)
    floor.answers("8002", "c1")
    assert floor.last(events.CallConnected).wait_ms == 4000
    assert [event.agent_id for event in floor.all_of(events.CallConnected)] == ["8001", "8002"]
    floor.pass_time(20)
    floor.caller_hangs_up("c1")
    ended = floor.last(events.CallEnded)
    assert (ended.agent_id, ended.talk_ms) == ("8002", 80_000)
    assert floor.state_of("8002") is AgentState.WRAP_UP


def test_blind_unanswered_waits_in_the_old_place(floor: Floor) -> None:
    talking(floor)
    joined = floor.world.calls[CallId("c1")].queued_at
    floor.pass_time(60)
    ask(floor, "call.transfer", to=to("agent", "8002"))
    floor.rings("8002", "c1")
    floor.fails("8002", "c1", "NOANSWER")
    floor.waits("c1")
    assert state(floor) is CallState.WAITING
    assert floor.world.calls[CallId("c1")].queued_at == joined
    assert floor.last(events.CallAgentMissed).agent_id == "8002"
    assert CallId("c1") in floor.world.room


def test_blind_to_a_queue_tells_the_dialplan_which(floor: Floor) -> None:
    talking(floor)
    assert ask(floor, "call.transfer", to=to("queue", "nowhere")) == "call.unknown_target"
    assert ask(floor, "call.transfer", to=to("queue", "bill")) == ""
    assert SetVariables(NODE, C1, ((Variable.QUEUE, "bill"),)) in floor.actions(SetVariables)
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.WAITING, "s")
    floor.waits("c1", "bill")
    assert floor.last(events.CallQueued).queue == "bill"
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.DELIVER, "8003")


def test_outside_only_where_it_is_allowed_and_in_the_books_to_the_end(floor: Floor) -> None:
    talking(floor)
    for number in ("00447911123456", "95588x", "8001"):
        assert ask(floor, "call.transfer", to=to("external", number)) == "target.not_allowed"
    assert ask(floor, "call.transfer", to=to("external", "13912345678")) == ""
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, Context.OUTSIDE, "13912345678")
    floor.pass_time(30)
    floor.caller_hangs_up("c1")
    assert floor.call_events("c1").count("call.ended") == 1


@pytest.mark.parametrize("kind", ["call.transfer", "call.consult"])
def test_who_cannot_be_reached(floor: Floor, kind: str) -> None:
    talking(floor)
    assert ask(floor, kind, to=to("agent", "8001")) == "call.unknown_target"
    assert ask(floor, kind, to=to("agent", "8009")) == "call.unknown_target"
    floor.opens_phone("8002")
    assert ask(floor, kind, to=to("agent", "8002")) == "target.not_ready"
    floor.phone_closes("8002")
    floor.pause("8002")
    code = ask(floor, kind, to=to("agent", "8002"))
    assert code == ("" if kind == "call.consult" else "target.not_ready")  # who pauses may be asked
