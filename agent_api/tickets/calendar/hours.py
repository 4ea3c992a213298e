"""How much people of the back office work between two moments: office hours of working days. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from agent_api.tickets.calendar.days import WorkingDays
from agent_api.tickets.limits import office_hours


@dataclass(frozen=True, slots=True)
class WorkingHours:
    days: WorkingDays
    zone: ZoneInfo
    hours: tuple[time, time] = field(default_factory=office_hours)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Nothing when the end comes first."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        total = timedelta()
        while day <= last:
            if self.days.is_working(day):
                opens, closes = (datetime.combine(day, at, self.zone) for at in self.hours)
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += timedelta(days=1)
        return total
