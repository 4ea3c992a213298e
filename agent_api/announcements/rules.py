"""When a notice is spoken. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Times:
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    first_day: int | None = None
    last_day: int | None = None


def is_on(times: Times, now: datetime, zone: ZoneInfo) -> bool:
    """Inside its time, and on one of its days of the month. From the 28th to the 3rd goes over the month's end."""
    if times.starts_at is not None and now < times.starts_at:
        return False
    if times.ends_at is not None and now >= times.ends_at:
        return False
    if times.first_day is None or times.last_day is None:
        return True
    day = now.astimezone(zone).day
    if times.first_day <= times.last_day:
        return times.first_day <= day <= times.last_day
    return day >= times.first_day or day <= times.last_day
