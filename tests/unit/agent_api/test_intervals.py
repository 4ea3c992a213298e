"""Traffic by interval."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.eventlog.order import Skipped, covers
from agent_api.stats.facts import CallFact
from agent_api.stats.intervals import intervals

pytestmark = pytest.mark.unit

START = datetime(2026, 11, 18, 1, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def complete(_start: datetime, _end: datetime) -> bool:
    return False


def test_offered_counts_at_arrival_and_the_rest_at_the_request() -> None:
    call = CallFact("1", at(29), is_agent_req=True, t_req=at(31), is_agent_anw=True, wait_seconds=15)
    first, second = intervals([call], START, at(60), HALF_HOUR, complete)
    assert (first.offered, first.queued, first.answered) == (1, 0, 0)
    assert (second.offered, second.queued, second.answered, second.answered_15s) == (0, 1, 1, 1)


def test_empty_intervals_are_there_and_the_last_may_be_short() -> None:
    rows = intervals([], START, at(70), HALF_HOUR, complete)
    assert [row.start for row in rows] == [START, at(30), at(60)]


def test_abandoned_callers() -> None:
    calls = [
        CallFact("1", at(1), is_agent_req=True, t_req=at(1), abandon_stage="queue", wait_seconds=30),
        CallFact("2", at(2), is_agent_req=True, t_req=at(2), abandon_stage="ring", wait_seconds=9),
        CallFact("3", at(3), abandon_stage="ivr"),
    ]
    (row,) = intervals(calls, START, at(30), HALF_HOUR, complete)
    assert (row.offered, row.queued, row.abandoned, row.answered_15s) == (3, 2, 2, 0)


def test_missing_events_and_unseen_calls_mark_their_interval() -> None:
    gap = Skipped("s", 5, 7, at(35), at(40))
    calls = [CallFact("1", at(70), incomplete=True)]
    rows = intervals(calls, START, at(120), HALF_HOUR, lambda start, end: covers([gap], start, end))
    assert [row.incomplete for row in rows] == [False, True, True, False]
