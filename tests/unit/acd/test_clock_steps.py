"""A clock that is set back in the middle of a call."""

from datetime import timedelta

import pytest

from acd.contracts import events
from tests.support.floor import Floor

pytestmark = pytest.mark.unit


def test_a_clock_set_back_makes_no_negative_times() -> None:
    floor = Floor()
    floor.login("8001", ready=False)
    floor.waits("c1")
    floor.now -= timedelta(minutes=5)
    floor.ready("8001")
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    floor.now -= timedelta(minutes=5)
    floor.caller_hangs_up("c1")
    connected, ended = floor.last(events.CallConnected), floor.last(events.CallEnded)
    assert (connected.wait_ms, ended.talk_ms, ended.hold_ms) == (0, 0, 0)
