"""Who is calling."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from acd.contracts.menu.tree import Announcement, Language
from ivr.lookups.words import NumberText, Yuan
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class OpenTicket:
    ticket_no: NumberText


@dataclass(frozen=True, slots=True)
class Caller:
    """As far as the number tells. The default is a stranger."""

    known: bool = False
    customer_id: str | None = None
    level: Literal["normal", "vip"] = "normal"
    is_senior: bool = False
    language: Language | None = None
    own_number: str | None = field(default=None, repr=False)
    center: str = ""
    manager: str = ""
    """Agent number of the customer's own manager."""
    manager_phone: str = field(default="", repr=False)
    dealer_code: str | None = None
    blacklisted: bool = False
    suspended: bool = False
    arrears: Yuan = Decimal(0)
    open_ticket: OpenTicket | None = None
    email: bool = False
    announcements: tuple[Announcement, ...] = ()


@dataclass(frozen=True, slots=True)
class FindCaller(LookUp[Caller]):
    path: ClassVar[str] = "caller"
    patient: ClassVar[bool] = False
    caller_number: str = field(repr=False)
    did: str
