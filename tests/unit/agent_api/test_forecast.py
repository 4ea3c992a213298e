"""The forecast of a day from the days before it."""

from datetime import date, timedelta

import pytest

from agent_api.planner.forecast import SLOTS, forecast

pytestmark = pytest.mark.unit

DAY = date(2026, 11, 18)
"""A Wednesday."""


def flat(calls: float) -> list[float]:
    return [calls] * SLOTS


def weeks(count: int, by_weekday: dict[int, float], usual: float = 10) -> dict[date, list[float]]:
    days = [DAY - timedelta(days=back) for back in range(1, 7 * count + 1)]
    return {day: flat(by_weekday.get(day.weekday(), usual)) for day in days}


def test_without_history_nothing_is_expected() -> None:
    assert forecast({}, DAY, frozenset()).arrivals == (0.0,) * SLOTS


def test_a_weekday_is_like_the_same_weekdays_before() -> None:
    found = forecast(weeks(4, {2: 30}), DAY, frozenset())
    assert found.arrivals[20] == pytest.approx(30)
    assert found.days == tuple(DAY - timedelta(weeks=back) for back in (1, 2, 3, 4))


def test_last_week_counts_more_than_the_one_before() -> None:
    history = {DAY - timedelta(weeks=1): flat(40), DAY - timedelta(weeks=2): flat(20)}
    assert forecast(history, DAY, frozenset()).arrivals[0] == pytest.approx((40 + 0.75 * 20) / 1.75)


def test_traffic_that_grows_goes_on_growing_within_bounds() -> None:
    history = {day: flat(10 if (DAY - day).days > 14 else 12) for day in weeks(4, {})}
    found = forecast(history, DAY, frozenset())
    assert found.trend == pytest.approx(1.2)
    assert found.arrivals[0] > 12
    exploding = {day: flat(1 if (DAY - day).days > 14 else 100) for day in weeks(4, {})}
    assert forecast(exploding, DAY, frozenset()).trend == 1.4


def test_a_holiday_is_like_earlier_holidays_or_like_sundays() -> None:
    history = weeks(4, {6: 5})
    assert forecast(history, DAY, frozenset({DAY})).arrivals[0] == pytest.approx(5)
    before = DAY - timedelta(days=20)
    history[before] = flat(2)
    assert forecast(history, DAY, frozenset({DAY, before})).arrivals[0] == pytest.approx(2, rel=0.02)


def test_a_past_holiday_is_no_model_for_a_working_day() -> None:
    history = weeks(2, {})
    holiday = DAY - timedelta(weeks=1)
    history[holiday] = flat(0)
    assert forecast(history, DAY, frozenset({holiday})).arrivals[0] == pytest.approx(10)


def test_with_less_than_a_week_other_working_days_will_do() -> None:
    history = {DAY - timedelta(days=1): flat(8), DAY - timedelta(days=3): flat(99)}
    assert forecast(history, DAY, frozenset()).arrivals[0] == pytest.approx(8), "Tuesday, not Sunday"


def test_what_comes_later_is_not_looked_at() -> None:
    history = {DAY: flat(50), DAY + timedelta(days=7): flat(50), DAY - timedelta(weeks=1): flat(10)}
    assert forecast(history, DAY, frozenset()).arrivals[0] == pytest.approx(10)
