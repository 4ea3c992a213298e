"""Notices as the desk sees them."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from acd.contracts.menu.tree import NodeId, PromptId

DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class NoticeIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "center": "js",
                    "title": "账务结算期",
                    "area": None,
                    "place": "bill",
                    "prompts": ["notice/settlement"],
                    "barge_in": True,
                    "starts_at": None,
                    "ends_at": None,
                    "days_of_month": [1, 5],
                    "active": True,
                }
            ]
        }
    )

    center: str = Field(max_length=20)
    title: str = Field(min_length=1, max_length=60)
    area: str | None = Field(default=None, pattern=r"^[0-9]{2,6}$")
    """Area code of the callers who hear it; null: everybody of the centre and of those below it."""
    place: NodeId = "entry"
    """`entry`, or the id of the node it is spoken at."""
    prompts: list[PromptId] = Field(min_length=1, max_length=6)
    barge_in: bool = True
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    days_of_month: tuple[DayOfMonth, DayOfMonth] | None = None
    """Only from this to that day of every month, e.g. the settlement days."""
    active: bool = True


class NoticeOut(NoticeIn):
    id: str
