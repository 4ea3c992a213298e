"""Days worked in China, make-up days included, with a centre's exceptions. The only user of chinesecalendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

SATURDAY = 5
LAST_MONTH = 12


def is_published(day: date) -> bool:
    """The State Council's notice for the year is in the library."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def unpublished(today: date) -> list[int]:
    """Years that limits may reach into and whose notice is not known; the next year's comes out in November."""
    years = [today.year] + ([today.year + 1] if today.month == LAST_MONTH else [])
    return [year for year in years if not is_published(date(year, 1, 1))]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    """Days of one's own: worked or not, whatever the state's calendar says."""

    def is_working(self, day: date) -> bool:
        """Years whose notice is not out yet have weekends only."""
        if day in self.exceptions:
            return self.exceptions[day]
        return bool(chinese_calendar.is_workday(day)) if is_published(day) else day.weekday() < SATURDAY

    def after(self, day: date, count: int) -> date:
        """The count-th working day after this day, which is not counted itself."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day


def end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
