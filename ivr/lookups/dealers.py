"""What dealers may ask. No customer data."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.lookups.words import Left, MonthText, Yuan, complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class DealerVerified:
    result: Literal["pass", "fail", "locked", "unknown", "down"]
    center: str | None = None


@dataclass(frozen=True, slots=True)
class VerifyDealer(LookUp[DealerVerified]):
    path: ClassVar[str] = "dealer/verify"
    code: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Activation:
    result: Literal["active", "inactive", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class FetchActivation(LookUp[Activation]):
    path: ClassVar[str] = "dealer/activation"
    code: str
    card: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Commission:
    result: Literal["ok", "unknown", "down"]
    month: MonthText = ""
    amount: Annotated[Yuan, Field(ge=0)] = Decimal(0)

    def __post_init__(self) -> None:
        complete(self, "month")


@dataclass(frozen=True, slots=True)
class FetchCommission(LookUp[Commission]):
    path: ClassVar[str] = "dealer/commission"
    code: str


@dataclass(frozen=True, slots=True)
class DealerOrders:
    result: Literal["ok", "unknown", "down"]
    open: Left = 0
    done: Left = 0


@dataclass(frozen=True, slots=True)
class FetchDealerOrders(LookUp[DealerOrders]):
    path: ClassVar[str] = "dealer/orders"
    code: str


@dataclass(frozen=True, slots=True)
class NoticesSent:
    result: Literal["ok", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class SendNotices(LookUp[NoticesSent]):
    path: ClassVar[str] = "dealer/notices"
    code: str
