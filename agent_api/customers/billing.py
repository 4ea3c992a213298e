"""The port to the billing system: what we ask it, in our words. The embedded implementation is embedded_billing.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from agent_api.customers.bill_parts import Part
from agent_api.customers.rules import ProductType

ZERO = Decimal(0)


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
class PaymentMade:
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """How one line stands. Only a result of "ok" carries figures."""

    result: Literal["ok", "unknown", "expired", "ended"]
    balance: Decimal = ZERO
    arrears: Decimal = ZERO
    plan: str = ""
    valid_until: date | None = None
    """Last day of a card."""
    paid_until: date | None = None
    """Last day that is paid for (paging)."""
    minutes_left: int | None = None
    mb_left: int | None = None
    messages_left: int | None = None
    payments: tuple[PaymentMade, ...] = ()
    """The last three, latest first."""
    points: int = 0


@dataclass(frozen=True, slots=True)
class MonthBill:
    """One line's charges of one month; the parts add up to the total."""

    result: Literal["ok", "no_data", "too_old"]
    month: str = ""
    total: Decimal = ZERO
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee for something done once, or for the first month of something."""

    reference: str
    title: str
    amount: Decimal
    day: date
    """The bill of this day's month has it."""


@dataclass(frozen=True, slots=True)
class TopUp:
    result: Literal["ok", "wrong", "locked", "unknown"]
    amount: Decimal = ZERO
    balance: Decimal = ZERO
    customer_id: str | None = None
    repeated: bool = False
    """The same question again: nothing was added this time."""


@dataclass(frozen=True, slots=True)
class Arrears:
    """What one customer owes past its due date, over all products."""

    customer_id: str
    owed: Decimal
    oldest_due: date
    oldest_month: str


class BillingPort(Protocol):
    """Every method may raise Unavailable("billing")."""

    async def account(self, product: ProductType, number: str, today: date) -> Account: ...

    async def month_bill(self, product: ProductType, number: str, month: str | None, today: date) -> MonthBill:
        """The last one that was issued when no month is given; at most six months back."""

    async def top_up(self, product: ProductType, number: str, card_pin: str, today: date) -> TopUp:
        """Uses up a card. Three wrong ones for a number in one day refuse the number for that day."""

    async def bills(self, customer_id: str, months: int = 6) -> Sequence[IssuedBill]:
        """Latest month first."""

    async def arrears(self, customer_id: str, today: date) -> Arrears | None:
        """None when nothing is overdue."""

    async def debtors(self, today: date) -> Sequence[Arrears]: ...

    async def register_payment(self, customer_id: str, amount: Decimal, by: str) -> None:
        """Pays the oldest bills first."""

    async def charge(self, product: ProductType, number: str, charge: Charge) -> None:
        """A line of the line's next bill. The same reference twice is once; a line that is gone is charged nothing."""

    async def credit(self, customer_id: str, amount: Decimal, reference: str, reason: str) -> None:
        """Money for the customer: on the oldest open bills, then on the balance. The same reference twice is once."""
