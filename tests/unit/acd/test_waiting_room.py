"""The stay in the waiting room: seniority through the menu, ways out of it, and what each of them counts as."""

import tomllib
from datetime import date

import pytest

from acd.contracts.dialplan import Context, Variable
from acd.contracts.events import CallAbandoned, CallConnected, CallQueued, CallQueueLeft
from acd.contracts.ids import QueueName
from acd.contracts.queue_file import table_of
from acd.contracts.routing import CallbackRule
from acd.contracts.vocabulary import QueueExit
from acd.core import facts
from acd.core.effects import Redirect, SetVariables
from tests.support.acd_bus import SHIPPED
from tests.support.floor import Floor, caller_channel
from tests.support.promises import asks, closing, comes, delivered, leaves, live_leg, promising, table, wants

pytestmark = pytest.mark.unit

CLOSED = {"openings": (), "closed_on_holidays": True}


def exits(floor: Floor) -> list[tuple[str, QueueExit]]:
    return [(left.queue, left.how) for left in floor.all_of(CallQueueLeft)]


def sent(floor: Floor) -> list[tuple[str, str]]:
    return [(move.channel, move.exten) for move in floor.actions(Redirect) if move.context is Context.WAY_OUT]


def told(floor: Floor, name: Variable) -> list[str]:
    return [dict(one.values)[name] for one in floor.actions(SetVariables) if name in dict(one.values)]


def closed_floor(**rules: object) -> Floor:
    """Today is a holiday of the queue `general`."""
    holiday = table(hours=CLOSED, **rules).model_copy(update={"holidays": (date(2026, 11, 23),)})
    return Floor(table=holiday)


def test_who_comes_back_from_the_menu_keeps_seniority_and_waits_anew() -> None:
    floor = Floor()
    floor.waits("c1")
    floor.pass_time(10)
    comes(floor, "c2")
    floor.pass_time(5)
    leaves(floor, "c1", QueueExit.MENU)
    assert exits(floor) == [("general", QueueExit.MENU)]
    floor.pass_time(20)
    floor.waits("c1")
    assert floor.call_events("c1").count("call.queued") == 2
    floor.login("8001")
    assert delivered(floor) == [(caller_channel("c1"), "8001")]
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    assert floor.last(CallConnected).wait_ms == 0  # of this stay; the first one ended with the menu


def test_hanging_up_in_the_menu_is_no_abandon_of_the_queue() -> None:
    floor = Floor()
    floor.waits("c1")
    leaves(floor, "c1", QueueExit.MENU)
    floor.caller_hangs_up("c1")
    assert [event.stage for event in floor.all_of(CallAbandoned)] == ["ivr"]


def test_a_message_is_no_abandon() -> None:
    floor = Floor()
    floor.waits("c1")
    asks(floor, "c1", "message")
    leaves(floor, "c1", QueueExit.MESSAGE)
    floor.caller_hangs_up("c1")
    assert exits(floor) == [("general", QueueExit.MESSAGE)]
    assert floor.all_of(CallAbandoned) == []


def test_hanging_up_before_a_word_was_spoken_is_an_abandon() -> None:
    floor = Floor()
    floor.waits("c1")
    asks(floor, "c1", "message")
    floor.caller_hangs_up("c1")
    assert [event.stage for event in floor.all_of(CallAbandoned)] == ["queue"]


@pytest.mark.parametrize("kind", ["message", "menu", "goodbye"])
def test_a_closed_queue_sends_its_callers_the_way_of_its_rule(kind: str) -> None:
    floor = closed_floor(when_closed=closing(kind))
    floor.login("8001")
    floor.waits("c1")
    assert sent(floor) == [(caller_channel("c1"), kind)]
    assert told(floor, Variable.WAY) == ["closed"]
    assert exits(floor) == [("general", QueueExit.CLOSED)]
    floor.caller_leg_ends("c1")
    assert "call.abandoned" not in floor.call_events("c1") or kind == "menu"


def test_a_closed_queue_may_promise_a_call() -> None:
    floor = closed_floor(when_closed=closing("callback"), callback=CallbackRule())
    floor.waits("c1")
    assert sent(floor) == [(caller_channel("c1"), "callback")]


def test_what_cannot_be_promised_becomes_a_message() -> None:
    floor = closed_floor(when_closed=closing("callback"))
    floor.waits("c1")
    assert sent(floor) == [(caller_channel("c1"), "message")]


def test_another_queue_takes_the_callers_of_a_closed_one() -> None:
    floor = closed_floor(when_closed=closing("queue", "bill"))
    floor.waits("c1")
    floor.pass_time(10)
    comes(floor, "c2", queue="bill")
    assert exits(floor) == [("general", QueueExit.CLOSED)]
    assert [(event.call_id, event.queue) for event in floor.all_of(CallQueued)] == [
        ("c1", "general"),
        ("c1", "bill"),
        ("c2", "bill"),
    ]
    assert told(floor, Variable.QUEUE) == ["bill"]  # app_queue finds the caller there, too
    floor.login("8001", queues=("bill",))
    assert delivered(floor) == [(caller_channel("c1"), "8001")]


