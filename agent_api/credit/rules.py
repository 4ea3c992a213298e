"""How a customer's credit stands, from what is known of the account (requirements.md U-4.8). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CreditState(StrEnum):
    GOOD = "GOOD"
    WATCH = "WATCH"
    ARREARS = "ARREARS"
    SUSPENDED = "SUSPENDED"
    BLACKLIST = "BLACKLIST"


TITLES = {
    CreditState.GOOD: "良好",
    CreditState.WATCH: "关注",
    CreditState.ARREARS: "欠费",
    CreditState.SUSPENDED: "欠费停机",
    CreditState.BLACKLIST: "黑名单",
}
LEVELS = ("A", "B", "C", "D")
LIMIT_OF = {"A": Decimal(1000), "B": Decimal(500), "C": Decimal(200), "D": Decimal(0)}
"""What a level may owe until somebody decides otherwise."""
WATCHED_DAYS = 90
"""After arrears were paid."""


@dataclass(frozen=True, slots=True)
class Standing:
    owed: Decimal
    """Past its due date."""
    suspended: bool
    blacklisted: bool
    watched_until: date | None


def state_of(standing: Standing, today: date) -> CreditState:
    """The worst that holds."""
    if standing.blacklisted:
        return CreditState.BLACKLIST
    if standing.owed > 0:
        return CreditState.SUSPENDED if standing.suspended else CreditState.ARREARS
    if standing.watched_until is not None and today <= standing.watched_until:
        return CreditState.WATCH
    return CreditState.GOOD


def is_over(owed: Decimal, limit: Decimal) -> bool:
    return owed > limit
