"""Records, timelines and groups as the desk sends and sees them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.customers.timeline import Kind

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=150)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9+-]{3,20}$")]
Consent = Literal["marketing_sms", "marketing_call", "survey", "care_call", "share_data"]


class RecordChange(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"version": 1, "reason": "客户来电更正", "email": "new@example.cn", "consent": {"marketing_sms": False}}
            ]
        },
    )

    version: int = Field(ge=1, description="The one the change is of; another in between is answered with 409")
    reason: Words
    contact_number: Number | None = None
    alternative_number: Number | Literal[""] | None = None
    email: Annotated[str, StringConstraints(pattern=r"^([^@\s,;]{1,60}@[^@\s,;]{1,55})?$")] | None = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    language: Literal["zh", "en"] | None = None
    consent: dict[Consent, bool] | None = None
    manager: Annotated[str, StringConstraints(pattern=r"^([0-9]{4,6})?$")] | None = Field(
        default=None, description="A key account's own agent, whom calls go to first; empty: none"
    )

    def values(self) -> dict[str, Any]:
        return self.model_dump(exclude={"version", "reason"}, exclude_none=True)


class Refreshed(BaseModel):
    fetched: bool = Field(description="False: its home is here")


class VersionOut(BaseModel):
    version: int
    changed_by: str
    changed_at: datetime
    source: str
    reason: str
    before: dict[str, Any] = Field(description="What was replaced, masked")


class MomentOut(BaseModel):
    at: datetime
    kind: Kind
    ref: str
    title: str
    detail: str
    who: str
    direction: Literal["in", "out", ""]
    data: dict[str, str]


class TimelineOut(BaseModel):
    items: list[MomentOut]
    before: datetime | None = Field(description="Where the next page begins; null at the end")


class LineBill(BaseModel):
    product: str
    number_masked: str
    total: str
    paid: str


class GroupMonth(BaseModel):
    month: str
    total: str = Field(description="Yuan; the sum of the lines")
    paid: str
    due_date: date
    lines: list[LineBill]


class ContractOut(BaseModel):
    contract_no: str
    starts_on: date
    ends_on: date
    manager_no: str
    terms: str


class AuthorisedOut(BaseModel):
    name_masked: str
    number_masked: str
    role: str
    valid_until: date | None


class GroupOut(BaseModel):
    lines: int
    contract: ContractOut | None
    contacts: list[AuthorisedOut]
    months: list[GroupMonth]
