"""Five failures within 15 minutes lock an account for 30."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.auth.rules import LockoutPolicy, locked_until

pytestmark = pytest.mark.unit

POLICY = LockoutPolicy(5, timedelta(minutes=15), timedelta(minutes=30))
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def minutes(*values: float) -> list[datetime]:
    return [NOON + timedelta(minutes=value) for value in values]


def test_four_failures_do_not_lock() -> None:
    assert locked_until(minutes(0, 1, 2, 3), POLICY, NOON + timedelta(minutes=3)) is None


def test_the_fifth_locks_for_thirty_minutes() -> None:
    failures = minutes(0, 1, 2, 3, 4)
    until = NOON + timedelta(minutes=34)
    assert locked_until(failures, POLICY, NOON + timedelta(minutes=4)) == until
    assert locked_until(failures, POLICY, until - timedelta(seconds=1)) == until
    assert locked_until(failures, POLICY, until) is None


def test_failures_far_apart_do_not_add_up() -> None:
    assert locked_until(minutes(0, 5, 10, 15, 20), POLICY, NOON + timedelta(minutes=20)) is None


def test_order_does_not_matter() -> None:
    assert locked_until(minutes(4, 2, 0, 3, 1), POLICY, NOON + timedelta(minutes=5)) is not None
