"""Routing at work in the world: another table while serving, queues closed, callers sent elsewhere, known callers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from acd.contracts import events
from acd.contracts.commands import CloseQueue, ConfigureRouting, RedirectWaiting, Target
from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, QueueRule, RoutingTable, SkillNeed, When
from acd.contracts.snapshots import QueueSnapshot
from acd.contracts.vocabulary import AgentState, QueueExit, TargetKind
from acd.core import facts
from acd.core.effects import AddMember, Kind, Redirect, Show
from acd.core.facts import Timer, TimerKey
from acd.core.routing import Mark
from tests.support.floor import NODE, TABLE, Floor, caller_channel

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return Floor()


def rule(name: str, **rules: object) -> QueueRule:
    return QueueRule(name=QueueName(name), title=name, **rules)  # type: ignore[arg-type]


def configure(floor: Floor, table: RoutingTable) -> str:
    not_after = floor.now + timedelta(seconds=5)
    return floor.command(ConfigureRouting(command_id=uuid4(), not_after=not_after, table=table, by="8101")).code


def close(floor: Floor, queue: str, closed: bool = True) -> str:
    not_after = floor.now + timedelta(seconds=5)
    asked = CloseQueue(command_id=uuid4(), not_after=not_after, queue=QueueName(queue), closed=closed, by="8101")
    return floor.command(asked).code


def redirect(floor: Floor, call_id: str, kind: TargetKind, to: str) -> str:
    not_after = floor.now + timedelta(seconds=5)
    target = Target(kind=kind, id=to)
    asked = RedirectWaiting(command_id=uuid4(), not_after=not_after, call_id=CallId(call_id), to=target, by="8101")
    return floor.command(asked).code


def delivered(floor: Floor) -> list[tuple[str, str]]:
    return [(str(asked.channel), asked.exten) for asked in floor.actions(Redirect)]


def waits(floor: Floor, call_id: str, *, caller: str = "", queue: str = "general", **known: object) -> None:
    call = (floor.now, NODE, CallId(call_id), caller_channel(call_id))
    floor.tell(facts.CallArrived(*call, did="10010", caller=caller))
    floor.tell(facts.CallerWaiting(*call, QueueName(queue), 0, **known))  # type: ignore[arg-type]


# ---- the table ---------------------------------------


def newer(*queues: QueueRule, version: int = 1, **more: object) -> RoutingTable:
    return RoutingTable(version=version, queues=queues or TABLE.queues, **more)  # type: ignore[arg-type]


def test_another_table_serves_at_once_and_outlives_a_restart(floor: Floor) -> None:
    floor.login("8001", queues=("general", "dunning"))
    floor.pause("8001")
    floor.waits("c1")
    floor.forget()
    table = newer(rule("general"), rule("dunning"))
    assert configure(floor, table) == ""
    assert (floor.last(events.RoutingConfigured).version, floor.last(events.RoutingConfigured).by) == (1, "8101")
    assert list(floor.world.queues) == ["general", "dunning"]
    assert floor.world.presence[QueueName("dunning")][AgentState.PAUSED] == 1
    floor.pass_time(1)
    shown = {show.snapshot.queue for show in floor.actions(Show) if isinstance(show.snapshot, QueueSnapshot)}
    assert [show.topic for show in floor.actions(Show) if show.snapshot is None] == [
        "cc/v1/state/queue/bill",
        "cc/v1/state/queue/vip",
    ]
    assert shown == {"general", "dunning"}
    floor.ready("8001")
    assert delivered(floor) == [(caller_channel("c1"), "8001")]
    after = floor.killed()
    assert after.world.table == table


def test_callers_keep_their_seniority(floor: Floor) -> None:
    floor.waits("c1", "bill")
    floor.pass_time(10)
    floor.waits("c2", "bill", priority=0)
    configure(floor, newer(rule("general"), rule("bill", skills=(SkillNeed(skill="bill"),))))
    floor.login("8001", queues=("bill",))
    assert delivered(floor) == [(caller_channel("c1"), "8001")]


def test_callers_of_a_queue_that_is_no_more_wait_in_the_first(floor: Floor) -> None:
    floor.waits("c1", "vip")
    configure(floor, newer(rule("general")))
    floor.login("8001")
    assert delivered(floor) == [(caller_channel("c1"), "8001")]
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    floor.caller_hangs_up("c1")
    assert not floor.world.engine.engaged.total()


@pytest.mark.parametrize(("version", "code"), [(2, "routing.older_version"), (3, "routing.older_version"), (4, "")])
def test_an_older_table_is_refused(floor: Floor, version: int, code: str) -> None:
    assert configure(floor, newer(rule("general"), version=3)) == ""
    assert configure(floor, newer(rule("other"), version=version)) == code


def test_the_same_table_again_changes_nothing(floor: Floor) -> None:
    configure(floor, newer(version=3))
    floor.forget()
    assert configure(floor, newer(version=3)) == ""
    assert floor.all_of(events.RoutingConfigured) == []


def test_a_time_zone_that_is_not_there_is_refused(floor: Floor) -> None:
    assert configure(floor, newer(timezone="Nowhere/Land")) == "routing.unknown_timezone"
    assert floor.world.table == TABLE


# ---- closed queues -----------------------------------


def test_a_queue_is_closed_and_opened(floor: Floor) -> None:
    assert close(floor, "bill") == ""
    assert close(floor, "bill") == ""  # already
    assert [(told.queue, told.closed, told.by) for told in floor.all_of(events.QueueClosed)] == [("bill", True, "8101")]
    assert floor.world.closed_queues == {"bill"}
    assert (Kind.CLOSED, "bill") in floor.records
    assert close(floor, "bill", closed=False) == ""
    assert floor.world.closed_queues == set()
    assert (Kind.CLOSED, "bill") not in floor.records
    assert close(floor, "nonsense") == "routing.unknown_queue"


# ---- sent elsewhere ----------------------------------


def test_to_another_queue_with_the_place_in_time(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(10)
    floor.waits("c2", "bill")
    floor.forget()
    assert redirect(floor, "c1", TargetKind.QUEUE, "bill") == ""
    assert floor.call_events("c1") == ["call.queue_left", "call.queued", "call.redirected"]
    left, told = floor.last(events.CallQueueLeft), floor.last(events.CallRedirected)
    assert (left.how, left.queue, left.wait_ms) == (QueueExit.REDIRECTED, "general", 10_000)
    assert (told.by, told.to_kind, told.to) == ("8101", TargetKind.QUEUE, "bill")
    assert floor.last(events.CallQueued).position == 1
    floor.login("8001", queues=("bill",))
    assert delivered(floor) == [(caller_channel("c1"), "8001")]


def test_to_one_agent_who_is_busy_now(floor: Floor) -> None:
    floor.login("8001", queues=("vip",))
    floor.talks("8001", "c0")
    floor.waits("c1")
    floor.forget()
    assert redirect(floor, "c1", TargetKind.AGENT, "8001") == ""
    floor.login("8002")
    assert delivered(floor) == []
    floor.agent_hangs_up("8001", "c0")
    floor.phone_closes("8001")
    floor.ready("8001")
    assert delivered(floor) == [(caller_channel("c1"), "8001")]
    floor.rings("8001", "c1")
    ringing = floor.last(events.CallAgentRinging)
    assert [reason.code for reason in ringing.why] == ["first_in_queue", "redirected"]
    assert ringing.why[1].values == {"by": "8101"}


def test_who_does_not_answer_loses_the_caller_to_all(floor: Floor) -> None:
    floor.login("8001", queues=("vip",), ready=False)
    floor.waits("c1")
    redirect(floor, "c1", TargetKind.AGENT, "8001")
    floor.ready("8001")
    floor.rings("8001", "c1")
    floor.fails("8001", "c1", "NOANSWER")
    floor.waits("c1")
    floor.forget()
    floor.login("8002")
    assert delivered(floor) == [(caller_channel("c1"), "8002")]


@pytest.mark.parametrize(
    ("kind", "to", "code"),
    [
        (TargetKind.QUEUE, "nonsense", "call.unknown_target"),
        (TargetKind.AGENT, "8009", "agent.not_logged_in"),
        (TargetKind.CENTER, "nowhere", "call.unknown_target"),
        (TargetKind.EXTERNAL, "13900000001", "call.unknown_target"),
    ],
)
def test_nowhere_else(floor: Floor, kind: TargetKind, to: str, code: str) -> None:
    floor.waits("c1")
    assert redirect(floor, "c1", kind, to) == code
    assert redirect(floor, "c2", TargetKind.QUEUE, "bill") == "call.wrong_state"
    assert floor.all_of(events.CallRedirected) == []
    assert CallId("c1") in floor.world.room


def test_to_another_centre() -> None:
    circles = (Circle(after_seconds=0, reach=0), Circle(after_seconds=60, reach=2))
    table = newer(
        rule("general", circles=circles), parents={CenterId("js"): CenterId("cn"), CenterId("gd"): CenterId("cn")}
    )
    floor = Floor(table=table)
    floor.login("8001", center="gd")
    waits(floor, "c1", center=CenterId("js"))
    assert delivered(floor) == []
    assert redirect(floor, "c1", TargetKind.CENTER, "gd") == ""
    assert delivered(floor) == [(caller_channel("c1"), "8001")]


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
