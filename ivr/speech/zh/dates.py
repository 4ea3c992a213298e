"""Months, dates and times of day as clips."""

from datetime import date, time

from ivr.speech.limits import Clips, month_of
from ivr.speech.zh.numbers import speak_digits


def speak_month(month: str) -> Clips:
    """十月 for "2026-10": the year is left out, a bill is always of the last months."""
    return (f"month/{month_of(month)}",)


def speak_date(day: date) -> Clips:
    """二零二六年十一月二十一日."""
    year = speak_digits(f"{day.year:04}", yao=False)
    return (*year, "year/bare", f"month/{day.month}", f"day/{day.day}")


def speak_time(moment: time) -> Clips:
    """十五点三十分, 十五点零五分, 十五点整; seconds are dropped."""
    return (f"hour/{moment.hour}", f"minute/{moment.minute}")
