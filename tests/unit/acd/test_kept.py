"""An agent's phone vanishes in a call: the caller is kept, given back, or offered to others at the front."""

import pytest

from acd.contracts import events
from acd.contracts.commands import DeskBack, HoldCall, LoginAgent, LogoutAgent
from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import AgentState, Device, PauseReason
from acd.core.calls.call import CallState
from acd.core.effects import Redirect
from tests.support.floor import Floor, caller_channel
from tests.support.floor_agents import asks, dialplan_keeps, leg_vanishes, phone_is_back, phone_vanishes
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    """8001 talks to c1 since half a minute."""
    floor = Floor()
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(30)
    floor.forget()
    return floor


def call_state(floor: Floor, call_id: str = "c1") -> CallState:
    return floor.world.calls[CallId(call_id)].state


def redirects(floor: Floor) -> list[tuple[str, str]]:
    return [(action.context, action.exten) for action in floor.actions(Redirect)]


def is_given_back(floor: Floor) -> bool:
    return (Context.DELIVER, "8001") in redirects(floor)


def answers_again(floor: Floor) -> None:
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")


def test_the_caller_and_the_agent_are_kept(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    assert (call_state(floor), floor.state_of("8001")) == (CallState.KEPT, S.KEPT)
    assert floor.call_events("c1") == ["call.agent_lost"]
    assert redirects(floor) == []  # the dialplan has the caller where he belongs


def test_the_legs_end_alone_is_enough_and_its_order_no_matter(floor: Floor) -> None:
    leg_vanishes(floor, "8001", "c1")
    dialplan_keeps(floor, "c1")
    assert (call_state(floor), floor.state_of("8001")) == (CallState.KEPT, S.KEPT)
    assert floor.call_events("c1") == ["call.agent_lost"]


def test_a_hang_up_is_none_of_it(floor: Floor) -> None:
    floor.agent_hangs_up("8001", "c1")
    assert (call_state(floor), floor.state_of("8001")) == (CallState.LEFT, S.WRAP_UP)


def test_back_in_time_the_conversation_goes_on(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    floor.pass_time(20)
    phone_is_back(floor, "8001")
    assert is_given_back(floor)
    answers_again(floor)
    assert (call_state(floor), floor.state_of("8001")) == (CallState.CONNECTED, S.TALKING)
    floor.pass_time(10)
    floor.caller_hangs_up("c1")
    assert floor.call_events("c1") == ["call.agent_lost", "call.agent_back", "call.ended"]
    assert floor.last(events.CallAgentBack).away_ms == 20_000
    ended = floor.last(events.CallEnded)
    assert (ended.talk_ms, ended.dropped) == (40_000, False)
    assert floor.state_of("8001") is S.WRAP_UP


def test_a_page_loaded_anew_registers_before_the_old_one_is_missed(floor: Floor) -> None:
    phone_is_back(floor, "8001")
    assert redirects(floor) == []
    floor.pass_time(4)
    phone_vanishes(floor, "8001", "c1")
    assert is_given_back(floor)


def test_only_a_telephone_the_agent_chose_brings_the_caller_back(floor: Floor) -> None:
    asks(floor, LoginAgent, queues=["general"], devices=[Device.BROWSER])
    phone_vanishes(floor, "8001", "c1")
    phone_is_back(floor, "8001", Device.PHONE)
    assert redirects(floor) == []


def test_the_desk_that_is_back_brings_the_telephone_with_it(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    assert asks(floor, DeskBack, session="").ok
    floor.pass_time(2)
    assert is_given_back(floor)


def test_a_telephone_not_there_yet_leaves_the_caller_kept(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    phone_is_back(floor, "8001")
    dialplan_keeps(floor, "c1")  # nothing to dial
    assert (call_state(floor), floor.state_of("8001")) == (CallState.KEPT, S.KEPT)
    phone_is_back(floor, "8001")
    answers_again(floor)
    assert floor.call_events("c1") == ["call.agent_lost", "call.agent_back"]


def test_a_lost_redirect_is_made_again_on_the_next_sign_of_life(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    phone_is_back(floor, "8001")
    floor.pass_time(3)
    assert (call_state(floor), floor.state_of("8001")) == (CallState.KEPT, S.KEPT)


def test_not_back_in_time_others_have_the_caller_before_everybody_else(floor: Floor) -> None:
    floor.waits("c2", priority=90)
    phone_vanishes(floor, "8001", "c1")
    floor.pass_time(60)
    assert redirects(floor)[-1] == (Context.WAITING, "s")
    agent = floor.world.agents["8001"]  # type: ignore[index]
    assert (agent.state, agent.reason, agent.call_id) == (S.PAUSED, PauseReason.UNREACHABLE, None)
    floor.waits("c1")
    floor.forget()
    floor.login("8002")
    assert floor.actions(Redirect)[0].channel == caller_channel("c1")
    floor.rings("8002", "c1")
    floor.answers("8002", "c1")
    assert floor.last(events.CallConnected).agent_id == "8002"


def test_a_redirect_to_the_room_is_repeated_until_it_is_heard_of(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    floor.pass_time(63)
    assert redirects(floor) == [(Context.WAITING, "s")] * 2
    floor.waits("c1")
    floor.forget()
    floor.pass_time(30)
    assert redirects(floor) == []


def test_an_unanswered_return_frees_the_caller_and_pauses_the_agent(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    phone_is_back(floor, "8001")
    floor.rings("8001", "c1")
    floor.pass_time(15)
    floor.waits("c1")
    assert (call_state(floor), floor.state_of("8001")) == (CallState.WAITING, S.PAUSED)
    assert floor.call_events("c1") == ["call.agent_lost", "call.queued"]


def test_the_customer_gives_up(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    floor.pass_time(5)
    floor.caller_hangs_up("c1")
    ended = floor.last(events.CallEnded)
    assert (ended.dropped, ended.agent_id, ended.talk_ms) == (True, "8001", 30_000)
    assert not floor.all_of(events.CallAbandoned)
    assert floor.state_of("8001") is S.PAUSED


def test_who_signs_out_or_is_signed_out_lets_the_caller_go(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    assert asks(floor, LogoutAgent, by="8101").ok
    assert floor.state_of("8001") is S.LOGGED_OUT
    assert redirects(floor) == [(Context.WAITING, "s")]
    assert floor.last(events.AgentStateChanged).by == "8101"


def test_app_queue_has_the_caller_when_the_lease_ran_out(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    floor.in_fallback("c1")
    assert (call_state(floor), floor.state_of("8001")) == (CallState.FALLBACK, S.PAUSED)


def test_a_customer_held_by_the_desk_is_kept_too(floor: Floor) -> None:
    floor.answers("8001", "c1")  # the number has been spoken
    assert asks(floor, HoldCall, call_id="c1").ok
    floor.forget()
    leg_vanishes(floor, "8001", "c1")
    assert redirects(floor) == [(Context.KEPT, "s")]
    assert (call_state(floor), floor.state_of("8001")) == (CallState.KEPT, S.KEPT)


# ---- gaps ---------------------------------------------


def test_a_restart_keeps_the_caller_and_tries_the_agent(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    after = floor.killed(away_seconds=3)
    after.resync(live_caller("c1", Context.KEPT))
    assert is_given_back(after)
    dialplan_keeps(after, "c1")
    assert (call_state(after), after.state_of("8001")) == (CallState.KEPT, S.KEPT)
    after.pass_time(57)
    assert redirects(after)[-1] == (Context.WAITING, "s")


def test_a_phone_that_vanished_while_nobody_watched(floor: Floor) -> None:
    after = floor.killed(away_seconds=20)
    after.resync(live_caller("c1", Context.KEPT))
    assert after.call_events("c1") == ["call.agent_lost"]
    assert is_given_back(after)
    answers_again(after)
    after.caller_hangs_up("c1")
    assert after.last(events.CallEnded).incomplete


def test_given_back_while_nobody_watched(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    phone_is_back(floor, "8001")
    after = floor.killed(away_seconds=5)
    after.resync(live_caller("c1", Context.DELIVER), live_phone("8001", "c1"))
    assert (call_state(after), after.state_of("8001")) == (CallState.CONNECTED, S.TALKING)
    assert after.call_events("c1") == ["call.agent_back"]


def test_a_kept_caller_of_a_call_nobody_knows_is_offered(floor: Floor) -> None:
    floor.resync(live_caller("c1", Context.DELIVER), live_phone("8001", "c1"), live_caller("c9", Context.KEPT))
    assert redirects(floor) == [(Context.WAITING, "s")]


def test_a_lost_link_does_not_lose_the_kept_caller(floor: Floor) -> None:
    phone_vanishes(floor, "8001", "c1")
    floor.link_lost()
    floor.pass_time(70)
    assert redirects(floor) == []
    floor.resync(live_caller("c1", Context.KEPT))
    floor.pass_time(6)
    assert redirects(floor)[-1] == (Context.WAITING, "s")
