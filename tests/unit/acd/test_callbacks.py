"""Calls back that keep their place, on the floor: order, not more than agents, no number twice, restarts."""

import pytest

from acd.contracts.dialplan import Context
from acd.contracts.events import (
    CallAbandoned,
    CallbackBooked,
    CallbackClosed,
    CallbackDialled,
    CallbackMissed,
    CallConnected,
    CallEnded,
    CallOffered,
    CallQueueLeft,
)
from acd.contracts.ids import CallbackId, CallId, ChannelName
from acd.contracts.vocabulary import AgentState, CallbackEnd, Direction, QueueExit
from acd.core import facts
from acd.core.effects import AGENT_LEG, DialPromised, Hangup, RingForPromise
from tests.support.floor import NODE, caller_channel, phone_channel
from tests.support.promises import (
    FIRST,
    asks,
    book,
    books,
    called,
    cancel,
    closed,
    comes,
    customer_answers,
    customer_waits,
    delivered,
    dials,
    ends,
    opens,
    promising,
    wants,
)

pytestmark = pytest.mark.unit


def test_a_promise_leaves_the_queue_without_being_an_abandon() -> None:
    floor = promising()
    floor.waits("c1")
    floor.pass_time(20)
    asks(floor, "c1")
    assert wants(floor, "c1") == "booked"
    left = floor.last(CallQueueLeft)
    assert (left.how, left.wait_ms) == (QueueExit.CALLBACK, 20000)
    booked = floor.last(CallbackBooked)
    assert (booked.call_id, booked.number, (floor.now - booked.place_at).total_seconds()) == ("c1", "13900000001", 20)
    floor.caller_leg_ends("c1")
    assert floor.all_of(CallAbandoned) == []


def test_hanging_up_in_the_offer_is_an_abandon() -> None:
    floor = promising()
    floor.waits("c1")
    asks(floor, "c1")
    floor.caller_hangs_up("c1")
    assert [event.stage for event in floor.all_of(CallAbandoned)] == ["queue"]
    assert floor.world.promises == {}


def test_who_thinks_about_it_is_given_to_nobody_and_keeps_the_place() -> None:
    floor = promising()
    floor.waits("c1")
    floor.pass_time(5)
    floor.waits("c2")
    asks(floor, "c1")
    floor.login("8001")
    assert delivered(floor) == [(caller_channel("c2"), "8001")]
    floor.waits("c1")
    floor.login("8002")
    assert delivered(floor)[-1] == (caller_channel("c1"), "8002")


def test_the_customer_is_called_when_it_is_his_turn_and_talks() -> None:
    floor = promising()
    books(floor)
    floor.pass_time(5)
    comes(floor, "c2")
    floor.forget()
    floor.login("8001")
    assert floor.state_of("8001") is AgentState.RESERVED
    assert floor.last(CallbackDialled).agent_id == "8001"
    assert dials(floor) == []  # first it is written down
    floor.pass_time(1)
    assert dials(floor) == [(FIRST, "13900000001")]
    opens(floor, FIRST)
    floor.forget()
    customer_answers(floor, FIRST)
    offered = floor.last(CallOffered)
    assert (offered.call_id, offered.direction, offered.caller_number) == (FIRST, Direction.OUTBOUND, "13900000001")
    customer_waits(floor, FIRST)
    assert delivered(floor) == [(caller_channel(FIRST), "8001")]
    floor.rings("8001", FIRST)
    floor.answers("8001", FIRST)
    connected = floor.last(CallConnected)
    assert (connected.agent_id, connected.wait_ms) == ("8001", 0)  # on the line; the promise has its own times
    assert closed(floor) == [("c1", CallbackEnd.TALKED)]
    floor.agent_hangs_up("8001", FIRST)
    floor.caller_leg_ends(FIRST)
    assert floor.last(CallEnded).agent_id == "8001"
    assert floor.world.promises == {}


def test_a_promise_is_served_in_its_old_place() -> None:
    floor = promising()
    comes(floor, "c0", "13800000000")
    floor.pass_time(1)
    books(floor)
    floor.pass_time(1)
    comes(floor, "c2")
    floor.forget()
    for agent in ("8001", "8002", "8003"):
        floor.login(agent)
    assert delivered(floor) == [(caller_channel("c0"), "8001"), (caller_channel("c2"), "8003")]
    assert floor.last(CallbackDialled).agent_id == "8002"


def test_never_more_in_flight_than_agents() -> None:
    floor = promising()
    for number in range(5):
        assert book(floor, f"p{number}", f"1390000000{number}").ok
    floor.login("8001")
    floor.login("8002")
    floor.pass_time(1)
    assert [number for _, number in dials(floor)] == ["13900000000", "13900000001"]
    floor.pass_time(20)
    assert len(dials(floor)) == 2


def test_the_older_promise_stays() -> None:
    floor = promising()
    books(floor)
    floor.waits("c2", queue="bill")  # the same number, from elsewhere; closes the first and takes its place
    assert closed(floor) == [("c1", CallbackEnd.CALLED_AGAIN)]
    assert book(floor, "p1", "13900000009").ok
    assert book(floor, "p2", "+8613900000009".removeprefix("+")).code == "callback.repeated"
    assert book(floor, "p3", "13900000001").code == "callback.repeated"  # c2 waits on the line
    floor.waits("c3")
    asks(floor, "c3")
    assert wants(floor, "c3", "13900000009") == "kept"
    assert list(floor.world.promises) == ["p1"]


