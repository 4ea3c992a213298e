"""Several nodes: one that is gone holds nobody up, what is told of its calls is no more than what was seen."""

from datetime import timedelta

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId, CallId, NodeName, QueueName
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core import facts
from acd.core.effects import Action, AddMember, PauseMember, Redirect, RemoveMember, SetGlobal
from acd.core.facts import LegState, LiveMember
from acd.core.nodes.links import OUT_OF_REACH, SETTLE_WITHIN
from tests.support.floor import Floor, caller_channel
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

N1, N2 = NodeName("n1"), NodeName("n2")
S = AgentState


@pytest.fixture
def floor() -> Floor:
    return Floor(("n1", "n2"))


def dies(floor: Floor, node: NodeName = N1) -> None:
    floor.link_lost(node)
    floor.tell(facts.NodeDied(floor.now, node))


def test_callers_who_waited_on_a_dead_node_are_closed_without_a_verdict(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(20)
    dies(floor)
    assert floor.call_events("c1")[-1] == "call.ended"
    ended = floor.last(events.CallEnded)
    assert (ended.incomplete, ended.agent_id, ended.talk_ms) == (True, None, 0)
    assert not floor.all_of(events.CallAbandoned)  # whether the caller had had enough nobody knows


def test_who_talked_on_a_dead_node_is_free_for_callers_of_another(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(30)
    dies(floor)
    ended = floor.last(events.CallEnded)
    assert (ended.incomplete, ended.agent_id, ended.talk_ms, ended.dropped) == (True, "8001", 30_000, False)
    assert floor.state_of("8001") is S.WRAP_UP
    assert not floor.world.phones.get(AgentId("8001"))
    floor.waits("c2", node="n2")
    floor.ready("8001")
    assert [(asked.node, asked.exten) for asked in floor.actions(Redirect)][-1] == ("n2", "8001")


def test_who_was_rung_by_a_dead_node_is_ready_at_once(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    floor.waits("c2", node="n2")
    dies(floor)
    assert floor.actions(Redirect)[-1].channel == caller_channel("c2")


def test_a_node_out_of_reach_keeps_its_calls_for_a_while(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.link_lost()
    floor.pass_time(OUT_OF_REACH.total_seconds() - 1)
    assert not floor.all_of(events.CallEnded)
    assert floor.state_of("8001") is S.TALKING
    floor.pass_time(2)
    assert floor.last(events.CallEnded).incomplete


def test_a_node_back_in_time_has_lost_nothing(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.link_lost()
    floor.pass_time(10)
    floor.resync(live_caller("c1", "cc-deliver"), live_phone("8001", "c1"))
    floor.pass_time(OUT_OF_REACH.total_seconds() * 2)
    assert not floor.all_of(events.CallEnded)
    assert floor.state_of("8001") is S.TALKING


def test_a_call_given_up_is_taken_on_again_when_it_turns_out_to_live(floor: Floor) -> None:
    floor.waits("c1")
    floor.link_lost()
    floor.pass_time(OUT_OF_REACH.total_seconds() + 1)
    floor.forget()
    floor.resync(live_caller("c1", "cc-waiting"))
    assert floor.call_events("c1") == ["call.offered", "call.queued"]


def test_the_end_of_a_call_given_up_is_no_second_call(floor: Floor) -> None:
    floor.waits("c1")
    since = floor.now
    floor.link_lost()
    floor.pass_time(OUT_OF_REACH.total_seconds() + 1)
    floor.forget()
    arrived = facts.CallArrived(since, N1, CallId("c1"), caller_channel("c1"), did="10010", caller="13900000001")
    floor.tell(facts.LinkUp(floor.now, N1))
    floor.tell(facts.CallsMissed(floor.now, N1, since, {arrived.call_id: (arrived,)}))
    assert floor.call_events("c1") == []


def test_the_other_nodes_lease_is_renewed_and_the_dead_ones_is_not(floor: Floor) -> None:
    dies(floor)
    floor.forget()
    floor.pass_time(9.5)
    assert {asked.node for asked in floor.actions(SetGlobal)} == {N2}


# ---- the start ------------------------------------------


@pytest.mark.parametrize("first", ["n1", "n2"])
def test_an_agent_who_went_from_one_nodes_call_to_anothers_is_found_there(floor: Floor, first: str) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    after = floor.killed(away_seconds=20)
    nodes = {
        "n1": [live_caller("c1", "cc-survey")],
        "n2": [live_caller("c2", "cc-fallback"), live_phone("8001", "c2")],
    }
    for node in sorted(nodes, key=lambda name: name != first):
        after.resync(*nodes[node], node=node)
    agent = after.world.agents[AgentId("8001")]
    assert (agent.state, agent.call_id) == (S.TALKING, "c2")


def test_nobody_is_rung_before_every_node_has_told_who_is_on_the_phone(floor: Floor) -> None:
    floor.login("8001")
    after = floor.killed()
    after.resync(live_caller("c1", "cc-waiting"), node="n1")
    assert not after.actions(Redirect), "app_queue on the other node may be ringing the agent right now"
    after.resync(live_phone("8001", "c2", LegState.RINGING), node="n2")
    assert not after.actions(Redirect)
    assert after.world.phones[AgentId("8001")]


def test_a_node_that_does_not_come_up_is_not_waited_for(floor: Floor) -> None:
    floor.login("8001")
    after = floor.killed()
    after.resync(live_caller("c1", "cc-waiting"), node="n1")
    after.pass_time(SETTLE_WITHIN.total_seconds())
    assert [asked.exten for asked in after.actions(Redirect)] == ["8001"]


def test_a_node_known_to_be_dead_is_not_waited_for_at_all(floor: Floor) -> None:
    floor.login("8001")
    after = floor.killed()
    after.tell(facts.NodeDied(after.now, N2))
    after.resync(live_caller("c1", "cc-waiting"), node="n1")
    assert after.actions(Redirect)


# ---- app_queue's members ----------------------------------


def member_actions(floor: Floor) -> list[Action]:
    return [effect for effect in floor.effects if isinstance(effect, AddMember | RemoveMember | PauseMember)]


def test_members_are_kept_on_every_node(floor: Floor) -> None:
    floor.login("8001")
    assert {asked.node for asked in floor.actions(AddMember)} == {N1, N2}


def test_members_are_repaired_after_a_gap(floor: Floor) -> None:
    for agent in ("8001", "8002", "8003", "8004"):
        floor.login(agent)
    floor.link_lost("n2")
    floor.logout("8002")
    floor.pause("8003", PauseReason.MEAL)
    floor.pass_time(10)
    floor.forget()
    found = [LiveMember(QueueName("general"), AgentId(agent), paused=False) for agent in ("8001", "8002", "8003")]
    floor.tell(facts.LinkUp(floor.now, N2))
    floor.tell(facts.Resynced(floor.now, N2, (), tuple(found)))
    general = QueueName("general")
    assert member_actions(floor) == [
        RemoveMember(N2, general, AgentId("8002")),
        PauseMember(N2, AgentId("8003"), True),
        AddMember(N2, general, AgentId("8004"), False),
    ]


# ---- what a resync does not know -------------------------------


@pytest.mark.parametrize("place", ["cc-of-a-later-version", *Context])
def test_no_live_call_is_ended_wherever_it_is_found(floor: Floor, place: str) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    after = floor.killed()
    after.resync(live_caller("c1", place), node="n1")
    assert "c1" in after.world.calls
    assert not after.all_of(events.CallEnded)
    assert not after.all_of(events.CallAbandoned)


@pytest.mark.parametrize("place", ["cc-of-a-later-version", Context.HELD, Context.CONFERENCE_CALLER, Context.PASSWORD])
def test_an_agent_is_not_freed_by_a_place_that_proves_nothing(floor: Floor, place: str) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    after = floor.killed()
    after.resync(live_caller("c1", place), node="n1")
    assert after.state_of("8001") is S.TALKING


def test_whoever_is_on_the_line_of_a_call_stays_on_it(floor: Floor) -> None:
    floor.login("8001")
    floor.login("8002")
    floor.talks("8001", "c1")
    floor.rings("8002", "c1")
    states = floor.state_of("8001"), floor.state_of("8002")
    after = floor.killed()
    after.resync(live_caller("c1", "cc-deliver"), live_phone("8001", "c1"), live_phone("8002", "c1"), node="n1")
    assert (after.state_of("8001"), after.state_of("8002")) == states
    assert after.world.phones[AgentId("8002")], "on the phone: no other call now"


def test_what_happened_before_the_gap_is_dated_before_it(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(5)
    seen = floor.now
    floor.link_lost()
    floor.pass_time(30)
    floor.tell(facts.NodeDied(floor.now, N1))
    assert floor.last(events.CallEnded).at == seen
    assert floor.now - seen == timedelta(seconds=30)
