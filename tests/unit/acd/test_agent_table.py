"""Every pair of agent state and input, and what an agent asks for during a call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core.agents.agent import (
    BUSY,
    NEXT,
    Agent,
    AgentInput,
    Answered,
    AskedPause,
    BecameReady,
    CallOver,
    Consulting,
    ConsultOver,
    DeskGone,
    DeskReturned,
    KeptOver,
    Missed,
    PhoneLost,
    PutOnHold,
    Rang,
    Released,
    Reserved,
    SignedIn,
    SignedOut,
    TookBack,
    WrapUpDone,
    WrapUpSet,
    step,
)
from acd.core.errors import Code, Refused
from tests.support.floor import MONDAY_TEN

pytestmark = pytest.mark.unit

S = AgentState
CALL_ID = CallId("n1-1.1")
NOW = MONDAY_TEN
INPUTS: tuple[AgentInput, ...] = (
    SignedIn(NOW, ready=True),
    SignedOut(NOW),
    BecameReady(NOW),
    AskedPause(NOW, PauseReason.MEAL),
    Reserved(NOW, CALL_ID),
    Rang(NOW, CALL_ID),
    Answered(NOW, CALL_ID),
    Released(NOW),
    Missed(NOW, PauseReason.RONA),
    PutOnHold(NOW),
    TookBack(NOW),
    Consulting(NOW),
    ConsultOver(NOW),
    PhoneLost(NOW),
    KeptOver(NOW),
    CallOver(NOW, 60),
    WrapUpSet(NOW, 30),
    WrapUpDone(NOW),
    DeskGone(NOW),
    DeskReturned(NOW),
)
BY_HAND = """
             logged_out ready     reserved  ringing   talking  held     consulting kept     wrap_up    paused
