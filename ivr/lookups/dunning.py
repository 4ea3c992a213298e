"""What an outbound attempt is about, fresh at the moment of asking."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.lookups.words import MonthText, Yuan
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class DunningScript:
    state: Literal["open", "paid", "unknown"]
    last4: Annotated[str, Field(pattern=r"^([0-9]{4})?$")] = field(default="", repr=False)
    month: MonthText = ""
    owed: Yuan = Decimal(0)


@dataclass(frozen=True, slots=True)
class FetchDunningScript(LookUp[DunningScript]):
    path: ClassVar[str] = "dunning-script"
    attempt_id: str
