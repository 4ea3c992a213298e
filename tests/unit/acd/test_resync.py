"""After a kill or a lost link: nobody is lost, seniority and talk times stay true, what nobody saw is marked."""

from datetime import timedelta

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Variable
from acd.contracts.ids import AgentId, AttemptId, CallId, QueueName
from acd.contracts.vocabulary import AgentState, AttemptCode, Direction
from acd.core import facts
from acd.core.effects import AddMember, AskLegs, Redirect, SetGlobal
from acd.core.facts import LegState
from tests.support.floor import NODE, Floor, caller_channel
from tests.support.floor_dials import dial, dial_opens, dial_rings, judged
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    return Floor()


def test_a_new_link_asks_what_is_alive_and_takes_the_lease_after_it(floor: Floor) -> None:
    after = floor.killed()
    after.pass_time(30)
    assert not after.actions(SetGlobal)
    after.tell(facts.LinkUp(after.now, NODE))
    assert after.actions(AskLegs) == [AskLegs(NODE, floor.now)]
    after.tell(facts.Resynced(after.now, NODE, ()))
    lease = after.actions(SetGlobal)[0]
    assert (lease.name, lease.value) == (Variable.ACD_LEASE, str(int(after.now.timestamp()) + 10))


def test_the_lease_is_renewed_every_three_seconds_while_in_step(floor: Floor) -> None:
    floor.pass_time(9.5)
    assert len(floor.actions(SetGlobal)) == 3
    floor.link_lost()
    floor.forget()
    floor.pass_time(30)
    assert not floor.actions(SetGlobal)


