"""The port to whoever keeps customers, bills, orders and payments: what we ask, in our words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

OrderState: TypeAlias = Literal["submitted", "in_progress", "completed", "failed", "rejected", "cancelled"]
PaymentState: TypeAlias = Literal["pending", "done", "refused"]


@dataclass(frozen=True, slots=True)
class CrmLine:
    number: str
    product: str
    plan: str
    status: str
    """active, suspended or closed."""


@dataclass(frozen=True, slots=True)
class CrmCustomer:
    ref: str
    """What the other side calls the customer."""
    name: str
    kind: Literal["person", "group"]
    level: Literal["normal", "vip"]
    star_level: int
    language: str
    account_no: str
    contact_number: str
    email: str
    address: str
    credit_level: str
    lines: tuple[CrmLine, ...]


@dataclass(frozen=True, slots=True)
class CrmPart:
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CrmBill:
    bill_no: str
    number: str
    product: str
    month: str
    total: Decimal
    remaining: Decimal
    due_date: date
    parts: tuple[CrmPart, ...]
    """They add up to the total."""


@dataclass(frozen=True, slots=True)
class Placed:
    ref: str
    state: OrderState


@dataclass(frozen=True, slots=True)
class Paid:
    ref: str
    state: PaymentState


class CustomerPort(Protocol):
    """Every method may raise Unavailable("crm"), and Refused where the other side said no."""

    async def by_number(self, number: str) -> CrmCustomer | None:
        """Whose line, or contact number, it is."""

    async def get(self, ref: str) -> CrmCustomer | None: ...

    async def change(self, ref: str, values: Mapping[str, str]) -> CrmCustomer:
        """contact_number, email, address: how the customer is reached."""

    async def bills(self, ref: str, months: int) -> Sequence[CrmBill]:
        """Latest month first."""

    async def order(self, ref: str, number: str, service: str, our_no: str) -> Placed:
        """A service of the catalogue (orders/offers.py). The same `our_no` again is the same order, not a second."""

    async def order_state(self, order_ref: str) -> OrderState | None: ...

    async def pay(self, ref: str, amount: Decimal, our_no: str) -> Paid:
        """The same `our_no` again is the same payment."""

    async def close(self) -> None: ...