def test_closed_queues_that_lead_in_circles_end_somewhere() -> None:
    floor = closed_floor(when_closed=closing("queue", "general"))
    floor.waits("c1")
    assert sent(floor) == []
    assert floor.world.room.length(QueueName("general")) == 1


def test_who_waits_already_is_served() -> None:
    floor = Floor(table=table(most_waiting=1))
    floor.waits("c1")
    comes(floor, "c2")
    assert sent(floor) == [(caller_channel("c2"), "message")]
    assert exits(floor) == [("general", QueueExit.FULL)]
    floor.login("8001")
    floor.rings("8001", "c1")
    floor.phone_closes("8001", "c1")
    floor.waits("c1")
    assert floor.world.room.order(QueueName("general")) == ["c1"]


def test_nobody_signed_in() -> None:
    floor = Floor(table=table(when_no_agent=closing("message")))
    floor.waits("c1")
    assert exits(floor) == [("general", QueueExit.NO_AGENT)]


def test_the_last_agent_goes_home() -> None:
    floor = Floor(table=table(when_no_agent=closing("message")))
    floor.login("8001", ready=False)
    floor.waits("c1")
    assert exits(floor) == []
    floor.logout("8001")
    floor.pass_time(1)
    assert exits(floor) == [("general", QueueExit.NO_AGENT)]
    assert sent(floor) == [(caller_channel("c1"), "message")]


def test_waited_too_long() -> None:
    floor = Floor(table=table(longest_wait_seconds=120, when_too_long=closing("goodbye")))
    floor.waits("c1")
    floor.pass_time(119)
    assert exits(floor) == []
    floor.pass_time(2)
    assert exits(floor) == [("general", QueueExit.TIMEOUT)]
    assert told(floor, Variable.WAY) == ["timeout"]
    assert floor.last(CallQueueLeft).wait_ms == 120_000


def test_a_timer_that_is_a_little_early_is_set_again() -> None:
    floor = Floor(table=table(longest_wait_seconds=60))
    floor.waits("c1")
    floor.pass_time(59.9)
    floor.tell(facts.TimerDue(facts.TimerKey(facts.Timer.PATIENCE, "c1")))
    assert exits(floor) == []
    floor.pass_time(0.2)
    assert exits(floor) == [("general", QueueExit.TIMEOUT)]


def test_a_missed_ring_does_not_prolong_the_patience() -> None:
    floor = Floor(table=table(longest_wait_seconds=60))
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    floor.pass_time(15)
    floor.phone_closes("8001", "c1")
    floor.waits("c1")
    floor.pass_time(46)
    assert exits(floor) == [("general", QueueExit.TIMEOUT)]


def test_the_key_for_a_call_back_works_only_where_one_can_be_had() -> None:
    floor = promising()
    floor.waits("c1")
    assert told(floor, Variable.CALLBACK) == []  # who is served at once costs no word to Asterisk
    floor.pass_time(3)
    floor.waits("c1")  # an agent's phone was not answered: the dialplan begins anew
    assert told(floor, Variable.CALLBACK) == ["yes", "yes"]
    plain = Floor()
    plain.waits("c1")
    plain.pass_time(3)
    assert told(plain, Variable.CALLBACK) == []


def test_an_offer_can_always_be_accepted() -> None:
    floor = promising(by_key=False, offer_after_seconds=45)
    floor.waits("c1")
    floor.pass_time(40)
    assert told(floor, Variable.CALLBACK) == []
    floor.pass_time(6)
    assert (told(floor, Variable.SAY), told(floor, Variable.CALLBACK)) == (["offer"], ["yes"])


@pytest.mark.parametrize("queue", ["general", "bill", "complaint", "vip", "senior", "dealer", "english"])
def test_a_call_back_is_offered_by_the_table_we_ship(queue: str) -> None:
    shipped = table_of(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))
    floor = Floor(table=shipped)
    floor.waits("c1", queue=queue)
    floor.pass_time(61)
    assert "offer" in told(floor, Variable.SAY)
    asks(floor, "c1")
    assert wants(floor, "c1") == "booked"


def test_the_offer_is_spoken_when_its_time_has_come() -> None:
    floor = promising(offer_after_seconds=45)
    floor.waits("c1")
    floor.pass_time(46)
    assert told(floor, Variable.SAY) == ["offer"]


@pytest.mark.parametrize("context", [Context.ASK_CALLBACK, Context.LEAVE_MESSAGE])
def test_found_at_a_question_after_a_restart(context: Context) -> None:
    floor = Floor()
    floor.waits("c1")
    after = floor.killed()
    after.login("8001")
    after.resync(live_leg("c1", context))
    after.pass_time(10)
    assert delivered(after) == []
    after.waits("c1")
    assert delivered(after) == [(caller_channel("c1"), "8001")]


def test_found_in_the_menu_after_a_restart() -> None:
    floor = Floor()
    floor.waits("c1")
    after = floor.killed()
    after.login("8001")
    after.resync(live_leg("c1", Context.IVR))
    after.pass_time(10)
    assert exits(after) == [("general", QueueExit.MENU)]
    assert delivered(after) == []
