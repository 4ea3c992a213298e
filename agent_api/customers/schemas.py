"""Subscribers as the desk sees them."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agent_api.customers.repository import FoundBy


class CustomerQuery(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "13900000001"}, {"query": "周"}]})

    query: str = Field(
        min_length=1,
        max_length=40,
        description="Number or its last digits, name or its initials, customer, account, ticket or order number",
    )


class CustomerRow(BaseModel):
    id: str
    name_masked: str
    number_masked: str
    level: Literal["normal", "vip"]
    star_level: int
    center: str
    kind: Literal["person", "group"] = "person"
    found_by: FoundBy | None = Field(default=None, description="In lists: what matched")


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
    version: int = Field(description="Of the record; a change names the one it is of")
    account_no: str
    address_masked: str
    email_masked: str
    alternative_masked: str
    consent: dict[str, bool]
    manager: str = Field(description="Agent number of the customer's own manager; empty: none")
    points: int
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

    field: Literal["name", "number", "address", "email", "alternative"]
    reason: str = Field(min_length=2, max_length=150)
    ticket_no: str | None = Field(
        default=None, max_length=20, description="The customer's ticket it is for; city units must name one"
    )


class UnlockQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "机主持证件到营业厅办理"}]})

    reason: str = Field(min_length=2, max_length=150)


class Unmasked(BaseModel):
    value: str
