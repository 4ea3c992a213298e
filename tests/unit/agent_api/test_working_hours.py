"""Office hours of working days, years without an official calendar, the forecast that counts by them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_api.monitor import rules
from agent_api.monitor.rules import Work
from agent_api.tickets.calendar.days import WorkingDays, is_published, unpublished
from agent_api.tickets.calendar.hours import WorkingHours

pytestmark = pytest.mark.unit
ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


def hours(**exceptions: bool) -> WorkingHours:
    days = {date.fromisoformat(day.removeprefix("d").replace("_", "-")): works for day, works in exceptions.items()}
    return WorkingHours(WorkingDays(days), ZONE, (time(9), time(18)))


def at(day: int, hour: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(18, 14), at(18, 16), 2),
        (at(18, 14), at(18, 23), 4),
        (at(18, 20), at(19, 10), 1),
        (at(20, 17), at(23, 10), 2),  # over a weekend
        (at(18, 14), at(18, 12), 0),
        (at(30, 9, 9), at(9, 18, 10), 9 * 3),  # 30 September, 8 and 9 October: the national holiday is 1 to 7
    ],
)
def test_only_office_hours_of_working_days_count(start: datetime, end: datetime, expected: int) -> None:
    assert hours().between(start, end) == expected * HOUR


def test_a_centres_own_days_count() -> None:
    assert hours(d2026_11_18=False).between(at(18, 9), at(18, 18)) == timedelta()
    assert hours(d2026_11_21=True).between(at(20, 9), at(22, 18)) == 18 * HOUR


def test_a_year_without_data_is_told_and_has_weekends_only() -> None:
    first_without = next(year for year in range(2026, 2040) if not is_published(date(year, 1, 1)))
    assert unpublished(date(first_without, 5, 4)) == [first_without]
    assert unpublished(date(first_without - 1, 12, 1)) == [first_without]
    assert unpublished(date(first_without - 1, 11, 1)) == []
    days = WorkingDays()
    for count in range(14):
        day = date(first_without, 10, 1) + timedelta(days=count)
        assert days.is_working(day) is (day.weekday() < 5)


def test_work_that_waits_over_a_weekend_is_late_although_the_clock_has_time() -> None:
    sunday, monday = at(22, 20), at(23, 10)
    works = [
        Work("ticket", str(place), "complaint", "", "", "verify", "js", "", "NORMAL", 0, sunday, sunday, None, monday)
        for place in range(3)
    ]
    within_a_day = rules.WINDOWS.index(24)
    by_clock = rules.forecast(works, 168, sunday, lambda start, end: end - start)[within_a_day]
    by_hours = rules.forecast(works, 45, sunday, hours().between)[within_a_day]
    assert (by_clock.due, by_clock.expected_late) == (3, 0), "one an hour, fourteen hours left"
    assert (by_hours.due, by_hours.expected_late) == (3, 2), "one an hour, one hour left: Monday from nine to ten"
