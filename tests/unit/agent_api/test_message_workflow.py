"""Tries, fallbacks and receipts of outgoing messages, with a clock that a test moves."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.messages import workflow
from agent_api.messages.outgoing import Channel, Route
from agent_api.messages.workflow import (
    Accepted,
    Arrived,
    ByHand,
    Delivery,
    Postponed,
    Refused,
    State,
    Taken,
    Withdrawn,
    step,
)

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
SMS = Route(Channel.SMS, "13900000001")
MAIL = Route(Channel.EMAIL, "a@example.cn")


def taken(*routes: Route) -> Delivery:
    return step(workflow.begin(routes or (SMS,), NOW), Taken(), NOW)


def test_a_message_is_due_at_once_and_needs_an_address() -> None:
    fresh = workflow.begin((Route(Channel.EMAIL, ""), SMS), NOW)
    assert (fresh.state, fresh.route, fresh.due_at) == (State.INITIAL, SMS, NOW)
    with pytest.raises(ValueError, match="address"):
        workflow.begin((Route(Channel.SMS, ""),), NOW)


def test_a_sender_that_dies_leaves_it_to_another_one() -> None:
    mine = taken()
    assert (mine.state, mine.attempts, mine.due_at) == (State.IN_PROGRESS, 1, NOW + timedelta(minutes=2))


def test_it_is_tried_again_after_1_10_and_60_minutes_and_then_given_up() -> None:
    delivery, now, waits = taken(), NOW, []
    while not delivery.finished:
        delivery = step(delivery, Refused("busy"), now)
        if delivery.due_at is not None:
            waits.append((delivery.due_at - now) / timedelta(minutes=1))
            now = delivery.due_at
            delivery = step(delivery, Taken(), now)
    assert waits == [1, 10, 60]
    assert (delivery.state, delivery.attempts, delivery.error) == (State.FAILED, 4, "busy")


def test_what_is_refused_for_good_goes_to_the_next_channel_at_once() -> None:
    moved = step(taken(SMS, MAIL), Refused("no such number", for_good=True), NOW)
    assert (moved.route, moved.fallbacks, moved.attempts, moved.due_at) == (MAIL, (), 0, NOW)
    assert step(step(moved, Taken(), NOW), Refused("bounced", for_good=True), NOW).state is State.FAILED


def test_a_gateway_without_receipts_ends_it() -> None:
    assert step(taken(), Accepted("7"), NOW).state is State.COMPLETED


def test_a_receipt_completes_or_tries_again() -> None:
    waiting = step(taken(), Accepted("7", receipt_follows=True), NOW)
    assert (waiting.state, waiting.receipt, waiting.gateway_id) == (State.IN_PROGRESS, "awaited", "7")
    done = step(waiting, Arrived(), NOW)
    assert (done.state, done.receipt, done.due_at) == (State.COMPLETED, "delivered", None)
    again = step(waiting, Refused("UNDELIV"), NOW)
    assert (again.gateway_id, again.due_at) == (None, NOW + timedelta(minutes=1))


def test_a_receipt_that_never_comes_is_not_a_second_message() -> None:
    waiting = step(taken(), Accepted("7", receipt_follows=True), NOW)
    tomorrow = NOW + timedelta(hours=24)
    assert waiting.due_at == tomorrow
    over = step(waiting, Taken(), tomorrow)
    assert (over.state, over.receipt, over.attempts) == (State.COMPLETED, "none", 1)


def test_post_waits_for_a_person() -> None:
    listed = step(taken(), ByHand(), NOW)
    assert (listed.state, listed.due_at) == (State.IN_PROGRESS, None)
    assert step(listed, Arrived("posted"), NOW).receipt == "posted"


def test_what_has_expired_is_not_sent() -> None:
    code = workflow.begin((SMS,), NOW, expires_at=NOW + timedelta(minutes=5))
    assert step(code, Taken(), NOW + timedelta(minutes=5)).state is State.CANCELLED


def test_what_is_withdrawn_says_why_and_is_due_no_more() -> None:
    gone = step(taken(SMS, MAIL), Withdrawn("customer called"), NOW)
    assert (gone.state, gone.due_at, gone.error) == (State.CANCELLED, None, "customer called")


def test_what_waits_for_the_morning_has_not_been_tried() -> None:
    morning = NOW + timedelta(hours=9)
    waiting = step(taken(SMS, MAIL), Postponed(morning), NOW)
    assert (waiting.due_at, waiting.attempts, waiting.route) == (morning, 0, SMS)
    assert step(waiting, Taken(), morning).attempts == 1


@pytest.mark.parametrize(
    "fact", [Taken(), Accepted("8"), Arrived(), Refused("late"), Postponed(NOW), Withdrawn(), ByHand()]
)
def test_nothing_changes_a_finished_message(fact: workflow.Fact) -> None:
    done = step(taken(), Accepted("7"), NOW)
    assert step(done, fact, NOW) is done
