"""How much a line may owe and still be restored for a day, and how often (requirements.md 2.14). Pure."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

RESTORE_LENGTH = timedelta(hours=24)
CREDIT = {"A": Decimal(1000), "B": Decimal(500), "C": Decimal(200)}
"""Yuan a customer of this credit level may owe."""


def within_credit(owed: Decimal, level: str) -> bool:
    return owed <= CREDIT.get(level, Decimal(0))


def same_month(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    a, b = one.astimezone(zone), other.astimezone(zone)
    return (a.year, a.month) == (b.year, b.month)
