"""Opening hours: a pure function of hours, calendar and moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

from acd.contracts.menu.tree import Calendar, Hours, Span

SATURDAY = 5


def is_open(hours: Hours, calendar: Calendar, now: datetime) -> bool:
    """`now` is aware; a span ends before its closing minute, and one that closes before it opens ends next morning."""
    local = now.astimezone(ZoneInfo(calendar.timezone))
    minute = local.hour * 60 + local.minute
    day = local.date()
    if day in calendar.holidays:
        spans = hours.holiday
    elif local.weekday() >= SATURDAY and day not in calendar.workdays:
        spans = hours.weekend
    else:
        spans = hours.weekdays
    return any(_within(span, minute) for span in spans)


def _within(span: Span, minute: int) -> bool:
    start, end = _minutes(span.open), _minutes(span.close)
    return start <= minute < end if start <= end else minute >= start or minute < end


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
