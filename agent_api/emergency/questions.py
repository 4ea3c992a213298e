"""The voice menu's questions about emergencies."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.customers.questions import Number
from agent_api.identity.questions import Secret
from agent_api.tickets.questions import CallId


class StopQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"number": "13900000001", "proof": "id", "secret": "081234", "call_id": "n1-1763764000.12"}]
        }
    )

    number: Number
    proof: Literal["password", "id"]
    secret: Secret
    call_id: CallId


class StopAnswer(BaseModel):
    result: Literal["ok", "fail", "locked", "unknown", "already"]


class EmergencyQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "call_id": "n1-1763764000.12"}]}
    )

    number: Number
    call_id: CallId


class LineAnswer(BaseModel):
    result: Literal["ok", "not_possible", "unknown"]


class ReportQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"reported_number": "17000001234", "caller_number": "13900000001", "call_id": "n1-1763764000.12"}
            ]
        }
    )

    reported_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$")] = Field(repr=False)
    caller_number: Number
    call_id: CallId


class ReportAnswer(BaseModel):
    result: Literal["ok"] = "ok"
    ticket_no: str
