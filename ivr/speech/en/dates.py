"""Months, dates and times of day as clips."""

from datetime import date, time

from ivr.speech.en.numbers import speak_count
from ivr.speech.limits import Clips, month_of


def speak_month(month: str) -> Clips:
    """October for "2026-10": the year is left out, a bill is always of the last months."""
    return (f"month/{month_of(month)}",)


def speak_date(day: date) -> Clips:
    """November twenty-first, twenty twenty-six."""
    return (f"month/{day.month}", f"day/{day.day}", *_year(day.year))


def speak_time(moment: time) -> Clips:
    """Three thirty p.m., three oh five p.m., three p.m.; seconds are dropped."""
    hour = (f"num/{moment.hour % 12 or 12}",)
    minute = _oh(moment.minute) if moment.minute else ()
    return (*hour, *minute, "clock/pm" if moment.hour >= 12 else "clock/am")


def _year(year: int) -> Clips:
    century, tail = divmod(year, 100)
    if century < 10 or (century % 10 == 0 and tail < 10):
        return speak_count(year)  # two thousand and five
    return (f"num/{century}", *(_oh(tail) if tail else ("year/hundred",)))


def _oh(n: int) -> Clips:
    return ("year/oh", f"num/{n}") if n < 10 else (f"num/{n}",)