def test_a_conversation_goes_on_through_a_kill(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(20)
    after = floor.killed(away_seconds=5)
    after.resync(live_caller("c1", "cc-deliver"), live_phone("8001", "c1"))
    after.pass_time(10)
    after.agent_hangs_up("8001", "c1")
    after.caller_leg_ends("c1")
    ended = after.last(events.CallEnded)
    assert (ended.talk_ms, ended.incomplete, ended.agent_id) == (35_000, False, "8001")
    assert after.state_of("8001") is S.WRAP_UP
    assert after.call_events("c1") == ["call.ended"]


def test_a_hold_goes_on_through_a_kill(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(20)
    floor.holds("8001", "c1")
    after = floor.killed(away_seconds=5)
    after.resync(live_caller("c1", "cc-deliver"), live_phone("8001", "c1"))
    after.pass_time(5)
    after.resumes("8001", "c1")
    after.caller_hangs_up("c1")
    ended = after.last(events.CallEnded)
    assert (ended.talk_ms, ended.hold_ms) == (20_000, 10_000)


def test_callers_found_waiting_keep_their_order_and_their_time(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(10)
    floor.waits("c2")
    after = floor.killed()
    after.resync(live_caller("c2", "cc-waiting"), live_caller("c1", "cc-waiting"))
    assert not after.all_of(events.CallQueued)
    after.login("8001")
    assert after.actions(Redirect)[0].channel == caller_channel("c1")
    after.rings("8001", "c1")
    after.answers("8001", "c1")
    assert after.last(events.CallConnected).wait_ms == 12_000


def test_a_caller_who_joined_while_nobody_watched_keeps_the_dialplans_time(floor: Floor) -> None:
    floor.waits("c2")
    after = floor.killed(away_seconds=60)
    earlier = after.now - timedelta(seconds=90)
    after.resync(live_caller("c2", "cc-waiting"), live_caller("c1", "cc-waiting", queued_at=earlier, priority=0))
    assert after.call_events("c1") == ["call.offered", "call.queued"]
    after.login("8001")
    assert after.actions(Redirect)[0].channel == caller_channel("c1")
    after.rings("8001", "c1")
    after.answers("8001", "c1")
    after.caller_hangs_up("c1")
    assert after.last(events.CallConnected).wait_ms == 90_000
    assert after.last(events.CallEnded).incomplete


def test_a_call_that_ended_while_nobody_watched_is_ended_once(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.waits("c2")
    floor.pass_time(30)
    after = floor.killed(away_seconds=300)
    after.resync()
    ended = {event.call_id: event for event in after.all_of(events.CallEnded)}
    assert set(ended) == {"c1", "c2"}
    assert all(event.incomplete for event in ended.values())
    assert ended[CallId("c1")].talk_ms == 30_000  # as far as anybody knows
    assert not after.all_of(events.CallAbandoned)  # who knows
    after.pass_time(0)  # the wrap-up ended long ago
    assert after.state_of("8001") is S.READY
    assert after.records.keys() == {key for key in after.records if key[0] in ("agent", "contact")}


def test_the_agent_left_while_nobody_watched_and_the_customer_is_in_the_survey(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(30)
    after = floor.killed(away_seconds=4)
    after.resync(live_caller("c1", "cc-survey"))
    after.surveyed("c1", 2)
    after.caller_leg_ends("c1")
    ended = after.last(events.CallEnded)
    assert (ended.talk_ms, ended.incomplete) == (30_000, True)
    assert after.last(events.CallSurveyed).agent_id == "8001"
    assert after.state_of("8001") is S.WRAP_UP


def test_answered_and_over_while_nobody_watched_counts_as_answered(floor: Floor) -> None:
    floor.waits("c1")
    after = floor.killed(away_seconds=30)
    after.resync(live_caller("c1", "cc-survey", served_by=AgentId("8001")))
    after.surveyed("c1", 1)
    after.caller_leg_ends("c1")
    assert after.call_events("c1") == ["call.connected", "call.surveyed", "call.ended"]
    ended = after.last(events.CallEnded)
    assert (ended.agent_id, ended.talk_ms, ended.incomplete) == ("8001", 0, True)


def test_a_call_answered_while_nobody_watched(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    after = floor.killed(away_seconds=4)
    after.resync(live_caller("c1", "cc-deliver"), live_phone("8001", "c1", age_seconds=4))
    assert after.call_events("c1") == ["call.connected"]
    assert after.state_of("8001") is S.TALKING


def test_app_queue_served_a_caller_while_we_were_dead(floor: Floor) -> None:
    floor.login("8001")
    after = floor.killed(away_seconds=60)
    after.resync(live_caller("c1", "cc-fallback", age_seconds=40), live_phone("8001", "c1", age_seconds=10))
    assert after.call_events("c1") == ["call.offered", "call.queued", "call.agent_ringing", "call.connected"]
    assert after.last(events.CallQueued).fallback
    after.caller_hangs_up("c1")
    ended = after.last(events.CallEnded)
    assert (ended.talk_ms, ended.incomplete) == (10_000, True)


def test_callers_whom_app_queue_holds_are_taken_back_unless_it_rings_for_them(floor: Floor) -> None:
    floor.login("8001", ready=False)
    after = floor.killed(away_seconds=60)
    after.resync(
        live_caller("c1", "cc-fallback"), live_caller("c2", "cc-fallback"), live_phone("8002", "c2", LegState.RINGING)
    )
    after.pass_time(3)
    taken_back = [redirect for redirect in after.actions(Redirect) if redirect.context == "cc-waiting"]
    assert {redirect.channel for redirect in taken_back} == {caller_channel("c1")}


def test_a_reservation_of_the_last_life_is_given_up(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    after = floor.killed()
    assert after.state_of("8001") is S.RESERVED
    after.resync(live_caller("c1", "cc-waiting"))
    assert [redirect.exten for redirect in after.actions(Redirect)] == ["8001"]
    assert not after.all_of(events.CallAgentMissed)


def test_a_redirect_of_the_last_life_that_comes_to_nothing_is_given_up(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    after = floor.killed()
    after.resync(live_caller("c1", "cc-deliver"))
    assert after.state_of("8001") is S.RESERVED
    after.pass_time(3)
    assert [redirect.exten for redirect in after.actions(Redirect)] == ["8001"]


def test_wrap_up_and_pause_go_on_through_a_kill(floor: Floor) -> None:
    floor.login("8001")
    floor.login("8002", ready=False)
    floor.talks("8001", "c1")
    floor.agent_hangs_up("8001", "c1")
    floor.caller_leg_ends("c1")
    floor.pass_time(30)
    after = floor.killed(away_seconds=10)
    after.resync()
    assert (after.state_of("8001"), after.state_of("8002")) == (S.WRAP_UP, S.PAUSED)
    after.pass_time(21)
    assert after.state_of("8001") is S.READY


def test_app_queues_members_are_told_again(floor: Floor) -> None:
    floor.login("8001", ready=False)
    floor.login("8002")
    after = floor.killed()
    after.resync()
    assert {(added.agent_id, added.paused) for added in after.actions(AddMember)} == {("8001", True), ("8002", False)}


def test_a_lost_link_stops_deliveries_until_the_resync(floor: Floor) -> None:
    floor.waits("c1")
    floor.link_lost()
    floor.login("8001")
    assert not floor.actions(Redirect)
    floor.pass_time(5)
    floor.resync(live_caller("c1", "cc-waiting"))
    assert [redirect.channel for redirect in floor.actions(Redirect)] == [caller_channel("c1")]
    assert [event.type for event in floor.events if event.type.startswith("acd.")] == ["acd.link_down", "acd.link_up"]


def test_a_channel_that_went_during_the_resync_is_not_taken_on(floor: Floor) -> None:
    after = floor.killed()
    after.tell(facts.LinkUp(after.now, NODE))
    after.caller_leg_ends("c1")
    after.tell(facts.Resynced(after.now, NODE, (live_caller("c1", "cc-waiting"),)))
    assert after.world.calls == {}


def test_callers_of_other_contexts_are_found_where_they_are(floor: Floor) -> None:
    after = floor.killed(away_seconds=60)
    after.resync(
        live_caller("menu", "cc-ivr"),
        live_caller("survey", "cc-survey"),
        live_caller("moving", "cc-deliver"),
    )
    assert {call.call_id: call.state.value for call in after.world.calls.values()} == {
        "menu": "in_ivr",
        "survey": "left",
        "moving": "waiting",
    }
    assert "moving" not in [call_id for queue in after.world.queues for call_id in after.world.room.order(queue)]


def test_one_node_down_leaves_the_other_alone() -> None:
    floor = Floor(("n1", "n2"))
    floor.waits("c1", node="n1")
    floor.waits("c2", node="n2")
    floor.link_lost("n1")
    floor.login("8001")
    assert [(redirect.node, redirect.channel) for redirect in floor.actions(Redirect)] == [("n2", caller_channel("c2"))]
    floor.resync(node="n1")
    assert [event.call_id for event in floor.all_of(events.CallEnded)] == ["c1"]


def test_an_unanswered_attempt_is_finished_when_its_channel_is_gone(floor: Floor) -> None:
    dial(floor, "a1")
    dial_opens(floor, "a1")
    dial_rings(floor, "a1")
    dial(floor, "a2", owed_yuan="50.00")
    after = floor.killed()
    after.resync()
    codes = {event.attempt_id: event.code for event in after.all_of(events.AttemptFinished)}
    assert codes == {"a1": AttemptCode.NO_ANSWER, "a2": AttemptCode.CONGESTION}


def test_an_attempt_answered_while_nobody_watched(floor: Floor) -> None:
    dial(floor, "a1")
    dial_opens(floor, "a1")
    after = floor.killed(away_seconds=10)
    after.resync(live_caller("n1-a1", "cc-outbound", attempt_id=AttemptId("a1"), queue=QueueName("")))
    assert after.last(events.AttemptAnswered).call_id == "n1-a1"
    assert after.last(events.CallOffered).direction is Direction.OUTBOUND
    judged(after, "a1", AttemptCode.PROMISE)
    after.caller_hangs_up("n1-a1")
    assert [event.code for event in after.all_of(events.AttemptFinished)] == [AttemptCode.PROMISE]
