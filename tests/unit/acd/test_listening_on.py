"""Listening follows the call from agent to agent, and ends when nobody's conversation is left to hear."""

import pytest

from acd.contracts import events
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import SpyMode
from acd.core import facts
from acd.core.effects import Hangup, ListenTo, OriginateSpy
from tests.support.controls import A, T, ask, asks_colleague, asks_outside, outside_ends, staffed, talking, to
from tests.support.floor import NODE, Floor, phone_channel

pytestmark = pytest.mark.unit

BOSS = "8101"
EAR = ChannelName("PJSIP/8101w-00000077")
Heard = list[tuple[SpyMode | None, str | None]]


@pytest.fixture
def floor() -> Floor:
    """8101 whispers to 8001, who talks with the customer."""
    floor = staffed()
    talking(floor)
    assert ask(floor, "supervision.spy", agent=BOSS, mode="whisper") == ""
    floor.tell(facts.SpyStarted(floor.now, NODE, rung(floor), EAR))
    floor.forget()
    return floor


def rung(floor: Floor) -> str:
    return floor.actions(OriginateSpy)[0].leg


def heard(floor: Floor) -> Heard:
    return [(event.mode, event.hears) for event in floor.all_of(events.CallSpied)]


def joins(floor: Floor, agent: str, leg: ChannelName) -> None:
    floor.tell(facts.PhoneJoined(floor.now, NODE, AgentId(agent), leg, CallId("c1")))


def led_to(floor: Floor) -> list[tuple[str, SpyMode, bool]]:
    return [(led.spied, led.mode, led.answered) for led in floor.actions(ListenTo)]


def test_joined_with_somebody_else_the_same_leg_is_listened_to_anew(floor: Floor) -> None:
    asks_colleague(floor)
    joins(floor, "8002", T)
    assert led_to(floor) == []
    joins(floor, "8001", A)
    assert led_to(floor) == [(A, SpyMode.WHISPER, True)]
    assert heard(floor) == []


def test_a_blind_transfer_is_waited_out_and_what_was_whispered_is_not_for_the_next(floor: Floor) -> None:
    floor.login("8004", general=5)
    assert ask(floor, "call.transfer", to=to("agent", "8004")) == ""
    assert heard(floor) == [(SpyMode.LISTEN, None)]
    assert ask(floor, "supervision.spy", agent=BOSS, mode="barge") == "call.wrong_state"
    assert ask(floor, "supervision.take_over", agent=BOSS) == "call.wrong_state"
    floor.agent_hangs_up("8001", "c1")
    floor.rings("8004", "c1")
    floor.answers("8004", "c1")
    joins(floor, "8004", phone_channel("8004"))
    assert led_to(floor) == [(phone_channel("8004"), SpyMode.LISTEN, True)]
    assert heard(floor) == [(SpyMode.LISTEN, None), (SpyMode.LISTEN, "8004")]
    floor.caller_hangs_up("c1")
    assert heard(floor)[-1] == (None, None)


def test_through_a_queue(floor: Floor) -> None:
    assert ask(floor, "call.transfer", to=to("queue", "bill")) == ""
    floor.agent_hangs_up("8001", "c1")
    floor.waits("c1", "bill")
    floor.rings("8003", "c1")
    floor.answers("8003", "c1")
    joins(floor, "8003", phone_channel("8003"))
    assert heard(floor) == [(SpyMode.LISTEN, None), (SpyMode.LISTEN, "8003")]


def test_the_caller_who_gives_up_waiting_ends_it(floor: Floor) -> None:
    assert ask(floor, "call.transfer", to=to("queue", "bill")) == ""
    floor.waits("c1", "bill")
    ears = floor.world.calls[CallId("c1")].spies[0].legs
    floor.caller_hangs_up("c1")
    assert heard(floor) == [(SpyMode.LISTEN, None), (None, None)]
    assert Hangup(NODE, ChannelName(ears[0])) in floor.actions(Hangup)


def test_by_the_keys_of_the_telephone(floor: Floor) -> None:
    floor.tell(facts.BlindTransferred(floor.now, NODE, CallId("c1"), A, "8002"))
    floor.agent_hangs_up("8001", "c1")
    assert heard(floor) == [(SpyMode.LISTEN, None)]


def test_who_was_asked_is_heard_when_the_customer_is_handed_over(floor: Floor) -> None:
    asks_colleague(floor)
    assert ask(floor, "call.complete_transfer") == ""
    assert heard(floor) == [(SpyMode.LISTEN, None), (SpyMode.LISTEN, "8002")]
    assert led_to(floor) == [(T, SpyMode.LISTEN, True)]


@pytest.mark.parametrize("how", ["blind", "asked"])
def test_out_of_the_house_it_ends(floor: Floor, how: str) -> None:
    if how == "blind":
        assert ask(floor, "call.transfer", to=to("external", "13912345678")) == ""
    else:
        asks_outside(floor)
        assert ask(floor, "call.complete_transfer") == ""
    assert heard(floor) == [(None, None)]
    outside_ends(floor)


def test_who_is_still_being_rung_is_led_too(floor: Floor) -> None:
    assert ask(floor, "supervision.spy", agent="8102", mode="barge") == ""
    floor.forget()
    asks_colleague(floor)
    assert ask(floor, "call.complete_transfer") == ""
    assert [(led.mode, led.answered) for led in floor.actions(ListenTo)] == [
        (SpyMode.LISTEN, True),
        (SpyMode.LISTEN, False),
        (SpyMode.LISTEN, False),
    ]


def test_a_mode_chosen_meanwhile_is_not_lost(floor: Floor) -> None:
    assert ask(floor, "supervision.spy", agent=BOSS, mode="barge") == ""
    assert led_to(floor) == [(A, SpyMode.BARGE, False)]
    assert heard(floor) == [(SpyMode.BARGE, "8001")]


def test_a_vanished_telephone_is_waited_for(floor: Floor) -> None:
    floor.tell(facts.AgentLost(*floor.head("c1")))
    assert heard(floor) == [(SpyMode.LISTEN, None)]
