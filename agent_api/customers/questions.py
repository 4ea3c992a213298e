"""The voice menu's questions about callers, accounts and bills, and the answers' form."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from acd.contracts.menu.tree import Announcement
from agent_api.customers.bill_parts import PartKind

Number: TypeAlias = Annotated[str, Field(max_length=32)]
ProductName: TypeAlias = Literal["mobile", "ip", "internet", "long_distance", "paging", "local"]
Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Amount: TypeAlias = Annotated[str, Field(description="Yuan", examples=["128.50"])]


class CallerQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"caller_number": "13900000001", "did": "10010"}]})

    caller_number: Number
    did: Number


class OpenTicketRef(BaseModel):
    ticket_no: str


class CallerAnswer(BaseModel):
    result: Literal["ok", "unknown"]
    known: bool
    customer_id: str | None = None
    level: Literal["normal", "vip"] = "normal"
    is_senior: bool = False
    language: Literal["zh", "en"] | None = None
    suspended: bool = False
    arrears: Amount = "0.00"
    own_number: str | None = None
    center: str = ""
    manager: str = ""
    manager_phone: str = ""
    dealer_code: str | None = None
    blacklisted: bool = False
    open_ticket: OpenTicketRef | None = None
    email: bool = False
    announcements: list[Announcement] = []


class LineQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"product": "mobile", "number": "13900000001"}]})

    product: ProductName
    number: Number


class PaymentOut(BaseModel):
    day: date
    amount: Amount


class AccountAnswer(BaseModel):
    result: Literal["ok", "unknown", "down", "expired", "ended"]
    balance: Amount = "0.00"
    arrears: Amount = "0.00"
    plan: str = ""
    valid_until: date | None = None
    paid_until: date | None = None
    minutes_left: int | None = None
    mb_left: int | None = None
    messages_left: int | None = None
    payments: list[PaymentOut] = []
    points: int = 0


class BillQuestion(LineQuestion):
    month: Month | None = Field(default=None, description="The last one issued when it is left out")


class PartOut(BaseModel):
    kind: PartKind
    amount: Amount


class BillAnswer(BaseModel):
    result: Literal["ok", "no_data", "too_old", "down"]
    month: str = ""
    total: Amount = "0.00"
    parts: list[PartOut] = Field(default=[], description="They add up to the total")


class TopUpQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "card_pin": "6600000112345678"}]}
    )

    number: Number
    card_pin: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")] = Field(repr=False)
    product: ProductName = "mobile"


class TopUpAnswer(BaseModel):
    result: Literal["ok", "wrong", "locked", "unknown", "down"]
    amount: Amount = "0.00"
    balance: Amount = "0.00"
