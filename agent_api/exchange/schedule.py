"""When a message that got no answer is tried again, and when it is given up. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

DEFAULT_RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))


def next_try(retries: Sequence[timedelta], failures: int, now: datetime) -> datetime | None:
    """After this many failures; None: it is a dead letter."""
    return now + retries[failures - 1] if failures <= len(retries) else None
