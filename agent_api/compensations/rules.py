"""How much is owed for what was late, and who may grant how much. Pure."""

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

FEN = Decimal("0.01")
DAYS_A_MONTH = 30
LATE_A_DAY = Decimal("0.01")
"""Telecom regulations, article 31: one per cent of the fee for each day."""
LIMITS = {
    "team_leader": Decimal(50),
    "city_leader": Decimal(200),
    "supervisor": Decimal(500),
    "national_supervisor": Decimal(20000),
}
"""Yuan that each role may grant by itself."""


class Basis(StrEnum):
    WAIVED_FEE = "waived_fee"
    """A fault that was repaired too late (article 32): the monthly fee of these days."""
    LATE_ORDER = "late_order"
    GOODWILL = "goodwill"


class State(StrEnum):
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    BOOKED = "BOOKED"


def suggested(basis: Basis, fee: Decimal, days: int) -> Decimal:
    """`fee`: of a month, or of the order. Goodwill has no formula."""
    match basis:
        case Basis.WAIVED_FEE:
            amount = fee * min(days, DAYS_A_MONTH) / DAYS_A_MONTH
        case Basis.LATE_ORDER:
            amount = min(fee * LATE_A_DAY * days, fee)
        case Basis.GOODWILL:
            amount = Decimal(0)
    return amount.quantize(FEN, ROUND_HALF_UP)


def may_grant(roles: Collection[str], amount: Decimal) -> bool:
    return amount <= max((LIMITS[role] for role in roles if role in LIMITS), default=Decimal(0))
