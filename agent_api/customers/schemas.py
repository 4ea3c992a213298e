"""Subscribers as the desk and the voice menu see them."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class CustomerQuery(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "13900000001"}, {"query": "周"}]})

    query: str = Field(min_length=1, max_length=40, description="Number, last digits, name or customer id")


class CustomerRow(BaseModel):
    id: str
    name_masked: str
    number_masked: str
    level: Literal["normal", "vip"]
    star_level: int
    center: str


class CustomerList(BaseModel):
    items: list[CustomerRow]


class ProductOut(BaseModel):
    type: str
    type_title: str
    number_masked: str
    plan: str
    status: str


class OpenTicket(BaseModel):
    ticket_no: str
    type: str
    title: str
    state: str
    state_title: str
    created_at: datetime


class Contact(BaseModel):
    at: datetime
    channel: str
    summary: str
    agent_no: str | None
    call_id: str | None


class CustomerCard(CustomerRow):
    is_senior: bool
    language: str
    products: list[ProductOut]
    arrears: str = Field(description="Yuan")
    credit_level: str
    open_tickets: list[OpenTicket]
    last_contacts: list[Contact]


class BillComponent(BaseModel):
    name: str
    amount: str


class BillOut(BaseModel):
    product: str
    product_title: str
    number_masked: str
    month: str
    total: str
    paid: str
    components: list[BillComponent]
    due_date: date
    status: Literal["paid", "open", "overdue"]


class UnmaskQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"field": "name", "reason": "核实机主身份"}]})

    field: Literal["name", "number", "address", "email"]
    reason: str = Field(min_length=2, max_length=150)


class Unmasked(BaseModel):
    value: str


class CallerQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"caller_number": "13900000001", "did": "10010"}]})

    caller_number: str = Field(max_length=32)
    did: str = Field(max_length=32)


class CallerAnswer(BaseModel):
    known: bool
    customer_id: str | None = None
    level: Literal["normal", "vip"] = "normal"
    is_senior: bool = False
    language: Literal["zh", "en"] = "zh"
    suspended: bool = False
    own_number: str | None = None


class VerifyQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "password": "135790"}]})

    number: str = Field(max_length=32)
    password: str = Field(max_length=16)


class VerifyAnswer(BaseModel):
    result: Literal["pass", "fail", "locked", "unknown"]
    attempts_left: int
    customer_id: str | None


class BillQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001"}]})

    number: str = Field(max_length=32)


class BillAnswer(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "result": "ok",
                    "month": "2026-10",
                    "total": "128.50",
                    "balance": "35.20",
                    "arrears": "0.00",
                    "components": [{"name": "套餐月费", "amount": "128.50"}],
                }
            ]
        }
    )

    result: Literal["ok", "no_data", "down"]
    month: str = ""
    total: str = "0.00"
    balance: str = "0.00"
    arrears: str = "0.00"
    components: list[BillComponent] = []
