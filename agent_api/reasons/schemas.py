"""Trees of contact reasons and filled-in forms as the desk sends and sees them."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.reasons.tree import Reason

_EXAMPLE: dict[str, Any] = {
    "tree": [
        {
            "code": "T",
            "title": "投诉",
            "children": [
                {
                    "code": "T.CHARGE",
                    "title": "收费争议",
                    "children": [
                        {
                            "code": "T.CHARGE.1",
                            "title": "多收费",
                            "ticket_type": "complaint",
                            "fields": [{"name": "amount", "title": "争议金额", "kind": "amount", "required": True}],
                        }
                    ],
                }
            ],
        }
    ],
    "note": "",
    "based_on": 0,
}


class ReasonTree(BaseModel):
    center: str = Field(description="Whose tree it is; empty for the one that comes with the product")
    version: int
    tree: list[Reason]


class ReasonTreeIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    tree: list[Reason] = Field(min_length=1, max_length=30)
    note: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(default="", max_length=200)
    based_on: int = Field(ge=0, description="The centre's own version one started from; 0 when it had none")


class FormValue(BaseModel):
    name: str
    title: str
    kind: str
    value: str = Field(description="Telephone numbers are masked for those who do not work on the ticket")


class TicketFormOut(BaseModel):
    reason_code: str
    reason_title: str
    fields: list[FormValue]
