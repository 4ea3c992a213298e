"""A promise to call back: every pair of state and input, and what each end publishes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from acd.contracts.ids import AgentId, CallbackId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import CallbackEnd
from acd.core.callbacks.promise import (
    IN_FLIGHT,
    NEXT,
    AgentGiven,
    AgentLost,
    AgentRung,
    CalledAgain,
    Cancelled,
    Connected,
    CustomerAnswered,
    CustomerRung,
    Expired,
    Failed,
    Postponed,
    Promise,
    PromiseInput,
    PromiseState,
    RestOver,
    may_call,
    morning,
    step,
    wake_at,
)
from acd.core.errors import Code, Refused
from tests.support.floor import MONDAY_TEN, NODE

pytestmark = pytest.mark.unit

S = PromiseState
SHANGHAI = "Asia/Shanghai"
LATER = MONDAY_TEN + timedelta(seconds=30)
CALL_ID = CallId("n1-callback-p1-1")

INPUTS: tuple[PromiseInput, ...] = (
    AgentGiven(MONDAY_TEN, AgentId("8001"), NODE, LATER),
    AgentRung(MONDAY_TEN, LATER),
    AgentLost(MONDAY_TEN),
    CustomerRung(MONDAY_TEN, LATER),
    CustomerAnswered(MONDAY_TEN, CALL_ID),
    Failed(MONDAY_TEN, "busy"),
    Connected(MONDAY_TEN),
    Postponed(MONDAY_TEN, LATER),
    RestOver(MONDAY_TEN),
    Expired(MONDAY_TEN),
    Cancelled(MONDAY_TEN),
    CalledAgain(MONDAY_TEN, CallId("n1-9.9")),
)
BY_HAND = """
                  waiting  resting  reserved      ringing_agent calling  answered closed
