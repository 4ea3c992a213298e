"""A promise to call back that was kept, or came to nothing, gives the next call of that number points."""

from datetime import timedelta

import pytest

from acd.contracts.ids import CallId
from acd.contracts.vocabulary import CallbackEnd
from acd.core.routing import Mark
from tests.support.promises import book, closed, comes, customer_answers, customer_waits, opens, promising

pytestmark = pytest.mark.unit
LEG = "n1-callback-p1-1"


@pytest.mark.parametrize("end", [CallbackEnd.TALKED, CallbackEnd.EXPIRED, CallbackEnd.CALLED_AGAIN])
def test_who_calls_after_a_promise_comes_sooner_for_a_day(end: CallbackEnd) -> None:
    """Not who rings before we do: that caller has the promise's own place."""
    floor = promising(expires_seconds=60)
    assert book(floor, "p1", "13900000001").ok
    if end is CallbackEnd.TALKED:
        floor.login("8001")
        floor.pass_time(1)
        opens(floor, LEG)
        customer_answers(floor, LEG)
        customer_waits(floor, LEG)
        floor.rings("8001", LEG)
        floor.answers("8001", LEG)
        floor.caller_hangs_up(LEG)
    if end is CallbackEnd.EXPIRED:
        floor.pass_time(61)
    again = floor.killed()
    again.resync()
    comes(again, "c1", "13900000001")
    assert closed(floor) + closed(again) == [("p1", end)]
    is_sooner = end is not CallbackEnd.CALLED_AGAIN
    assert (Mark.AFTER_CALLBACK in again.world.calls[CallId("c1")].wants.marks) is is_sooner
    again.caller_hangs_up("c1")
    again.now += timedelta(days=1, seconds=1)
    comes(again, "c2", "13900000001")
    assert Mark.AFTER_CALLBACK not in again.world.calls[CallId("c2")].wants.marks
