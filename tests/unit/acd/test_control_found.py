"""The ACD was away during a hold, a question, a conference or a listening: what the legs alive tell of it."""

from dataclasses import replace

import pytest

from acd.contracts import events
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import AgentState, ConsultEnd
from acd.core import facts
from acd.core.calls.call import CallState
from acd.core.facts import LiveLeg
from tests.support.controls import OUTSIDE, ask, asks_colleague, asks_outside, staffed, state, talking
from tests.support.floor import NODE, Floor
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

HELD = live_caller("c1", "cc-held")
OUTSIDER: LiveLeg = replace(live_caller("c1", "cc-inbound"), channel=OUTSIDE, unique_id="n1-outside")


@pytest.fixture
def floor() -> Floor:
    floor = staffed()
    talking(floor)
    return floor


def after_a_kill(floor: Floor, *legs: LiveLeg) -> Floor:
    floor = floor.killed(away_seconds=5)
    floor.resync(*legs)
    return floor


@pytest.mark.parametrize(
    ("context", "expected"), [("cc-agent-holds", CallState.HELD), ("cc-rejoin", CallState.CONNECTED)]
)
def test_a_hold(floor: Floor, context: str, expected: CallState) -> None:
    ask(floor, "call.hold")
    floor = after_a_kill(floor, HELD, live_phone("8001", "c1", context=context))
    assert state(floor) is expected
    assert ask(floor, "call.resume") == ("" if expected is CallState.HELD else "call.wrong_state")


def test_a_question_that_goes_on_and_was_answered_meanwhile(floor: Floor) -> None:
    asks_colleague(floor, answered=False)
    floor = after_a_kill(floor, HELD, live_phone("8001", "c1", context="cc-consult"), live_phone("8002", "c1"))
    assert state(floor) is CallState.CONSULTING
    assert ask(floor, "call.complete_transfer") == ""
    assert floor.last(events.CallTransferred).kind == "attended"


def test_a_question_that_is_over(floor: Floor) -> None:
    asks_colleague(floor)
    floor = after_a_kill(floor, HELD, live_phone("8001", "c1", context="cc-rejoin"))
    assert (state(floor), floor.state_of("8001")) == (CallState.CONNECTED, AgentState.TALKING)
    assert floor.last(events.CallConsultOver).end is ConsultEnd.NOT_REACHED  # who had answered nobody can tell any more


def test_the_agent_hung_up_on_a_colleague(floor: Floor) -> None:
    asks_colleague(floor)
    floor = after_a_kill(floor, HELD, live_phone("8002", "c1", context="cc-consulted"))
    assert (state(floor), floor.state_of("8002")) == (CallState.CONNECTED, AgentState.TALKING)
    assert floor.last(events.CallConnected).agent_id == "8002"


def test_the_agent_hung_up_on_somebody_outside(floor: Floor) -> None:
    asks_outside(floor)
    floor = after_a_kill(floor, OUTSIDER, HELD)
    assert state(floor) is CallState.LEFT
    floor.caller_hangs_up("c1")
    assert floor.call_events("c1").count("call.ended") == 1


def test_somebody_outside_is_no_customer(floor: Floor) -> None:
    """The customer's leg is gone, the other one not yet: the call is over all the same."""
    asks_outside(floor)
    floor = after_a_kill(floor, OUTSIDER)
    assert CallId("c1") not in floor.world.calls


@pytest.mark.parametrize(("stays", "has_it"), [(("8001",), "8001"), (("8002",), "8002")])
def test_a_conference_somebody_left(floor: Floor, stays: tuple[str, ...], has_it: str) -> None:
    asks_colleague(floor)
    ask(floor, "call.conference")
    caller = live_caller("c1", "cc-conference-caller")
    floor = after_a_kill(floor, caller, *(live_phone(agent, "c1", context="cc-conference") for agent in stays))
    assert floor.world.calls[CallId("c1")].agent_id == has_it
    assert floor.last(events.CallConferenceChanged).parties == ()


def test_a_listening_that_ended(floor: Floor) -> None:
    ask(floor, "supervision.spy", agent="8101", mode="listen")
    (spy,) = floor.world.calls[CallId("c1")].spies
    floor.tell(facts.SpyStarted(floor.now, NODE, spy.legs[0], ChannelName("PJSIP/8101w-00000077")))
    floor = after_a_kill(floor, live_caller("c1", "cc-deliver"), live_phone("8001", "c1"))
    assert floor.last(events.CallSpied).mode is None
    assert floor.last(events.CallSpied).supervisor == AgentId("8101")
