"""Messages as the desk and the voice menu see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.customers.questions import ProductName

Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$")]
MessageState = Literal["initial", "in_progress", "completed", "failed", "cancelled"]


class MessageOut(BaseModel):
    id: str
    channel: Literal["sms", "email", "fax", "post", "voice"]
    address_masked: str
    template: str
    subject: str
    state: MessageState
    receipt: str | None
    """awaited, delivered, none (it never came), by_hand or posted."""
    attempts: int
    error: str | None
    call_id: str | None
    about: str
    created_at: datetime
    updated_at: datetime


class PostedIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"tracking": "EMS1234567890"}]})

    tracking: str = Field(default="", max_length=40)


class LetterOut(BaseModel):
    """A letter to print. The address is in clear: it goes on the envelope."""

    id: str
    address: str
    subject: str
    text: str
    columns: list[str]
    rows: list[list[str]]


class SinkTextOut(BaseModel):
    text: str
    at: datetime


class SinkQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001"}]})

    number: Digits = Field(repr=False)


class CopyQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": "13900000001",
                    "product": "mobile",
                    "what": "month",
                    "month": None,
                    "topic": None,
                    "channel": "sms",
                    "fax_number": None,
                    "call_id": "n1-1763764000.12",
                }
            ]
        }
    )

    number: Digits = Field(repr=False)
    product: ProductName = "mobile"
    what: Literal["balance", "month", "history", "package", "payments", "list", "article", "invoice"]
    month: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    topic: str | None = Field(default=None, max_length=40)
    channel: Literal["sms", "email", "fax", "post"]
    fax_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,15}$")] | None = Field(default=None, repr=False)
    call_id: str = Field(max_length=64)


class CopyAnswer(BaseModel):
    result: Literal["ok", "no_address", "unknown", "down"]


class FaxQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"document": "tariffs"}]})

    document: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")


class FaxAnswer(BaseModel):
    result: Literal["ok", "none", "down"]
    file: str = ""
    """Absolute path of a TIFF of at most five pages that Asterisk can read."""


class FaxOrder(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"document": "tariffs", "number": "02588880001", "call_id": "n1-1763764000.12"}]
        }
    )

    document: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    number: str = Field(pattern=r"^[0-9]{3,15}$", repr=False)
    call_id: str = Field(max_length=64)


class FaxOrdered(BaseModel):
    result: Literal["ok", "none"]


class FaxSent(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "call_id": "n1-1763764000.12",
                    "number": "02588880001",
                    "document": "tariffs",
                    "result": "ok",
                    "pages": 1,
                }
            ]
        }
    )

    call_id: str = Field(max_length=64)
    number: str = Field(default="", pattern=r"^[0-9]{0,20}$", repr=False)
    document: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    result: Literal["ok", "failed"]
    pages: int = Field(default=0, ge=0)


class InboundText(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "text": "1"}]})

    number: Digits = Field(repr=False)
    text: str = Field(max_length=500, repr=False)


class Taken(BaseModel):
    result: Literal["ok", "ignored"]
