"""From the free agent to the conversation and out of it: missed rings, lost redirects, wrap-up, pauses, sign-outs."""

import pytest

from acd.contracts import events
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core import facts
from acd.core.effects import AddMember, PauseMember, Redirect, RemoveMember
from tests.support.floor import NODE, Floor, caller_channel, phone_channel

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    return Floor()


def delivered_to(floor: Floor) -> list[tuple[str, str]]:
    return [(redirect.channel.removeprefix("PJSIP/trunk-"), redirect.exten) for redirect in floor.actions(Redirect)]


def presence(floor: Floor, agent_id: str) -> tuple[AgentState, PauseReason | None]:
    agent = next(agent for agent in floor.world.agents.values() if agent.agent_id == agent_id)
    return agent.state, agent.reason


def test_a_waiting_caller_goes_to_the_agent_who_becomes_free(floor: Floor) -> None:
    floor.login("8001", ready=False)
    floor.waits("c1")
    assert delivered_to(floor) == []
    floor.ready("8001")
    assert delivered_to(floor) == [("c1", "8001")]


def test_ring_no_answer_pauses_the_agent_and_offers_the_caller_first(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.pass_time(1)
    floor.waits("c2")
    floor.rings("8001", "c1")
    floor.pass_time(15)
    floor.fails("8001", "c1", "NOANSWER")
    floor.waits("c1")
    floor.phone_closes("8001", "c1")
    missed = floor.last(events.CallAgentMissed)
    assert (missed.ring_ms, missed.cause) == (15_000, "noanswer")
    assert presence(floor, "8001") == (S.PAUSED, PauseReason.RONA)
    assert floor.call_events("c1").count("call.queued") == 1
    floor.login("8002")
    assert delivered_to(floor) == [("c1", "8001"), ("c1", "8002")]


def test_a_caller_back_from_a_missed_ring_keeps_seniority(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.pass_time(5)
    floor.rings("8001", "c1")
    floor.pass_time(15)
    floor.waits("c1")
    floor.login("8002")
    floor.rings("8002", "c1")
    floor.answers("8002", "c1")
    assert floor.last(events.CallConnected).wait_ms == 20_000


@pytest.mark.parametrize(("alerted", "status"), [(False, "CHANUNAVAIL"), (False, "CONGESTION"), (False, "BUSY")])
def test_a_phone_that_never_rang_is_unreachable(floor: Floor, alerted: bool, status: str) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1", alerted=alerted)
    floor.fails("8001", "c1", status)
    floor.waits("c1")
    assert presence(floor, "8001") == (S.PAUSED, PauseReason.UNREACHABLE)
    assert floor.last(events.CallAgentMissed).cause == status.lower()


def test_an_agent_without_any_registered_phone_is_unreachable(floor: Floor) -> None:
    """Dial had nobody to dial: the caller is back in the waiting room without a DialBegin."""
    floor.login("8001")
    floor.waits("c1")
    floor.waits("c1")
    assert presence(floor, "8001") == (S.PAUSED, PauseReason.UNREACHABLE)


def test_a_lost_redirect_frees_the_agent_after_three_seconds(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.pass_time(2.9)
    assert floor.state_of("8001") is S.RESERVED
    floor.pass_time(0.2)
    assert delivered_to(floor) == [("c1", "8001"), ("c1", "8001")]
    assert not floor.all_of(events.CallAgentMissed)


def test_a_refused_redirect_frees_the_agent_at_once(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.waits("c2")
    floor.forget()
    floor.tell(facts.RedirectRefused(floor.now, NODE, caller_channel("c1")))
    assert floor.state_of("8001") is S.RESERVED
    assert len(floor.actions(Redirect)) == 1


def test_a_caller_whose_redirect_is_refused_is_not_tried_again_at_once(floor: Floor) -> None:
    """Without a pause the refusals would chase each other until the hang-up arrives."""
    floor.login("8001")
    floor.waits("c1")
    floor.tell(facts.RedirectRefused(floor.now, NODE, caller_channel("c1")))
    assert floor.state_of("8001") is S.READY
    assert len(floor.actions(Redirect)) == 1
    floor.pass_time(3)
    assert len(floor.actions(Redirect)) == 2
    floor.tell(facts.RedirectRefused(floor.now, NODE, caller_channel("c1")))
    floor.caller_hangs_up("c1")
    floor.pass_time(10)
    assert len(floor.actions(Redirect)) == 2
    assert floor.last(events.CallAbandoned).queue == "general"


def test_a_phone_dialled_later_than_we_waited_for_is_still_the_agents_call(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.pause("8001")  # taken up as soon as the reservation is given up
    floor.pass_time(3.1)
    assert floor.state_of("8001") is S.PAUSED
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    assert floor.state_of("8001") is S.TALKING


def test_both_phones_ring_and_one_answers(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.rings("8001", "c1")
    desk_phone = ChannelName("PJSIP/8001-0000002b")
    head = (floor.now, NODE, phone_agent := AgentId("8001"), desk_phone, CallId("c1"))
    floor.tell(facts.PhoneDialled(*head))
    floor.tell(facts.PhoneAnswered(*head))
    floor.phone_closes("8001", "c1")  # the browser's leg is cancelled
    assert floor.state_of(phone_agent) is S.TALKING
    assert floor.call_events("c1").count("call.agent_ringing") == 1
    floor.pass_time(10)
    floor.tell(facts.LegGone(floor.now, NODE, desk_phone, "n1-8001b", CallId("c1"), phone_agent, 16))
    assert floor.state_of("8001") is S.WRAP_UP


def test_wrap_up_ends_by_itself(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.agent_hangs_up("8001", "c1")
    floor.waits("c2")
    floor.pass_time(59)
    assert floor.state_of("8001") is S.WRAP_UP
    floor.pass_time(2)
    assert delivered_to(floor)[-1] == ("c2", "8001")


def test_ready_ends_the_wrap_up_early(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.agent_hangs_up("8001", "c1")
    floor.ready("8001")
    assert floor.state_of("8001") is S.READY
    floor.pass_time(61)
    assert floor.state_of("8001") is S.READY


def test_a_pause_during_a_call_waits_for_its_end(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    assert floor.pause("8001", PauseReason.MEAL).ok
    assert floor.state_of("8001") is S.TALKING
    floor.agent_hangs_up("8001", "c1")
    floor.waits("c2")
    floor.pass_time(61)
    assert presence(floor, "8001") == (S.PAUSED, PauseReason.MEAL)
    assert [channel for channel, _ in delivered_to(floor)] == ["c1"]


def test_a_sign_out_during_a_call_waits_for_its_end(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    assert floor.logout("8001").ok
    assert floor.state_of("8001") is S.TALKING
    floor.agent_hangs_up("8001", "c1")
    floor.pass_time(61)
    assert floor.state_of("8001") is S.LOGGED_OUT
    assert [member.agent_id for member in floor.actions(RemoveMember)] == ["8001"]


def test_one_agent_gets_one_call(floor: Floor) -> None:
    floor.login("8001")
    floor.waits("c1")
    floor.waits("c2")
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    floor.pass_time(120)
    assert delivered_to(floor) == [("c1", "8001")]


def test_who_is_on_the_phone_gets_no_call(floor: Floor) -> None:
    """An agent who rings a colleague, or tries the echo test, is ready and cannot be reached."""
    floor.login("8001")
    floor.opens_phone("8001")
    floor.waits("c1")
    assert delivered_to(floor) == []
    floor.phone_closes("8001")
    assert delivered_to(floor) == [("c1", "8001")]


def test_app_queue_is_told_who_wants_no_calls(floor: Floor) -> None:
    floor.login("8001", queues=("general", "bill"))
    floor.pause("8001")
    floor.ready("8001")
    floor.talks("8001", "c1")
    floor.logout("8001")
    floor.agent_hangs_up("8001", "c1")
    floor.pass_time(61)
    assert [(added.queue, added.paused) for added in floor.actions(AddMember)] == [("bill", False), ("general", False)]
    assert [paused.paused for paused in floor.actions(PauseMember)] == [True, False]
    assert [removed.queue for removed in floor.actions(RemoveMember)] == ["bill", "general"]


def test_app_queue_rings_the_agent_while_the_lease_is_out(floor: Floor) -> None:
    floor.login("8001", ready=False)
    floor.arrives("c1")
    floor.in_fallback("c1")
    floor.ready("8001")
    assert floor.last(events.CallQueued).fallback
    floor.rings("8001", "c1")
    assert floor.state_of("8001") is S.RINGING
    floor.forget()
    floor.pass_time(3)
    assert not floor.actions(Redirect)  # no second ring while app_queue rings
    floor.answers("8001", "c1")
    floor.pass_time(10)
    floor.agent_hangs_up("8001", "c1")
    floor.caller_leg_ends("c1")
    assert floor.last(events.CallEnded).talk_ms == 10_000


def test_app_queue_gives_up_ringing_and_the_caller_is_taken_back(floor: Floor) -> None:
    floor.login("8001")
    floor.arrives("c1")
    floor.in_fallback("c1")
    floor.rings("8001", "c1")
    floor.pass_time(15)
    floor.phone_closes("8001", "c1")
    assert floor.state_of("8001") is S.READY
    floor.forget()
    floor.pass_time(3)
    assert [redirect.context.value for redirect in floor.actions(Redirect)] == ["cc-waiting"]
    floor.waits("c1")
    assert delivered_to(floor)[-1] == ("c1", "8001")
    assert floor.call_events("c1").count("call.queued") == 0  # the stay goes on


def test_a_blind_transfer_is_told(floor: Floor) -> None:
    floor.login("8001")
    floor.login("8002")
    floor.talks("8001", "c1")
    floor.pass_time(10)
    floor.tell(facts.BlindTransferred(floor.now, NODE, CallId("c1"), phone_channel("8001"), "8002"))
    floor.agent_hangs_up("8001", "c1")
    floor.rings("8002", "c1")
    floor.answers("8002", "c1")
    floor.pass_time(20)
    floor.caller_hangs_up("c1")
    told = floor.last(events.CallTransferred)
    assert (told.kind, told.by, told.to) == ("blind", "8001", "8002")
    assert floor.last(events.CallEnded).talk_ms == 30_000
    assert (floor.state_of("8001"), floor.state_of("8002")) == (S.WRAP_UP, S.WRAP_UP)
