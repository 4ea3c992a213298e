"""The ticket list as the desk asks for it and gets it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from agent_api.tickets.words import Act, Channel, Level, State, TicketType
from agent_api.worklists.repository import Sort

COLUMNS = Literal[
    "ticket_no", "title", "type", "state", "level", "clocks", "target", "owner", "channel", "customer_id",
    "created_at", "updated_at", "due_at", "legal_due_at", "urge_count", "priority", "created_by",
]  # fmt: skip
Text = Annotated[str, StringConstraints(strip_whitespace=True)]
TicketNo = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{8}[0-9A-Z]{1,10}$")]


class TicketsWanted(BaseModel):
    """A filter of tickets; what is left out fits all."""

    states: list[State] = Field(default=[], max_length=40)
    types: list[TicketType] = Field(default=[], max_length=20)
    levels: list[Level] = Field(default=[], max_length=10)
    channels: list[Channel] = Field(default=[], max_length=20)
    text: str = Field(default="", max_length=60, description="Start of a number, or words of the title")
    open_only: bool = False
    target: str = Field(default="", max_length=40)
    mine: bool = Field(default=False, description="Those one owns")
    customer_id: str = Field(default="", max_length=40)
    parent_no: str = Field(default="", max_length=20)
    regulator: bool | None = None
    overdue: bool | None = None
    due_within_hours: int | None = Field(default=None, ge=0, le=720)
    created_from: AwareDatetime | None = None
    created_to: AwareDatetime | None = None
    sort: Sort = Sort.UPDATED


class TicketSearch(TicketsWanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"open_only": True, "sort": "due", "limit": 50}]})

    limit: int = Field(default=50, ge=1, le=200)
    offset: int = Field(default=0, ge=0, le=1_000_000)


class TicketExport(TicketsWanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"open_only": True, "kind": "xlsx"}]})

    kind: Literal["csv", "xlsx"] = "xlsx"


class ViewIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "快到期的投诉", "wanted": {"types": ["complaint"], "sort": "due"}}]}
    )

    title: Text = Field(min_length=1, max_length=40)
    shared: bool = False
    wanted: TicketsWanted = TicketsWanted()
    columns: list[COLUMNS] = Field(default=[], max_length=20)


class ViewOut(BaseModel):
    id: str
    title: str
    shared: bool
    owner: str
    mine: bool = Field(description="May be changed and deleted by the asker")
    wanted: TicketsWanted
    columns: list[COLUMNS]


class BulkAct(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ticket_nos": ["TS20261121000001"], "event": "urge", "comment": "再次来电"}]}
    )

    ticket_nos: list[TicketNo] = Field(min_length=1, max_length=200)
    event: Act
    comment: Text = Field(default="", max_length=2000)
    data: dict[str, Annotated[str, StringConstraints(max_length=2000)]] = Field(default_factory=dict, max_length=10)


class BulkRow(BaseModel):
    ticket_no: str
    ok: bool
    state: str | None = None
    code: str | None = Field(default=None, description="Why not")
    message: str | None = None


class BulkOut(BaseModel):
    done: int
    failed: int
    rows: list[BulkRow]


class RelatedTicket(BaseModel):
    ticket_no: str
    kind: Literal["parent", "child", "sibling", "merged", "merged_into", "repeat_of", "repeated_by"]
    title: str
    state: str


class MentionOut(BaseModel):
    mention_id: int
    ticket_no: str
    seq: int
    by: str
    words: str
    at: datetime
    read_at: datetime | None


class Colleague(BaseModel):
    agent_no: str
    name: str
    center: str


class MentionsRead(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ids": [1, 2]}]})

    ids: list[int] | None = Field(default=None, max_length=500, description="Null: all of them")