AgentGiven        reserved .        .             .             .        .        .
AgentRung         .        .        ringing_agent .             .        .        .
AgentLost         .        .        waiting       waiting       .        .        .
CustomerRung      .        .        calling       calling       .        .        .
CustomerAnswered  .        .        answered      .             answered .        .
Failed            .        .        resting       resting       resting  resting  .
Connected         .        .        .             .             .        closed   .
Postponed         resting  .        .             .             .        .        .
RestOver          .        waiting  .             .             .        .        .
Expired           closed   closed   .             .             .        .        .
Cancelled         closed   closed   closed        closed        closed   .        .
CalledAgain       closed   closed   closed        closed        closed   .        .
"""
"""The rule, drawn once more by hand: a change of the table must be meant."""


def by_hand() -> dict[tuple[str, str], str]:
    heading, *rows = BY_HAND.strip().splitlines()
    return {
        (name, state): target
        for name, *targets in (row.split() for row in rows)
        for state, target in zip(heading.split(), targets, strict=True)
    }


def promise_in(state: PromiseState, **more: object) -> Promise:
    promise = Promise(
        callback_id=CallbackId("p1"),
        queue=QueueName("general"),
        number="13900000001",
        booked_at=MONDAY_TEN - timedelta(hours=1),
        place_at=MONDAY_TEN - timedelta(minutes=70),
        expires_at=MONDAY_TEN + timedelta(hours=3),
        attempts_allowed=3,
        gap_seconds=600,
        state=state,
    )
    if state in (*IN_FLIGHT, S.ANSWERED):
        promise = replace(promise, agent_id=AgentId("8001"), node=NodeName("n1"), dials=1, next_at=LATER)
    return replace(promise, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("fact", INPUTS, ids=lambda fact: type(fact).__name__)
@pytest.mark.parametrize("state", PromiseState)
def test_every_pair_of_state_and_input(state: PromiseState, fact: PromiseInput) -> None:
    target = by_hand()[type(fact).__name__, state]
    if target == ".":
        with pytest.raises(Refused) as refusal:
            step(promise_in(state), fact)
        assert refusal.value.code is Code.CALLBACK_WRONG_STATE
    else:
        after, _ = step(promise_in(state), fact)
        assert after.state == target
        assert (after.agent_id is None) is (after.state not in (*IN_FLIGHT, S.ANSWERED))


def test_the_table_knows_no_other_inputs() -> None:
    assert {fact for _, fact in NEXT} == {type(fact) for fact in INPUTS}


def published(state: PromiseState, fact: PromiseInput, **more: object) -> list[tuple[str, ...]]:
    _, events = step(promise_in(state, **more), fact)
    return [(event.type, str(getattr(event, "end", getattr(event, "attempt", "")))) for event in events]


def test_what_is_told() -> None:
    assert published(S.WAITING, INPUTS[0]) == [("callback.dialled", "1")]
    assert published(S.WAITING, INPUTS[0], misses=1) == [("callback.dialled", "2")]
    assert published(S.CALLING, Failed(MONDAY_TEN, "busy")) == [("callback.missed", "1")]
    assert published(S.ANSWERED, Connected(MONDAY_TEN)) == [("callback.closed", CallbackEnd.TALKED)]
    assert published(S.RINGING_AGENT, AgentLost(MONDAY_TEN)) == []


def test_the_last_attempt_in_vain_exhausts_the_promise() -> None:
    told = published(S.CALLING, Failed(MONDAY_TEN, "busy"), misses=2)
    assert told == [("callback.missed", "3"), ("callback.closed", CallbackEnd.EXHAUSTED)]


def test_an_attempt_that_could_only_be_repeated_too_late_ends_the_promise() -> None:
    told = published(S.CALLING, Failed(MONDAY_TEN, "busy"), expires_at=MONDAY_TEN + timedelta(seconds=599))
    assert told == [("callback.missed", "1"), ("callback.closed", CallbackEnd.EXPIRED)]


def test_each_dial_has_a_leg_of_its_own() -> None:
    first, _ = step(promise_in(S.WAITING), INPUTS[0])
    rested, _ = step(first, Failed(MONDAY_TEN, "busy"))
    again, _ = step(step(rested, RestOver(LATER))[0], INPUTS[0])
    assert (first.unique_id, again.unique_id) == ("n1-callback-p1-1", "n1-callback-p1-2")


def test_an_agent_who_does_not_answer_costs_the_customer_no_attempt() -> None:
    ringing, _ = step(step(promise_in(S.WAITING, agent_first=True), INPUTS[0])[0], AgentRung(MONDAY_TEN, LATER))
    assert step(ringing, AgentLost(MONDAY_TEN))[0].misses == 0


def test_the_agents_leg_is_remembered_for_the_customer() -> None:
    leg = ChannelName("Local/8001@cc-callback-agent-1;1")
    calling, _ = step(promise_in(S.RINGING_AGENT), CustomerRung(MONDAY_TEN, LATER, leg))
    assert calling.agent_channel == leg


@pytest.mark.parametrize(
    ("clock", "booked_minutes_ago", "allowed"),
    [
        ("07:59", 60, False),
        ("08:00", 60, True),
        ("21:59", 60, True),
        ("22:00", 60, False),
        ("03:00", 60, False),
        ("03:00", 9, True),
        ("22:30", 10, False),
    ],
)
def test_nobody_is_called_in_the_night_unless_just_asked(clock: str, booked_minutes_ago: int, allowed: bool) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
    promise = promise_in(S.WAITING, booked_at=now - timedelta(minutes=booked_minutes_ago))
    assert may_call(promise, SHANGHAI, now) is allowed


@pytest.mark.parametrize(("clock", "day"), [("22:00", 24), ("23:59", 24), ("00:00", 23), ("07:59", 23)])
def test_the_night_ends_at_eight(clock: str, day: int) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
    assert morning(SHANGHAI, now) == datetime.fromisoformat(f"2026-11-{day}T08:00:00+08:00")


def test_every_open_promise_has_a_next_moment() -> None:
    assert wake_at(promise_in(S.WAITING)) == promise_in(S.WAITING).expires_at
    assert wake_at(promise_in(S.RESTING, next_at=LATER)) == LATER
    assert wake_at(promise_in(S.RESTING, next_at=LATER, expires_at=MONDAY_TEN)) == MONDAY_TEN
    assert wake_at(promise_in(S.CALLING, expires_at=MONDAY_TEN)) == LATER  # a call under way is not broken off
