"""When an account is locked, as a pure function of its failed sign-ins (requirements.md 6.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class LockoutPolicy:
    failures: int
    window: timedelta
    length: timedelta


def locked_until(failures: Sequence[datetime], policy: LockoutPolicy, now: datetime) -> datetime | None:
    """End of the lock that is on at `now`. A lock starts with the n-th failure inside the window."""
    times = sorted(failures)
    until = None
    for index in range(policy.failures - 1, len(times)):
        last, first = times[index], times[index - policy.failures + 1]
        if last - first <= policy.window and now < last + policy.length:
            until = last + policy.length
    return until