def test_the_customer_rings_first_and_has_the_place_of_the_promise() -> None:
    floor = promising()
    books(floor)
    floor.pass_time(60)
    comes(floor, "c2")
    floor.pass_time(1)
    floor.waits("c3")  # the customer of c1 again
    assert floor.last(CallbackClosed).call_id == "c3"
    floor.login("8001")
    assert delivered(floor) == [(caller_channel("c3"), "8001")]


def test_the_customer_rings_while_we_ring_him() -> None:
    floor = promising()
    called(floor)
    floor.waits("c3")
    assert [hangup.channel for hangup in floor.actions(Hangup)] == [f"PJSIP/trunk-{FIRST}"]
    assert delivered(floor) == [(caller_channel("c3"), "8001")]
    ends(floor, FIRST, 16)
    assert floor.all_of(CallbackMissed) == []


@pytest.mark.parametrize(("cause", "word"), [(17, "busy"), (19, "no_answer"), (21, "rejected"), (20, "power_off")])
def test_an_attempt_in_vain_is_repeated_after_the_gap(cause: int, word: str) -> None:
    floor = promising()
    called(floor)
    ends(floor, FIRST, cause)
    missed = floor.last(CallbackMissed)
    assert (missed.attempt, missed.cause) == (1, word)
    assert floor.state_of("8001") is AgentState.READY
    floor.pass_time(55)
    assert dials(floor) == []
    floor.pass_time(10)
    assert [unique_id for unique_id, _ in dials(floor)] == ["n1-callback-c1-2"]


def test_all_attempts_made_is_the_end() -> None:
    floor = promising(attempts=2)
    called(floor)
    ends(floor, FIRST, 17)
    floor.pass_time(61)
    opens(floor, "n1-callback-c1-2")
    ends(floor, "n1-callback-c1-2", 17)
    assert closed(floor) == [("c1", CallbackEnd.EXHAUSTED)]
    assert floor.state_of("8001") is AgentState.READY


def test_a_promise_nobody_could_keep_expires() -> None:
    floor = promising(expires_seconds=600)
    books(floor)
    floor.pass_time(601)
    assert closed(floor) == [("c1", CallbackEnd.EXPIRED)]


def test_who_hangs_up_in_the_greeting_is_called_again() -> None:
    floor = promising()
    called(floor)
    customer_answers(floor, FIRST)
    floor.caller_hangs_up(FIRST)
    assert floor.last(CallbackMissed).cause == "hung_up"
    assert floor.state_of("8001") is AgentState.READY
    assert floor.all_of(CallAbandoned) == []


def test_the_kept_agent_does_not_answer_and_the_next_one_gets_the_customer() -> None:
    floor = promising()
    called(floor)
    floor.login("8002")
    customer_answers(floor, FIRST)
    customer_waits(floor, FIRST)
    floor.rings("8001", FIRST)
    floor.pass_time(15)
    floor.phone_closes("8001", FIRST)
    customer_waits(floor, FIRST)
    assert delivered(floor) == [(caller_channel(FIRST), "8001"), (caller_channel(FIRST), "8002")]
    floor.rings("8002", FIRST)
    floor.answers("8002", FIRST)
    assert closed(floor) == [("c1", CallbackEnd.TALKED)]


def test_cancelled_while_it_rings() -> None:
    floor = promising()
    called(floor)
    assert cancel(floor, "c1").ok
    assert [hangup.channel for hangup in floor.actions(Hangup)] == [f"PJSIP/trunk-{FIRST}"]
    assert closed(floor) == [("c1", CallbackEnd.CANCELLED)]
    assert floor.state_of("8001") is AgentState.READY
    assert cancel(floor, "c1").code == "callback.unknown"


def test_nobody_is_called_in_the_night() -> None:
    floor = promising(expires_seconds=86400)
    books(floor)
    floor.pass_time(13 * 3600)  # eleven in the evening
    floor.login("8001")
    floor.forget()
    floor.pass_time(8 * 3600)
    assert dials(floor) == []
    floor.pass_time(3600 + 5)
    assert len(dials(floor)) == 1


def test_a_full_book_makes_no_more_promises() -> None:
    floor = promising(most_waiting=1)
    books(floor)
    comes(floor, "c2")
    asks(floor, "c2")
    assert wants(floor, "c2", "13800000002") == "no"


def test_agent_first() -> None:
    floor = promising(agent_first=True)
    books(floor)
    floor.login("8001")
    floor.forget()
    floor.pass_time(1)
    assert [(ring.agent_id, ring.unique_id) for ring in floor.actions(RingForPromise)] == [("8001", FIRST)]
    assert dials(floor) == []
    floor.opens_phone("8001")
    waits = ChannelName(f"Local/8001@{Context.CALLBACK_AGENT}-00000001;1")
    floor.tell(facts.CallbackAgentReady(floor.now, NODE, CallId(FIRST), waits, callback_id=CallbackId("c1")))
    assert [dial.agent_channel for dial in floor.actions(DialPromised)] == [waits]
    opens(floor, FIRST)
    customer_answers(floor, FIRST)
    assert floor.state_of("8001") is AgentState.TALKING
    assert floor.last(CallConnected).call_id == FIRST
    assert closed(floor) == [("c1", CallbackEnd.TALKED)]
    assert floor.world.calls[CallId(FIRST)].agent_channel == phone_channel("8001")


def test_agent_first_and_the_agent_is_not_there() -> None:
    floor = promising(agent_first=True)
    books(floor)
    floor.login("8001")
    floor.pass_time(1)
    floor.forget()
    floor.tell(facts.CallbackNotDialled(floor.now, NODE, f"{FIRST}{AGENT_LEG}"))
    assert floor.state_of("8001") is AgentState.PAUSED
    assert floor.all_of(CallbackMissed) == []
    floor.login("8002")
    assert floor.last(CallbackDialled).agent_id == "8002"
