"""Call control by command, in every state a call can be in: what is moved, what is refused, what the books say."""

from typing import Any

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import ChannelName
from acd.contracts.vocabulary import AgentState
from acd.core.calls.call import CallState
from acd.core.effects import Hangup, Redirect, RedirectPair, SetVariables
from tests.support.controls import (
    C1,
    A,
    ask,
    asks_colleague,
    rejoins,
    staffed,
    state,
    talking,
    to,
)
from tests.support.floor import NODE, Floor

pytestmark = pytest.mark.unit


def brought_to(floor: Floor, wanted: CallState) -> None:
    match wanted:
        case CallState.WAITING:
            floor.waits("c1")
        case CallState.RINGING:
            floor.waits("c1")
            floor.rings("8001", "c1")
        case _:
            talking(floor)
    match wanted:
        case CallState.HELD:
            ask(floor, "call.hold")
        case CallState.CONSULTING:
            asks_colleague(floor)
        case CallState.LEFT:
            floor.agent_hangs_up("8001", "c1")
        case _:
            pass


STATES = (
    CallState.WAITING,
    CallState.RINGING,
    CallState.CONNECTED,
    CallState.HELD,
    CallState.CONSULTING,
    CallState.LEFT,
)
ALLOWED: dict[str, set[CallState]] = {
    "call.hold": {CallState.CONNECTED},
    "call.resume": {CallState.HELD},
    "call.transfer": {CallState.CONNECTED, CallState.HELD},
    "call.consult": {CallState.CONNECTED, CallState.HELD},
    "call.end_consult": {CallState.CONSULTING},
    "call.complete_transfer": {CallState.CONSULTING},
    "call.conference": {CallState.CONSULTING},
    "call.leave_conference": set(),
    "call.ask_for_help": {CallState.CONNECTED, CallState.HELD, CallState.CONSULTING},
    "call.end": {CallState.CONNECTED, CallState.HELD},
}


@pytest.fixture
def floor() -> Floor:
    return staffed()


@pytest.mark.parametrize("kind", ALLOWED)
@pytest.mark.parametrize("wanted", STATES, ids=str)
def test_every_command_in_every_state(floor: Floor, kind: str, wanted: CallState) -> None:
    brought_to(floor, wanted)
    target: dict[str, Any] = {"to": to("agent", "8003")} if kind in ("call.transfer", "call.consult") else {}
    code = ask(floor, kind, **target)
    assert code == ("" if wanted in ALLOWED[kind] else "call.wrong_state")


@pytest.mark.parametrize("kind", ALLOWED)
def test_only_who_has_the_call_commands_it(floor: Floor, kind: str) -> None:
    talking(floor)
    target: dict[str, Any] = {"to": to("agent", "8003")} if kind in ("call.transfer", "call.consult") else {}
    assert ask(floor, kind, agent="8002", **target) == "call.wrong_state"
    assert ask(floor, kind, agent="8009", **target) == "agent.not_logged_in"


# ---- hold ---------------------------------------------


def test_hold_moves_both_legs_and_counts_like_the_telephones_own(floor: Floor) -> None:
    talking(floor)
    assert ask(floor, "call.hold") == ""
    moved = floor.actions(RedirectPair)[-1]
    assert (moved.channel, moved.context, moved.other, moved.other_context) == (
        C1,
        Context.HELD,
        A,
        Context.AGENT_HOLDS,
    )
    assert {(told.channel, told.values) for told in floor.actions(SetVariables)} >= {
        (C1, ((Variable.AGENT_CHANNEL, A),)),
        (A, ((Variable.CUSTOMER_CHANNEL, C1),)),
    }
    assert floor.state_of("8001") is AgentState.HELD
    floor.pass_time(7)
    floor.resumes("8001", "c1")  # what the telephone itself says meanwhile does not count
    assert state(floor) is CallState.HELD
    assert ask(floor, "call.resume") == ""
    assert floor.actions(Redirect)[-1] == Redirect(NODE, A, Context.REJOIN, "s")
    assert floor.last(events.CallResumed).hold_ms == 7000
    rejoins(floor)
    assert (state(floor), floor.state_of("8001")) == (CallState.CONNECTED, AgentState.TALKING)


def test_what_the_telephone_holds_only_the_telephone_gives_back(floor: Floor) -> None:
    talking(floor)
    floor.holds("8001", "c1")
    assert ask(floor, "call.resume") == "call.held_by_phone"
    assert ask(floor, "call.consult", to=to("agent", "8002")) == "call.held_by_phone"
    floor.resumes("8001", "c1")
    assert ask(floor, "call.hold") == ""


def test_the_dialplan_gives_the_customer_back_when_we_were_away(floor: Floor) -> None:
    talking(floor)
    ask(floor, "call.hold")
    rejoins(floor)
    assert state(floor) is CallState.CONNECTED


@pytest.mark.parametrize(("hung_up", "goes_to"), [(True, Context.SURVEY), (False, Context.KEPT)])
def test_an_agents_leg_that_ends_while_holding(floor: Floor, hung_up: bool, goes_to: Context) -> None:
    talking(floor)
    ask(floor, "call.hold")
    if hung_up:
        floor.agent_hangs_up("8001", "c1")
    else:
        floor.phone_closes("8001", "c1")
    assert floor.actions(Redirect)[-1] == Redirect(NODE, C1, goes_to, "s")
    assert floor.state_of("8001") is (AgentState.WRAP_UP if hung_up else AgentState.KEPT)


# ---- end, help ------------------------------------------


@pytest.mark.parametrize(("survey", "leg"), [(True, A), (False, C1)])
def test_the_agent_ends_the_call(floor: Floor, survey: bool, leg: ChannelName) -> None:
    talking(floor)
    assert ask(floor, "call.end", survey=survey) == ""
    assert floor.actions(Hangup) == [Hangup(NODE, leg)]
    floor.phone_closes("8001", "c1")
    floor.caller_leg_ends("c1")
    assert floor.last(events.CallEnded).hangup_side == "agent"


def test_a_call_for_help_carries_its_note(floor: Floor) -> None:
    talking(floor)
    assert ask(floor, "call.ask_for_help", note="shouts") == ""
    told = floor.last(events.CallHelpWanted)
    assert (told.agent_id, told.note) == ("8001", "shouts")


def test_without_a_line_nothing_is_moved(floor: Floor) -> None:
    talking(floor)
    floor.link_lost()
    assert ask(floor, "call.hold") == "dialer.no_line"
