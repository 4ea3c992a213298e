"""Service orders: what they cost, placing one, how far it is."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.lookups.words import NumberText, Yuan, complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class Quote:
    result: Literal["ok", "arrears", "not_eligible", "unknown", "down"]
    fee: Annotated[Yuan, Field(ge=0)] = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuoteOrder(LookUp[Quote]):
    path: ClassVar[str] = "order/quote"
    product: str
    number: str = field(repr=False)
    service: str
    call_id: str
    choice: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    result: Literal["ok", "arrears", "not_eligible", "unknown", "down"]
    order_no: NumberText = ""

    def __post_init__(self) -> None:
        complete(self, "order_no")


@dataclass(frozen=True, slots=True)
class PlaceOrder(LookUp[OrderPlaced]):
    """`choice` may be a secret (a new PIN): it is used, not kept."""

    path: ClassVar[str] = "order"
    product: str
    number: str = field(repr=False)
    service: str
    call_id: str
    choice: str | None = field(default=None, repr=False)
    day_offset: int | None = None


@dataclass(frozen=True, slots=True)
class OrderProgress:
    result: Literal["ok", "not_found", "unknown", "down"]
    state: Literal["accepted", "working", "info", "done", "failed", "cancelled", ""] = ""

    def __post_init__(self) -> None:
        complete(self, "state")


@dataclass(frozen=True, slots=True)
class FetchOrderProgress(LookUp[OrderProgress]):
    path: ClassVar[str] = "order/progress"
    digits: str
    last4: str = field(repr=False)
