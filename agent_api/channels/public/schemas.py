"""What the public page sends and gets. No answer tells whether a number is a customer's."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Number: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$"), Field(repr=False)]
TicketNo: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}[0-9]{14}$", to_upper=True)]
Kind = Literal["complaint", "consult", "fault", "suggestion"]
Progress = Literal["received", "working", "asked", "answered", "closed"]


class CodeIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001"}]})

    number: Number


class CodeOut(BaseModel):
    result: Literal["sent"] = "sent"
    """Said of every number."""


class SignIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "proof": "code", "secret": "482915"}]}
    )

    number: Number
    proof: Literal["code", "password"]
    secret: str = Field(min_length=4, max_length=16, repr=False)


class VisitorOut(BaseModel):
    number_masked: str
    hotline: str
    brand: str


class PageOut(BaseModel):
    """For everybody: what the page shows before one signs in."""

    brand: str
    hotline: str
    most_files: int
    largest_bytes: int
    types: list[str]


class FiledOut(BaseModel):
    ticket_no: str


class PublicComment(BaseModel):
    at: datetime
    ours: bool
    text: str


class MatterRow(BaseModel):
    ticket_no: str
    kind: str
    title: str
    progress: Progress
    channel: str
    created_at: datetime
    updated_at: datetime
    due: date | None


class MatterOut(MatterRow):
    text: str
    comments: list[PublicComment]
    result: str
    """Empty while nobody has answered."""
    may: list[Literal["urge", "add", "withdraw", "rate"]]
    rating: int | None


class WordsIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "补充：9月也有同样的扣费"}]})

    text: str = Field(min_length=1, max_length=1000)


class WhyIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "问题已解决"}]})

    text: str = Field(default="", max_length=500)


class RatingIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"stars": 5, "text": "处理很快"}]})

    stars: int = Field(ge=1, le=5)
    text: str = Field(default="", max_length=500)


class ProgressIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket_no": "TS20261118000001", "last4": "0001"}]})

    ticket_no: TicketNo
    last4: str = Field(pattern=r"^[0-9]{4}$", repr=False)


class ProgressOut(BaseModel):
    progress: Literal["working", "answered", "closed"]
    due: date | None
