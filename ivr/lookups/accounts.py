"""Balances, bills, payments, copies of them, top-ups."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.lookups.words import Left, MonthText, Yuan, complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class Payment:
    day: date
    amount: Annotated[Yuan, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Account:
    """Only a result of "ok" carries figures."""

    result: Literal["ok", "unknown", "down", "expired", "ended"]
    balance: Yuan = Decimal(0)
    arrears: Yuan = Decimal(0)
    plan: str | None = None
    valid_until: date | None = None
    paid_until: date | None = None
    minutes_left: Left | None = None
    mb_left: Left | None = None
    messages_left: Left | None = None
    payments: tuple[Payment, ...] = ()
    points: Left | None = None


@dataclass(frozen=True, slots=True)
class FetchAccount(LookUp[Account]):
    path: ClassVar[str] = "account"
    product: str
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BillPart:
    kind: Literal["rent", "calls", "domestic", "international", "sms", "data", "other"]
    amount: Yuan


@dataclass(frozen=True, slots=True)
class Bill:
    """One month of one number, in yuan."""

    result: Literal["ok", "no_data", "too_old", "unknown", "down"]
    month: MonthText = ""
    total: Annotated[Yuan, Field(ge=0)] = Decimal(0)
    parts: tuple[BillPart, ...] = ()

    def __post_init__(self) -> None:
        complete(self, "month")


@dataclass(frozen=True, slots=True)
class FetchBill(LookUp[Bill]):
    path: ClassVar[str] = "bill"
    product: str
    number: str = field(repr=False)
    month: str | None = None


@dataclass(frozen=True, slots=True)
class CopyResult:
    result: Literal["ok", "no_address", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class SendCopy(LookUp[CopyResult]):
    path: ClassVar[str] = "copy"
    number: str = field(repr=False)
    product: str
    what: str
    """balance, month, history, package, payments, list, article, invoice."""
    call_id: str
    channel: str = "sms"
    """sms, email, fax, post."""
    month: str | None = None
    topic: str | None = None
    fax_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TopUpResult:
    result: Literal["ok", "wrong", "locked", "unknown", "down"]
    amount: Annotated[Yuan, Field(ge=0)] = Decimal(0)
    balance: Yuan = Decimal(0)

    def __post_init__(self) -> None:
        complete(self, "amount")


@dataclass(frozen=True, slots=True)
class TopUp(LookUp[TopUpResult]):
    path: ClassVar[str] = "topup"
    number: str = field(repr=False)
    card_pin: str = field(repr=False)
    product: str = "mobile"
