"""The machine of a business order: every pair of state and fact, and what follows from each."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.orders.view import STATE_TITLES
from agent_api.orders.workflow import DECIDED, Effect, Fact, Order, Refusal, State, allowed, step

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
TABLE = {
    ("DRAFT", "identify"): "IDENTITY_CHECKED",
    ("IDENTITY_CHECKED", "find_eligible"): "ELIGIBLE",
    ("IDENTITY_CHECKED", "reject"): "REJECTED",
    ("ELIGIBLE", "confirm"): "CONFIRMED",
    ("ELIGIBLE", "stay_silent"): "CANCELLED",
    ("CONFIRMED", "submit"): "SUBMITTED",
    ("CONFIRMED", "reject"): "REJECTED",
    ("SUBMITTED", "start"): "IN_PROGRESS",
    ("IN_PROGRESS", "complete"): "COMPLETED",
    ("IN_PROGRESS", "need_info"): "INFO_REQUIRED",
    ("IN_PROGRESS", "try_failed"): "IN_PROGRESS",
    ("IN_PROGRESS", "fail"): "FAILED",
    ("INFO_REQUIRED", "info_given"): "IN_PROGRESS",
    ("INFO_REQUIRED", "info_late"): "IN_PROGRESS",
    ("INFO_REQUIRED", "fail"): "FAILED",
    ("NOTIFIED", "charge"): "NOTIFIED",
    ("NOTIFIED", "archive"): "ARCHIVED",
    **{(state, "cancel"): "CANCELLED" for state in ("DRAFT", "IDENTITY_CHECKED", "ELIGIBLE", "CONFIRMED", "SUBMITTED")},
    **{(state, "notify"): "NOTIFIED" for state in ("COMPLETED", "FAILED", "REJECTED", "CANCELLED")},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("fact", list(Fact))
def test_every_pair_of_state_and_fact(state: State, fact: Fact) -> None:
    order = Order(state, info_since=NOW - timedelta(days=3))
    expected = TABLE.get((state.value, fact.value))
    if expected is None:
        with pytest.raises(Refusal):
            step(order, fact, NOW)
    else:
        assert step(order, fact, NOW)[0].state.value == expected


def follow(*facts: Fact) -> tuple[Order, list[Effect]]:
    order, effects = Order(), list[Effect]()
    for fact in facts:
        order, more = step(order, fact, NOW)
        effects += more
    return order, effects


SUBMITTED = (Fact.IDENTIFY, Fact.FIND_ELIGIBLE, Fact.CONFIRM, Fact.SUBMIT)


def test_the_usual_way() -> None:
    order, effects = follow(*SUBMITTED, Fact.START, Fact.COMPLETE, Fact.NOTIFY, Fact.ARCHIVE)
    assert (order.state, order.result) == (State.ARCHIVED, State.COMPLETED)
    assert effects == [Effect.TELL_ACCEPTED, Effect.TELL_RESULT]


def test_the_third_failure_ends_it_and_people_take_over() -> None:
    order, effects = follow(*SUBMITTED, Fact.START, Fact.TRY_FAILED, Fact.TRY_FAILED)
    assert (order.state, order.failures, effects) == (State.IN_PROGRESS, 2, [Effect.TELL_ACCEPTED])
    order, effects = follow(*SUBMITTED, Fact.START, *[Fact.TRY_FAILED] * 3)
    assert (order.state, order.result) == (State.FAILED, State.FAILED)
    assert effects == [Effect.TELL_ACCEPTED, Effect.OPEN_WORK_ITEM, Effect.TELL_RESULT]


def test_the_customers_answer_is_waited_for_three_days() -> None:
    waiting, _ = follow(*SUBMITTED, Fact.START, Fact.NEED_INFO)
    with pytest.raises(Refusal):
        step(waiting, Fact.INFO_LATE, NOW + timedelta(days=2, hours=23))
    late, effects = step(waiting, Fact.INFO_LATE, NOW + timedelta(days=3))
    assert (late.state, effects) == (State.IN_PROGRESS, (Effect.OPEN_WORK_ITEM,)), "somebody calls the customer"
    with pytest.raises(Refusal):
        step(Order(State.INFO_REQUIRED), Fact.INFO_LATE, NOW)


def test_who_says_nothing_gets_no_text() -> None:
    order, effects = follow(Fact.IDENTIFY, Fact.FIND_ELIGIBLE, Fact.STAY_SILENT)
    assert (order.result, effects) == (State.CANCELLED, [])
    assert follow(*SUBMITTED, Fact.CANCEL)[1] == [Effect.TELL_ACCEPTED, Effect.TELL_RESULT]


def test_what_people_may_do() -> None:
    assert allowed(Order(State.SUBMITTED)) == [Fact.START, Fact.CANCEL]
    assert allowed(Order(State.IN_PROGRESS)) == [Fact.NEED_INFO, Fact.COMPLETE, Fact.FAIL]
    assert all(allowed(Order(state)) == [] for state in (*DECIDED, State.NOTIFIED, State.ARCHIVED))


def test_every_state_has_a_title() -> None:
    assert set(STATE_TITLES) == set(State)
