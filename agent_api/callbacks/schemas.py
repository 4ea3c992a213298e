"""Promises to call back, and missed callers, as the desk sees them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from acd.contracts.routing import NAME


class CallbackOut(BaseModel):
    callback_id: str
    queue: str
    number_masked: str
    customer: str | None = Field(description="Customer id, when the number is a subscriber's")
    customer_name: str | None = Field(description="Masked")
    state: str = Field(description="waiting, dialling, or how it ended: talked, expired, exhausted, cancelled ...")
    place_at: datetime | None = Field(description="Since when the customer has this place in the queue")
    booked_at: datetime
    attempts: int
    next_at: datetime | None
    expires_at: datetime | None
    agent_no: str | None
    call_id: str | None = Field(description="The call whose place was kept")
    talk_call_id: str | None
    result: str | None = Field(description="How it ended, or why the last attempt came to nothing")


class CallbackList(BaseModel):
    items: list[CallbackOut]


class CallbackIn(BaseModel):
    """Either a number, or a call whose caller is meant."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"queue": "bill", "call_id": "n1-1763764000.12"}, {"queue": "bill", "number": "13900000001"}]
        }
    )

    queue: str = Field(pattern=NAME)
    number: str | None = Field(default=None, max_length=32)
    call_id: str | None = Field(default=None, max_length=64)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if not self.number and not self.call_id:
            raise ValueError("a number or a call is needed")
        return self


class CallbackBookedOut(BaseModel):
    callback_id: str


class MissedCall(BaseModel):
    """A caller who gave up waiting and has not talked with an agent since; one row a number."""

    call_id: str = Field(description="The last one")
    at: datetime
    queue: str | None
    stage: str = Field(description="queue or ring")
    wait_ms: int
    caller_masked: str
    customer: str | None
    times: int = Field(description="How often since the asked time")
    called_back: bool = Field(description="A call back is promised or was made")
    callback_state: str | None


class MissedList(BaseModel):
    items: list[MissedCall]
