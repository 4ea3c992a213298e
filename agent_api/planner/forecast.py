"""How many callers a day will bring, half hour by half hour, from the days before it. Pure.

Method `weekday_mean` version 1: the mean of the same weekday's earlier weeks, each weighing 0.75 of the one after it,
times the trend of the last two weeks against the two before. A holiday is like earlier holidays, else like Sundays.
A model that learns (ARIMA, statsforecast) wants months of history and a heavy library for what people correct by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SLOTS = 48
WEEKS = 8
FADING = 0.75
TREND_DAYS = 14
TREND_BOUNDS = (0.7, 1.4)
SUNDAY = 6

Slots = Sequence[float]
"""One number a half hour, 48 of them."""


@dataclass(frozen=True, slots=True)
class Forecast:
    arrivals: tuple[float, ...]
    days: tuple[date, ...]
    """Which days it rests on, latest first."""
    trend: float


def forecast(history: Mapping[date, Slots], day: date, holidays: frozenset[date]) -> Forecast:
    """`history`: days with data before `day`; days without calls belong in it too."""
    past = {each: slots for each, slots in history.items() if each < day}
    models = _like(past, day, holidays)
    if not models:
        return Forecast((0.0,) * SLOTS, (), 1.0)
    weights = [FADING**index for index in range(len(models))]
    trend = _trend(past, day, holidays)
    mean = [
        sum(weight * past[each][slot] for weight, each in zip(weights, models, strict=True)) / sum(weights)
        for slot in range(SLOTS)
    ]
    return Forecast(tuple(value * trend for value in mean), tuple(models), trend)


def _like(past: Mapping[date, Slots], day: date, holidays: frozenset[date]) -> list[date]:
    """Days to take as a model, latest first: the same kind of day, or what comes nearest to it."""
    latest = sorted((each for each in past if day - each <= timedelta(weeks=WEEKS)), reverse=True)
    if day in holidays:
        kinds = [[each for each in latest if each in holidays], _weekday(latest, SUNDAY, holidays)]
    else:
        kinds = [_weekday(latest, day.weekday(), holidays), _same_part_of_week(latest, day, holidays)]
    return next((kind for kind in (*kinds, latest) if kind), [])


def _weekday(days: Sequence[date], weekday: int, holidays: frozenset[date]) -> list[date]:
    return [each for each in days if each.weekday() == weekday and each not in holidays]


def _same_part_of_week(days: Sequence[date], day: date, holidays: frozenset[date]) -> list[date]:
    return [each for each in days if (each.weekday() >= 5) == (day.weekday() >= 5) and each not in holidays]


def _trend(past: Mapping[date, Slots], day: date, holidays: frozenset[date]) -> float:
    """Daily mean of the last two weeks by that of the two before, within bounds; 1 without so much history."""
    border, start = day - timedelta(days=TREND_DAYS), day - timedelta(days=2 * TREND_DAYS)
    recent = [sum(slots) for each, slots in past.items() if border <= each and each not in holidays]
    before = [sum(slots) for each, slots in past.items() if start <= each < border and each not in holidays]
    if len(recent) < TREND_DAYS // 2 or len(before) < TREND_DAYS // 2 or sum(before) == 0:
        return 1.0
    change = (sum(recent) / len(recent)) / (sum(before) / len(before))
    low, high = TREND_BOUNDS
    return min(max(change, low), high)
