"""How old a key of a machine may grow (requirements.md 6.3): the one rule for peers and other systems. Pure."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["good", "due", "too_old"]

LASTS = timedelta(days=180)
WARNED_BEFORE = timedelta(days=14)


def standing(since: datetime, now: datetime) -> Standing:
    """Due from two weeks before its end on. One that is too old still works: a call must not fail over it."""
    if now >= since + LASTS:
        return "too_old"
    return "due" if now >= since + LASTS - WARNED_BEFORE else "good"


def days(since: datetime, now: datetime) -> int:
    return (now - since).days
