"""The caller's way through a floor with a clock of its own: served, abandoned at each stage, surveyed."""

import pytest

from acd.contracts import events
from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId, QueueName
from acd.contracts.vocabulary import AbandonStage, AgentState, HangupSide, IvrOutcome
from acd.core import facts
from acd.core.effects import Kind, Redirect
from tests.support.floor import NODE, Floor, caller_channel

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return Floor()


def test_a_normal_call(floor: Floor) -> None:
    floor.login("8001")
    floor.in_menu("c1")
    floor.wants_agent("c1")
    floor.leaves_menu("c1", IvrOutcome.AGENT)
    floor.waits("c1")
    assert floor.actions(Redirect) == [Redirect(NODE, caller_channel("c1"), Context.DELIVER, "8001")]
    floor.pass_time(0.2)
    floor.rings("8001", "c1")
    floor.pass_time(3)
    floor.answers("8001", "c1")
    floor.pass_time(20)
    floor.holds("8001", "c1")
    floor.pass_time(5)
    floor.resumes("8001", "c1")
    floor.pass_time(10)
    floor.agent_hangs_up("8001", "c1")
    floor.pass_time(2)
    floor.surveyed("c1", 1)
    floor.caller_leg_ends("c1")

    assert floor.call_events("c1") == [
        "call.offered", "call.ivr_answered", "call.agent_requested", "call.ivr_left", "call.queued",
        "call.agent_ringing", "call.connected", "call.held", "call.resumed", "call.surveyed", "call.ended",
    ]  # fmt: skip
    connected, ended = floor.last(events.CallConnected), floor.last(events.CallEnded)
    assert (connected.wait_ms, connected.ring_ms) == (3200, 3000)
    assert (ended.talk_ms, ended.hold_ms) == (30_000, 5000)
    assert (ended.hangup_side, ended.agent_id, ended.incomplete) == (HangupSide.AGENT, "8001", False)
    assert floor.last(events.CallResumed).hold_ms == 5000
    assert floor.state_of("8001") is AgentState.WRAP_UP
    assert floor.world.calls == {}


def test_the_announcement_counts_as_answered(floor: Floor) -> None:
    """The phone is up, the announcement plays, DialEnd says ANSWER a second later: the first moment counts."""
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    floor.pass_time(2)
    floor.answers("8001", "c1")
    floor.pass_time(1)
    floor.answers("8001", "c1")
    assert [event.ring_ms for event in floor.all_of(events.CallConnected)] == [2000]


@pytest.mark.parametrize(
    ("wanted", "outcome", "abandoned"),
    [
        (False, None, True),  # hung up in the middle of the menu
        (True, None, True),  # asked for a human, then gave up
        (True, IvrOutcome.AGENT, True),
        (False, IvrOutcome.HANGUP, True),
        (False, IvrOutcome.FAILED, True),
        (False, IvrOutcome.SELF_SERVICE, False),  # served by the menu
        (True, IvrOutcome.SELF_SERVICE, True),
    ],
)
def test_hanging_up_in_the_menu(floor: Floor, wanted: bool, outcome: IvrOutcome | None, abandoned: bool) -> None:
    floor.in_menu("c1")
    if wanted:
        floor.wants_agent("c1")
    if outcome is not None:
        floor.leaves_menu("c1", outcome)
    floor.caller_hangs_up("c1")
    stages = [event.stage for event in floor.all_of(events.CallAbandoned)]
    assert stages == ([AbandonStage.IVR] if abandoned else [])
    assert floor.last(events.CallEnded).hangup_side is HangupSide.CUSTOMER


def test_abandoned_in_the_queue(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(30)
    floor.caller_hangs_up("c1", cause=0)
    abandoned = floor.last(events.CallAbandoned)
    assert (abandoned.stage, abandoned.queue, abandoned.wait_ms) == (AbandonStage.QUEUE, "general", 30_000)
    assert floor.last(events.CallEnded).hangup_cause == 16  # Asterisk gives 0 for a plain BYE
    assert CallId("c1") not in floor.world.room


def test_abandoned_between_choice_and_ring(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.caller_hangs_up("c1")
    assert floor.last(events.CallAbandoned).stage is AbandonStage.QUEUE
    assert floor.state_of("8001") is AgentState.READY


def test_abandoned_while_ringing(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    floor.pass_time(4)
    floor.caller_hangs_up("c1")
    floor.phone_closes("8001", "c1")
    assert floor.last(events.CallAbandoned).stage is AbandonStage.RING
    assert floor.state_of("8001") is AgentState.READY
    floor.waits("c2")
    assert len(floor.actions(Redirect)) == 2


def test_the_customer_hangs_up(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(30)
    floor.caller_hangs_up("c1")
    floor.phone_closes("8001", "c1")
    ended = floor.last(events.CallEnded)
    assert (ended.hangup_side, ended.talk_ms, ended.agent_id) == (HangupSide.CUSTOMER, 30_000, "8001")
    assert floor.state_of("8001") is AgentState.WRAP_UP
    assert not floor.all_of(events.CallAbandoned)


def test_the_customer_hangs_up_and_the_agents_leg_ends_first(floor: Floor) -> None:
    """As Asterisk tears a bridge down: the agent's Hangup comes before the customer's, the request did not."""
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(30)
    call = floor.world.calls[next(iter(floor.world.calls))]
    floor.tell(facts.HangupAsked(floor.now, NODE, call.channel, "n1-c1", call.call_id, None))
    floor.phone_closes("8001", "c1")
    floor.caller_leg_ends("c1")
    assert floor.last(events.CallEnded).hangup_side is HangupSide.CUSTOMER


def test_a_call_cut_by_the_network_is_dropped(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.caller_leg_ends("c1", cause=38)
    ended = floor.last(events.CallEnded)
    assert (ended.dropped, ended.hangup_side) == (True, HangupSide.SYSTEM)


def test_a_menu_that_ended_the_call_is_no_drop(floor: Floor) -> None:
    floor.in_menu("c1")
    floor.leaves_menu("c1", IvrOutcome.SELF_SERVICE)
    floor.caller_leg_ends("c1", cause=38)
    assert not floor.last(events.CallEnded).dropped


def test_facts_of_unknown_calls_are_counted_and_nothing_else(floor: Floor) -> None:
    floor.wants_agent("ghost")
    floor.surveyed("ghost", 1)
    floor.caller_hangs_up("ghost")
    assert floor.events == []
    assert sum(floor.world.skipped.values()) == 2


def test_a_waiting_caller_nobody_saw_arrive_is_taken_on(floor: Floor) -> None:
    floor.login("8001")
    floor.tell(facts.CallerWaiting(floor.now, NODE, CallId("c9"), caller_channel("c9"), QueueName("general"), 0))
    assert floor.call_events("c9")[:2] == ["call.offered", "call.queued"]
    assert floor.actions(Redirect)


def test_a_queue_nobody_configured_is_served_as_the_first(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1", queue="nonsense")
    assert floor.last(events.CallQueued).queue == "general"
    assert floor.actions(Redirect)


def test_nothing_of_an_ended_call_is_kept(floor: Floor) -> None:
    floor.waits("c1")
    floor.caller_hangs_up("c1")
    assert [kind for kind, _ in floor.records] == [Kind.CONTACT]  # a repeated caller is known again
    assert not [key for key in floor.timers if key.of == "c1"]
