"""The voice menu's questions about faults, messages and tickets."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.customers.questions import Number

CallId: TypeAlias = Annotated[str, Field(max_length=64)]
Digits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Last4: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class FaultQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "fault": "signal", "call_id": "n1-1763764000.12"}]}
    )

    number: Number
    fault: Literal["no_service", "internet", "signal", "other"]
    call_id: CallId


class FaultAnswer(BaseModel):
    result: Literal["ok", "arrears", "mass", "unknown"]
    ticket_no: str = ""
    hours: int = 0


class MessageQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "call_id": "n1-1763764000.12",
                    "about": "complaint",
                    "recording": "n1-1.1-1.wav",
                    "seconds": 21,
                    "caller_number": "13900000001",
                }
            ]
        }
    )

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
    model_config = ConfigDict(json_schema_extra={"examples": [{"digits": "20261122000012", "last4": "0001"}]})

    digits: Digits
    last4: Last4


class ProgressAnswer(BaseModel):
    result: Literal["ok", "not_found"]
    state: Literal["working", "answered", "closed", ""] = ""
    due: date | None = None
