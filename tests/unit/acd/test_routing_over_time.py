"""Routing as time goes on: candidates that widen, caps that let go, and callers known from earlier contacts."""

from datetime import timedelta

import pytest

from acd.contracts import events
from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, When
from acd.contracts.vocabulary import TargetKind
from acd.core.effects import AddMember, Kind
from acd.core.facts import Timer, TimerKey
from acd.core.routing import Mark
from tests.support.floor import Floor, caller_channel
from tests.support.tables import configure, delivered, newer, redirect, rule, waits

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return Floor()


# ---- time goes on ------------------------------------


def test_candidates_widen_by_timers_alone_and_it_is_told_once() -> None:
    circles = (Circle(after_seconds=0, reach=0), Circle(after_seconds=20, reach=2))
    overflows = (Overflow(to_queue=QueueName("other"), after_seconds=40),)
    table = newer(
        rule("general", circles=circles, overflows=overflows), rule("other"), parents={CenterId("js"): CenterId("cn")}
    )
    floor = Floor(table=table)
    waits(floor, "c1", center=CenterId("js"))
    floor.pass_time(19)
    assert floor.all_of(events.CallOverflowed) == []
    floor.pass_time(1)
    floor.pass_time(20)
    told = [(each.from_queue, each.to_queue, each.reason.code) for each in floor.all_of(events.CallOverflowed)]
    assert told == [("general", "general", "circle"), ("general", "other", "always")]
    assert TimerKey(Timer.WIDEN, "c1") not in floor.timers  # there is nothing more to come
    floor.login("8001", queues=("other",))
    floor.rings("8001", "c1")
    floor.fails("8001", "c1", "NOANSWER")
    floor.waits("c1")
    assert len(floor.all_of(events.CallOverflowed)) == 2
    floor.login("8002", queues=("other",))
    assert delivered(floor)[-1] == (caller_channel("c1"), "8002")


def test_the_last_agent_of_a_queue_signs_out_and_its_callers_overflow() -> None:
    table = newer(
        rule("general", overflows=(Overflow(to_queue=QueueName("other"), when=When.NO_AGENT),)), rule("other")
    )
    floor = Floor(table=table)
    floor.login("8001", ready=False)
    floor.login("8002", queues=("other",))
    floor.waits("c1")
    assert delivered(floor) == []
    floor.logout("8001")
    assert delivered(floor) == [(caller_channel("c1"), "8002")]
    assert floor.last(events.CallOverflowed).reason.code == "no_agent"


def test_a_cap_lets_go_when_a_talk_is_over() -> None:
    floor = Floor(table=newer(rule("general", most_talking=1, wrap_up_seconds=0)))
    floor.login("8001")
    floor.login("8002")
    floor.talks("8001", "c1")
    floor.waits("c2")
    floor.forget()
    assert delivered(floor) == []
    floor.caller_hangs_up("c1")
    assert delivered(floor) == [(caller_channel("c2"), "8002")]


# ---- known callers -----------------------------------


def test_a_repeated_caller_comes_sooner_also_after_a_restart(floor: Floor) -> None:
    waits(floor, "c1", caller="139")
    floor.caller_hangs_up("c1")
    floor.pass_time(3600)
    again = floor.killed()
    again.resync()
    waits(again, "c2", caller="138")
    waits(again, "c3", caller="139")
    assert again.world.calls[CallId("c3")].wants.marks == (Mark.REPEATED,)
    assert again.world.room.order(QueueName("general")) == ["c3", "c2"]
    again.caller_hangs_up("c3")
    again.now += timedelta(days=1, seconds=1)
    waits(again, "c4", caller="139")
    assert again.world.calls[CallId("c4")].wants.marks == ()


def test_contacts_are_forgotten_after_a_week(floor: Floor) -> None:
    waits(floor, "c1", caller="139")
    waits(floor, "c2")  # withheld
    floor.now += timedelta(days=7, seconds=1)
    waits(floor, "c3", caller="138")
    assert list(floor.world.contacts) == ["138"]
    assert [key for kind, key in floor.records if kind is Kind.CONTACT] == ["138"]


def test_the_agent_of_the_last_contact_is_waited_for() -> None:
    floor = Floor(table=newer(rule("general", last_agent_seconds=20, wrap_up_seconds=0)))
    floor.login("8001")
    waits(floor, "c1", caller="139")
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    floor.caller_hangs_up("c1")
    floor.phone_closes("8001")
    floor.talks("8001", "c2")
    floor.login("8002")
    floor.forget()
    waits(floor, "c3", caller="139")
    assert delivered(floor) == []
    floor.pass_time(19)
    assert delivered(floor) == []
    floor.pass_time(1)
    assert delivered(floor) == [(caller_channel("c3"), "8002")]


def test_marks_and_manager_come_with_the_call() -> None:
    floor = Floor(table=newer(rule("general", last_agent_seconds=20)))
    floor.login("8001", ready=False)
    floor.login("8002")
    floor.ready("8001")
    waits(floor, "c1", marks=(Mark.VIP,), manager=AgentId("8001"))
    assert delivered(floor) == [(caller_channel("c1"), "8001")]
    call = floor.world.calls[CallId("c1")]
    assert (call.wants.marks, [reason.code for reason in call.why]) == (("vip",), ["first_in_queue", "manager"])


def test_whoever_asked_for_the_emergency_queue_keeps_its_points() -> None:
    floor = Floor(table=newer(rule("general"), rule("emergency", base_priority=50)))
    waits(floor, "c1", queue="emergency")
    waits(floor, "c2")
    assert redirect(floor, "c1", TargetKind.QUEUE, "general") == ""
    assert floor.world.room.order(QueueName("general")) == ["c1", "c2"]


def test_agents_of_a_new_queue_serve_in_the_first_of_app_queue(floor: Floor) -> None:
    configure(floor, newer(rule("general"), rule("fiber"), rule("cable")))
    floor.forget()
    floor.login("8001", queues=("fiber", "cable"))
    assert [(asked.queue, asked.agent_id) for asked in floor.actions(AddMember)] == [("general", "8001")]
