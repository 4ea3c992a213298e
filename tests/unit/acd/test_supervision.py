"""Supervisors in the call: ringing, modes, taking over, and the end of listening."""

from uuid import UUID

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import AgentState, SpyMode
from acd.core import facts
from acd.core.effects import Hangup, OriginateSpy, PressKey, RedirectPair, SetVariables
from tests.support.controls import C1, A, T, ask, asks_colleague, staffed, talking
from tests.support.floor import NODE, Floor

pytestmark = pytest.mark.unit

BOSS = "8101"
COMMAND_ID = UUID("0123456789abcdef0123456789abcdef")
BROWSER, PHONE = "spy-01234567-8101w-c1", "spy-01234567-8101-c1"
EAR = ChannelName("PJSIP/8101w-00000077")


@pytest.fixture
def floor() -> Floor:
    floor = staffed()
    talking(floor)
    floor.forget()
    return floor


def spies(floor: Floor, mode: str = "listen", *, kind: str = "supervision.spy") -> str:
    fields = {"mode": mode} if kind == "supervision.spy" else {}
    return ask(floor, kind, agent=BOSS, command_id=COMMAND_ID, **fields)


def listens(floor: Floor, mode: str = "listen", *, kind: str = "supervision.spy") -> None:
    assert spies(floor, mode, kind=kind) == ""
    floor.tell(facts.LegOpened(floor.now, NODE, EAR, BROWSER, CallId(""), AgentId(BOSS)))
    floor.tell(facts.SpyStarted(floor.now, NODE, BROWSER, EAR))


def modes(floor: Floor) -> list[SpyMode | None]:
    return [event.mode for event in floor.all_of(events.CallSpied)]


def test_all_telephones_ring_and_the_first_one_listens(floor: Floor) -> None:
    assert spies(floor, "whisper") == ""
    assert [(ring.leg, ring.phone, ring.spied) for ring in floor.actions(OriginateSpy)] == [
        (BROWSER, "8101w", A),
        (PHONE, "8101", A),
    ]
    assert modes(floor) == []  # not before somebody listens
    floor.tell(facts.SpyStarted(floor.now, NODE, BROWSER, EAR))
    assert floor.actions(Hangup) == [Hangup(NODE, ChannelName(PHONE))]
    assert modes(floor) == [SpyMode.WHISPER]


def test_one_telephone_that_is_not_there_is_no_matter_two_are(floor: Floor) -> None:
    spies(floor)
    floor.tell(facts.SpyNotReached(floor.now, NODE, PHONE))
    floor.tell(facts.SpyNotReached(floor.now, NODE, BROWSER))
    assert modes(floor) == []
    assert not floor.world.calls[CallId("c1")].spies


def test_another_mode_is_a_key_and_not_a_ring(floor: Floor) -> None:
    listens(floor)
    for mode, key in (("whisper", "5"), ("barge", "6"), ("listen", "4")):
        assert ask(floor, "supervision.spy", agent=BOSS, mode=mode) == ""
        assert floor.actions(PressKey)[-1] == PressKey(NODE, EAR, key)
    assert len(floor.actions(OriginateSpy)) == 2
    assert modes(floor) == ["listen", "whisper", "barge", "listen"]


def test_listening_ends_when_told(floor: Floor) -> None:
    listens(floor)
    assert ask(floor, "supervision.stop", agent=BOSS) == ""
    assert floor.actions(Hangup)[-1] == Hangup(NODE, ChannelName(BROWSER))
    floor.tell(facts.LegGone(floor.now, NODE, EAR, BROWSER, CallId(""), AgentId(BOSS), 16))
    assert modes(floor) == ["listen", None]
    assert ask(floor, "supervision.stop", agent=BOSS) == "supervisor.not_listening"


@pytest.mark.parametrize("how", ["customer", "agent", "supervisor"])
def test_listening_ends_with_whoever_goes(floor: Floor, how: str) -> None:
    listens(floor)
    match how:
        case "customer":
            floor.caller_hangs_up("c1")
        case "agent":
            floor.agent_hangs_up("8001", "c1")
        case _:
            floor.tell(facts.LegGone(floor.now, NODE, EAR, BROWSER, CallId(""), AgentId(BOSS), 16))
    assert modes(floor) == ["listen", None]


def test_who_may_not_listen(floor: Floor) -> None:
    assert ask(floor, "supervision.spy", agent="8001", mode="listen") == "supervisor.busy"  # in this very call
    floor.opens_phone("8002")
    assert ask(floor, "supervision.spy", agent="8002", mode="listen") == "supervisor.busy"
    floor.agent_hangs_up("8001", "c1")
    assert spies(floor) == "call.wrong_state"


def test_taking_over_moves_both_legs_at_once(floor: Floor) -> None:
    listens(floor)
    assert ask(floor, "supervision.take_over", agent=BOSS) == ""
    assert floor.actions(RedirectPair)[-1] == RedirectPair(NODE, C1, Context.HELD, EAR, Context.TAKE_OVER)
    told = {(one.channel, one.values) for one in floor.actions(SetVariables)}
    assert told == {
        (C1, ((Variable.AGENT_CHANNEL, EAR),)),
        (EAR, ((Variable.CUSTOMER_CHANNEL, C1),)),
        (EAR, ((Variable.CALL_ID, "c1"),)),
    }
    assert Hangup(NODE, A) in floor.actions(Hangup)
    taken = floor.last(events.CallTakenOver)
    assert (taken.supervisor, taken.agent_id) == (BOSS, "8001")
    assert floor.state_of("8001") is AgentState.WRAP_UP
    assert floor.last(events.CallConnected).agent_id == BOSS
    assert modes(floor) == ["listen", None]


def test_who_takes_over_without_listening_is_rung_first(floor: Floor) -> None:
    assert spies(floor, kind="supervision.take_over") == ""
    assert not floor.actions(RedirectPair)
    floor.tell(facts.SpyStarted(floor.now, NODE, PHONE, EAR))
    assert floor.last(events.CallTakenOver).supervisor == BOSS
    floor.caller_hangs_up("c1")
    assert floor.last(events.CallEnded).agent_id == BOSS


def test_taking_over_while_somebody_is_asked_frees_them(floor: Floor) -> None:
    asks_colleague(floor)
    listens(floor, kind="supervision.take_over")
    assert {hangup.channel for hangup in floor.actions(Hangup)} >= {A, T}
    floor.phone_closes("8002", "c1")
    assert floor.state_of("8002") is AgentState.READY


def test_a_supervisor_who_is_no_agent_commands_the_call_taken_over(floor: Floor) -> None:
    listens(floor, kind="supervision.take_over")
    assert ask(floor, "call.end", agent=BOSS, survey=False) == ""
    assert floor.actions(Hangup)[-1] == Hangup(NODE, C1)
