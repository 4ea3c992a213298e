"""Routing at work in the world: another table while serving, queues closed, callers sent elsewhere."""

import pytest

from acd.contracts import events
from acd.contracts.ids import CallId, CenterId, QueueName
from acd.contracts.routing import Circle, SkillNeed
from acd.contracts.snapshots import QueueSnapshot
from acd.contracts.vocabulary import AgentState, QueueExit, TargetKind
from acd.core.effects import Kind, Show
from tests.support.floor import TABLE, Floor, caller_channel
from tests.support.tables import close, configure, delivered, newer, redirect, rule, waits

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return Floor()


# ---- the table ---------------------------------------


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
