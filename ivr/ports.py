"""What the menus ask of the rest of the company, and the words the answers come in. No implementation here."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, Protocol, TypeAlias

from pydantic import Field

Yuan: TypeAlias = Annotated[Decimal, Field(max_digits=14, decimal_places=2, allow_inf_nan=False)]
"""What can be spoken: whole fen."""
Month: TypeAlias = Annotated[str, Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]


class Unavailable(Exception):
    """The other side is down, late or talks nonsense; the flow falls back and the caller is not left in silence."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, as far as the number tells. The default is a stranger."""

    known: bool = False
    customer_id: str | None = None
    level: Literal["normal", "vip"] = "normal"
    is_senior: bool = False
    language: Literal["zh", "en"] = "zh"
    suspended: bool = False
    own_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["pass", "fail", "locked", "unknown"]
    attempts_left: int = 0
    customer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """One month of one number, in yuan. Only a result of "ok" carries figures."""

    result: Literal["ok", "no_data", "down"]
    month: Month = ""
    total: Annotated[Yuan, Field(ge=0)] = Decimal(0)
    balance: Yuan = Decimal(0)
    arrears: Yuan = Decimal(0)


@dataclass(frozen=True, slots=True)
class DunningScript:
    """What an outbound attempt is about, fresh at the moment of asking."""

    state: Literal["open", "paid", "unknown"]
    last4: Annotated[str, Field(pattern=r"^([0-9]{4})?$")] = field(default="", repr=False)
    month: Month = ""
    owed: Yuan = Decimal(0)


class CustomerDirectory(Protocol):
    """Every call raises Unavailable when there is no good answer in time."""

    async def find_caller(self, number: str, did: str) -> Caller: ...

    async def verify_password(self, number: str, password: str) -> Verification: ...

    async def fetch_bill(self, number: str) -> Bill: ...

    async def fetch_dunning_script(self, attempt_id: str) -> DunningScript: ...
