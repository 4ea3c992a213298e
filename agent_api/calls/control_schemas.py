"""What the desk sends to control a call."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from acd.contracts.commands import Target

TO_AGENT: dict[str, JsonValue] = {"kind": "agent", "id": "8002"}


class Transfer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"to": TO_AGENT, "note": "客户要求复查10月账单"}]})

    to: Target
    note: str = Field(default="", max_length=200)
    """What the next agent should know."""


class Consult(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"to": TO_AGENT}]})

    to: Target


class Help(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "客户要求主管接听"}]})

    note: str = Field(default="", max_length=200)


class Ending(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"survey": True}]})

    survey: bool = True
    """Ask the customer for a grade."""
