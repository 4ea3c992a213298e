"""What a list of tickets is asked for over HTTP, and the filter that makes of it."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from agent_api.auth.principal import Principal
from agent_api.tickets.searching import Color, Sort, TicketFilter
from agent_api.tickets.words import Channel, Level, State, TicketType

Code = Annotated[str, StringConstraints(max_length=40)]
ME = "me"


class TicketQuery(BaseModel):
    state: State | None = None
    type: TicketType | None = None
    q: str | None = Field(
        default=None, max_length=60, description="Start of a number (ours or another system's), or words of the title"
    )
    level: Level | None = None
    owner: str | None = Field(default=None, max_length=16, description="Agent, `me`, or empty: nobody has taken it")
    unit: Code | None = Field(default=None, description="Centre or centre/department that works on it")
    color: Color | None = Field(default=None, description="Of the first clock to run out")
    overdue: bool | None = None
    channel: Channel | None = None
    reason: Code | None = Field(default=None, description="Contact reason: a leaf, or a branch with all below")
    category: Code | None = None
    area: Annotated[str, StringConstraints(max_length=8)] | None = None
    customer_id: Code | None = None
    parent_no: Annotated[str, StringConstraints(max_length=20)] | None = None
    open: bool | None = None
    regulator: bool | None = None
    waive_fee: bool | None = None
    created_from: AwareDatetime | None = None
    created_to: AwareDatetime | None = None
    due_from: AwareDatetime | None = None
    due_to: AwareDatetime | None = None
    sort: Sort = Sort.UPDATED
    descending: bool | None = None
    limit: int = Field(default=50, ge=1, le=200)
    offset: int = Field(default=0, ge=0)


def filter_of(query: TicketQuery, who: Principal, now: datetime) -> TicketFilter:
    """What the person may see of what was asked for."""
    given = query.model_dump(exclude={"q", "open", "owner", "limit", "offset"})
    return TicketFilter(
        **given,
        text=query.q,
        is_open=query.open,
        owner=who.agent_no if query.owner == ME else query.owner,
        now=now,
        centers=None if who.center.level == "N" else who.visible_centers,
    )
