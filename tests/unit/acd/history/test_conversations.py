"""Who hears whom."""

import pytest

from acd.core.history.channels import Channels, Leg
from acd.core.history.conversations import HOLDING, Conversations
from acd.core.history.events import AmiEvent

pytestmark = pytest.mark.unit


class Room:
    """Channels by name, and the conversations among them."""

    def __init__(self, *names: str) -> None:
        self.channels = Channels()
        self.legs: dict[str, Leg] = {}
        for number, name in enumerate(names, start=1):
            leg = self.channels.create(AmiEvent({"Channel": name, "Uniqueid": f"1.{number}"}), number)
            assert leg is not None
            self.legs[name] = leg
        self.conversations = Conversations(self.channels)

    def enter(self, name: str, bridge: str, technology: str = "simple_bridge", swapped: str = "") -> None:
        place = len(self.conversations.first_at) + 100
        leg = self.legs.get(swapped)
        self.conversations.enter(self.legs[name], bridge, place, technology, leg)

    def talked(self) -> set[str]:
        return {party.name for party in self.conversations.first_at}


A, B, C = "SIP/a-1", "SIP/b-2", "SIP/c-3"
ONE, TWO = "Local/x@y-1;1", "Local/x@y-1;2"


def test_two_in_a_bridge_talk() -> None:
    room = Room(A, B)
    room.enter(A, "b1")
    assert room.talked() == set()
    room.enter(B, "b1")
    assert room.talked() == {A, B}


def test_prompts_and_music_are_no_conversation() -> None:
    room = Room(A, ONE, TWO)
    room.enter(A, "b1")
    room.enter(ONE, "b1")
    assert room.talked() == set()


def test_talk_goes_through_local_channels() -> None:
    room = Room(A, ONE, TWO, B)
    room.enter(A, "b1")
    room.enter(ONE, "b1")
    room.enter(TWO, "b2")
    room.enter(B, "b2")
    assert room.talked() == {A, B}


def test_holding_bridge_is_no_conversation() -> None:
    room = Room(A, B)
    room.enter(A, "lot", HOLDING)
    room.enter(B, "lot", HOLDING)
    assert room.talked() == set()


def test_who_left_is_not_met() -> None:
    room = Room(A, B)
    room.enter(A, "b1")
    room.conversations.leave(room.legs[A], "b1")
    room.enter(B, "b1")
    assert room.talked() == set()


def test_channel_is_in_one_bridge_at_a_time() -> None:
    room = Room(A, B)
    room.enter(A, "b1")
    room.enter(A, "b2")
    room.enter(B, "b1")
    assert room.talked() == set()


def test_late_word_of_an_old_bridge_changes_nothing() -> None:
    room = Room(A, B)
    room.enter(A, "b1")
    room.enter(A, "b2")
    room.conversations.leave(room.legs[A], "b1")
    room.enter(B, "b2")
    assert room.talked() == {A, B}


def test_swap_takes_the_place_of_the_local_channel() -> None:
    room = Room(A, ONE, TWO, B, C)
    room.enter(A, "b1")
    room.enter(ONE, "b1")
    room.enter(B, "b1", swapped=ONE)
    room.enter(C, "b2")
    room.enter(TWO, "b2")
    assert room.talked() == {A, B}


def test_destroyed_bridge_is_empty() -> None:
    room = Room(A, B)
    room.enter(A, "b1")
    room.conversations.destroy("b1")
    room.enter(B, "b1")
    assert room.talked() == set()