SignedIn     ready      ready     reserved  ringing   talking  held     consulting kept     wrap_up    paused
SignedOut    .          logged_out reserved ringing   talking  held     consulting kept     logged_out logged_out
BecameReady  .          ready     reserved  ringing   talking  held     consulting kept     ready      ready
AskedPause   .          paused    reserved  ringing   talking  held     consulting kept     paused     paused
Reserved     .          reserved  .         .         .        .        .          reserved .          .
Rang         .          ringing   ringing   ringing   .        .        .          ringing  ringing    ringing
Answered     .          talking   talking   talking   .        .        .          talking  talking    talking
Released     .          .         ready     ready     .        .        .          .        .          .
Missed       .          .         paused    paused    .        .        .          paused   .          .
PutOnHold    .          .         .         .         held     .        .          .        .          .
TookBack     .          .         .         .         .        talking  .          .        .          .
Consulting   .          .         .         .         consulting consulting .      .        .          .
ConsultOver  .          .         .         .         .        .        talking    .        .          .
PhoneLost    .          .         kept      kept      kept     kept     kept       .        kept       .
KeptOver     .          .         .         .         .        .        .          paused   .          .
CallOver     .          .         .         .         wrap_up  wrap_up  wrap_up    .        .          .
WrapUpSet    .          .         .         .         .        .        .          .        wrap_up    .
WrapUpDone   .          .         .         .         .        .        .          .        ready      .
DeskGone     .          ready     reserved  ringing   talking  held     consulting kept     wrap_up    paused
DeskReturned .          ready     reserved  ringing   talking  held     consulting kept     wrap_up    paused
"""
"""Where each input leads, drawn by hand; a dot is a refusal."""


def by_hand() -> dict[tuple[str, str], str]:
    heading, *rows = BY_HAND.strip().splitlines()
    return {
        (name, state): target
        for name, *targets in (row.split() for row in rows)
        for state, target in zip(heading.split(), targets, strict=True)
    }


def agent_in(state: AgentState) -> Agent:
    busy = state in (*BUSY, S.WRAP_UP)
    return Agent(
        AgentId("8001"),
        NOW - timedelta(seconds=60),
        state=state,
        reason=PauseReason.BREAK if state is S.PAUSED else None,
        call_id=CALL_ID if busy else None,
        wrap_up_until=NOW + timedelta(seconds=30) if state is S.WRAP_UP else None,
    )


def pairs() -> list[tuple[AgentState, AgentInput]]:
    return [(state, fact) for fact in INPUTS for state in AgentState]


@pytest.mark.parametrize(("state", "fact"), pairs(), ids=lambda value: getattr(value, "value", type(value).__name__))
def test_every_pair_of_state_and_input(state: AgentState, fact: AgentInput) -> None:
    target = by_hand()[type(fact).__name__, state]
    if target != ".":
        assert step(agent_in(state), fact).state == target
        return
    with pytest.raises(Refused) as refusal:
        step(agent_in(state), fact)
    assert refusal.value.code is (Code.AGENT_NOT_LOGGED_IN if state is S.LOGGED_OUT else Code.AGENT_WRONG_STATE)


def test_the_table_knows_no_other_inputs() -> None:
    assert {kind for _, kind in NEXT} == {type(fact) for fact in INPUTS}


def test_sign_in_without_ready_is_a_system_pause() -> None:
    agent = step(agent_in(S.LOGGED_OUT), SignedIn(NOW, ready=False))
    assert (agent.state, agent.reason) == (S.PAUSED, PauseReason.SYSTEM)


def test_a_second_sign_in_keeps_the_pause_and_its_reason() -> None:
    agent = step(agent_in(S.PAUSED), SignedIn(NOW, ready=True))
    assert (agent.state, agent.reason) == (S.PAUSED, PauseReason.BREAK)


def test_a_pause_asked_for_during_a_call_comes_after_the_wrap_up() -> None:
    talking = step(agent_in(S.TALKING), AskedPause(NOW, PauseReason.MEAL))
    assert (talking.state, talking.since) == (S.TALKING, NOW - timedelta(seconds=60))
    wrap_up = step(talking, CallOver(NOW, 60))
    assert (wrap_up.state, wrap_up.wrap_up_until) == (S.WRAP_UP, NOW + timedelta(seconds=60))
    paused = step(wrap_up, WrapUpDone(NOW))
    assert (paused.state, paused.reason, paused.call_id) == (S.PAUSED, PauseReason.MEAL, None)


def test_ready_takes_back_what_was_asked_for_during_the_call() -> None:
    talking = step(step(agent_in(S.TALKING), AskedPause(NOW, PauseReason.MEAL)), BecameReady(NOW))
    assert step(talking, CallOver(NOW, 0)).state is S.READY


def test_a_sign_out_during_a_call_outweighs_a_later_pause() -> None:
    talking = step(step(agent_in(S.TALKING), SignedOut(NOW)), AskedPause(NOW, PauseReason.MEAL))
    assert step(talking, CallOver(NOW, 0)).state is S.LOGGED_OUT


def test_a_missed_ring_of_one_who_signed_out_signs_out() -> None:
    ringing = step(agent_in(S.RINGING), SignedOut(NOW))
    assert step(ringing, Missed(NOW, PauseReason.RONA)).state is S.LOGGED_OUT


def test_without_wrap_up_the_agent_is_ready_at_once() -> None:
    assert step(agent_in(S.TALKING), CallOver(NOW, 0)).state is S.READY


def test_a_caller_who_hangs_up_while_ringing_does_not_cost_the_place_in_the_idle_order() -> None:
    idle_since = NOW - timedelta(minutes=5)
    ready = replace(agent_in(S.READY), idle_since=idle_since)
    rung = step(step(ready, Reserved(NOW, CALL_ID)), Rang(NOW, CALL_ID))
    assert step(rung, Released(NOW)).idle_since == idle_since


def test_a_call_answered_starts_the_idle_time_anew() -> None:
    ready = replace(agent_in(S.READY), idle_since=NOW - timedelta(minutes=5))
    later = NOW + timedelta(minutes=1)
    assert step(step(ready, Answered(NOW, CALL_ID)), CallOver(later, 0)).idle_since == later
