"""The voice menu's questions about faults, messages and tickets."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, Field, StringConstraints

from agent_api.customers.questions import Number

CallId: TypeAlias = Annotated[str, Field(max_length=64)]
Digits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Last4: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class FaultQuestion(BaseModel):
    number: Number
    fault: Literal["no_service", "internet", "signal", "other"]
    call_id: CallId


class FaultAnswer(BaseModel):
    result: Literal["ok", "arrears", "mass", "unknown"]
    ticket_no: str = ""
    hours: int = 0


class MessageQuestion(BaseModel):
    call_id: CallId
    about: Literal["complaint", "suggestion", "praise", "general"]
    recording: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")] = Field(
        description="Name of the file in the messages folder"
    )
    seconds: int = Field(ge=0, le=600)
    caller_number: Number


class MessageAnswer(BaseModel):
    result: Literal["ok"] = "ok"
    ticket_no: str


class ProgressQuestion(BaseModel):
    digits: Digits
    last4: Last4


class ProgressAnswer(BaseModel):
    result: Literal["ok", "not_found"]
    state: Literal["working", "answered", "closed", ""] = ""
    due: date | None = None
