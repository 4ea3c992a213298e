"""The port to the billing system: what we ask it, in our words. The embedded implementation is embedded_billing.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class IssuedBill:
    product_type: str
    number: str
    month: str
    total: Decimal
    paid: Decimal
    due_date: date
    components: tuple[Component, ...]

    @property
    def open_amount(self) -> Decimal:
        return self.total - self.paid


@dataclass(frozen=True, slots=True)
class Statement:
    """What a line's owner may hear: the last bill, the balance, what is overdue."""

    month: str
    total: Decimal
    balance: Decimal
    arrears: Decimal
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Arrears:
    """What one customer owes past its due date, over all products."""

    customer_id: str
    owed: Decimal
    oldest_due: date
    oldest_month: str


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["pass", "fail", "locked", "unknown"]
    attempts_left: int = 0
    customer_id: str | None = None


class BillingPort(Protocol):
    """Every method may raise Unavailable("billing")."""

    async def statement(self, number: str, today: date) -> Statement | None:
        """None when the number has no bill."""

    async def bills(self, customer_id: str, months: int = 6) -> Sequence[IssuedBill]:
        """Latest month first."""

    async def arrears(self, customer_id: str, today: date) -> Arrears | None:
        """None when nothing is overdue."""

    async def debtors(self, today: date) -> Sequence[Arrears]: ...

    async def register_payment(self, customer_id: str, amount: Decimal, by: str) -> None:
        """Pays the oldest bills first."""

    async def verify_password(self, number: str, password: str, today: date) -> Verification:
        """Counts wrong tries; three in one day lock the password for that day."""
