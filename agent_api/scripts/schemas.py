"""Sentences as the desk sends and sees them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.scripts.lines import Line


class ScriptsOut(BaseModel):
    center: str = Field(description="Whose sentences; empty for those that come with the product")
    version: int
    note: str = Field(description="What changed")
    read: bool = Field(description="Whether this agent has acknowledged them")
    lines: list[Line]


class ScriptsIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "lines": [{"situation": "hold", "text": "{customer}，请您稍等。"}],
                    "note": "简化等候用语",
                    "based_on": 0,
                }
            ]
        }
    )

    lines: list[Line] = Field(min_length=1, max_length=200)
    note: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(default="", max_length=200)
    based_on: int = Field(ge=0, description="The centre's own version one started from; 0 when it had none")


class Acknowledgement(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3}]})

    version: int = Field(ge=0)


class ScriptVersion(BaseModel):
    """A version as it was published."""

    center: str
    version: int
    note: str
    lines: list[Line]
