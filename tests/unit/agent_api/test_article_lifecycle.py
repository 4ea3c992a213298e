"""Versions of an article: every act in every state, and which version holds when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.knowledge.lifecycle import NEXT, Act, Period, Standing, State, in_force, latest, standing

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, tzinfo=UTC)
DAY = timedelta(days=1)
ALLOWED = {
    (State.DRAFT, Act.WRITE),
    (State.DRAFT, Act.SUBMIT),
    (State.REVIEW, Act.APPROVE),
    (State.REVIEW, Act.REJECT),
    (State.RELEASED, Act.EXPIRE),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(Act))
def test_every_act_in_every_state(state: State, act: Act) -> None:
    assert ((state, act) in NEXT) is ((state, act) in ALLOWED)


FIRST, SECOND = Period(1, NOW - 10 * DAY, None), Period(2, NOW + DAY, NOW + 3 * DAY)


@pytest.mark.parametrize(
    ("days", "version", "first", "second"),
    [
        (-11, None, Standing.WAITING, Standing.WAITING),
        (-10, 1, Standing.PUBLISHED, Standing.WAITING),
        (0, 1, Standing.PUBLISHED, Standing.WAITING),
        (1, 2, Standing.REPLACED, Standing.PUBLISHED),
        (3, None, Standing.REPLACED, Standing.EXPIRED),
    ],
)
def test_the_newest_that_has_begun_holds(days: int, version: int | None, first: Standing, second: Standing) -> None:
    then, both = NOW + days * DAY, (FIRST, SECOND)
    held = in_force(both, then)
    assert (held.version if held else None) == version
    assert standing(State.RELEASED, FIRST, both, then) is first
    assert standing(State.RELEASED, SECOND, both, then) is second


def test_what_is_not_released_stands_as_it_is() -> None:
    assert standing(State.DRAFT, None, (FIRST,), NOW) is Standing.DRAFT
    assert standing(State.REVIEW, SECOND, (FIRST,), NOW) is Standing.REVIEW


_PERIODS = st.lists(st.tuples(st.integers(-20, 20), st.none() | st.integers(1, 20)), min_size=1, max_size=6).map(
    lambda rows: [
        Period(number, NOW + start * DAY, None if length is None else NOW + (start + length) * DAY)
        for number, (start, length) in enumerate(rows, 1)
    ]
)


@given(_PERIODS, st.integers(-25, 45))
def test_at_most_one_version_is_published(periods: list[Period], day: int) -> None:
    then = NOW + day * DAY
    published = [each for each in periods if standing(State.RELEASED, each, periods, then) is Standing.PUBLISHED]
    held = in_force(periods, then)
    assert published == ([held] if held else [])
    assert held is None or held == latest(periods, then)
