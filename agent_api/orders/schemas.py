"""Orders as the voice menu and the desk send and see them."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from acd.contracts.menu.tasks import SERVICES
from agent_api.customers.questions import Amount, LineQuestion, Number, ProductName

Service: TypeAlias = Annotated[str, Field(json_schema_extra={"enum": list(SERVICES)}, max_length=20)]
Choice: TypeAlias = Annotated[str | None, Field(default=None, max_length=40, repr=False)]


class QuoteQuestion(LineQuestion):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"product": "mobile", "number": "13900000001", "service": "change_plan", "choice": "plan_199"}]
        }
    )

    service: Service
    choice: Choice
    call_id: str | None = Field(default=None, max_length=64)


class QuoteAnswer(BaseModel):
    result: Literal["ok", "arrears", "not_eligible", "unknown", "down"]
    fee: Amount = "0.00"


class OrderQuestion(QuoteQuestion):
    day_offset: int | None = Field(default=None, ge=1, le=14, description="Days from today, for a visit")


class OrderAnswer(BaseModel):
    result: Literal["ok", "arrears", "not_eligible", "unknown", "down"]
    order_no: str = ""


class OrderProgressQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"digits": "20261122000012", "last4": "0001"}]})

    digits: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
    last4: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class OrderProgressAnswer(BaseModel):
    result: Literal["ok", "not_found"]
    state: Literal["accepted", "working", "info", "done", "failed", "cancelled", ""] = ""


class OnBehalf(BaseModel):
    """The line by its number, or by customer and product: agents see numbers masked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"customer_id": "C000001", "product": "mobile", "service": "change_plan", "choice": "plan_199"}
            ]
        }
    )

    product: ProductName
    number: Number | None = Field(default=None, description="Left out: the customer's line of this product")
    customer_id: str = Field(max_length=40)
    service: Service
    choice: Choice
    day_offset: int | None = Field(default=None, ge=1, le=14)
    call_id: str | None = Field(default=None, max_length=64)


class OfferOut(BaseModel):
    product: ProductName
    service: str
    title: str
    title_en: str
    choices: dict[str, str] | None = Field(description="Choice to its name; null: nothing to choose")
    visit: bool = Field(description="Wants a day: day_offset")
    secret: bool = Field(description="The choice is known to the customer only: by telephone menu")


class StepOut(BaseModel):
    state: str
    state_title: str
    at: datetime
    by: str
    reason: str


class OrderOut(BaseModel):
    order_no: str
    customer_id: str
    product: ProductName
    service: str
    service_title: str
    number_masked: str
    state: str
    state_title: str
    fee: Amount
    choice: str | None
    promised_for: date | None
    created_at: datetime
    history: list[StepOut]
    allowed_events: list[str] = Field(description="What may be done to it now")


class OrderPage(BaseModel):
    items: list[OrderOut]


class OrderEventIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"event": "need_info", "reason": "请补充装机地址"}]})

    event: Literal["start", "need_info", "info_given", "complete", "fail", "cancel"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
