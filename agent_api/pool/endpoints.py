"""The pool over HTTP: what waits, claiming the next piece, giving it back, returning it to the front line."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.pool import service
from agent_api.pool.rules import LEASE, Mistake
from agent_api.tickets.models import TicketRow
from agent_api.tickets.thresholds import service as center_limits
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/pool", tags=["tickets"])
MayWork = Annotated[Principal, Depends(allowed(Permission.TICKET_REASSIGN))]
MayCount = Annotated[Principal, Depends(allowed(Permission.REPORT_ALL))]


class PieceOut(BaseModel):
    ticket_no: str
    type: str
    state: str
    title: str
    level: str
    vip: bool
    priority: int
    legal_due_at: datetime | None
    due_at: datetime | None
    created_at: datetime


class ClaimedOut(BaseModel):
    ticket_no: str | None = Field(description="null: nothing waits")
    until: datetime | None


class Claim(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket_no": None}, {"ticket_no": "TS20261122000001"}]})

    ticket_no: str | None = Field(default=None, max_length=20, description="null: the next one")


class ToFront(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "INFO_MISSING", "comment": "缺少装机地址"}]})

    reason: Mistake
    comment: str = Field(min_length=1, max_length=500)


class BacklogOut(BaseModel):
    waiting: int
    held: int
    people: int
    minutes: float = Field(description="Work that waits for each of them")
    alarm: bool


class MistakeOut(BaseModel):
    agent_no: str
    reason: str
    count: int


@router.get("", responses=responses(NotSignedIn, Denied, Invalid))
async def read_pool(who: MayWork, session: Reading, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[PieceOut]:
    """What waits at one's centre, in the order it is given out."""
    return [_piece(row) for row in await service.waiting(session, who, limit)]


@router.get("/backlog", responses=responses(NotSignedIn, Denied))
async def read_backlog(who: MayWork, session: Reading) -> BacklogOut:
    found = await service.backlog(session, who.center.center_id)
    limits = await center_limits.in_force(session, who.center.center_id)
    return BacklogOut(
        waiting=found.waiting,
        held=found.held,
        people=found.people,
        minutes=found.minutes,
        alarm=found.minutes > limits.backlog_minutes,
    )


@router.get("/mistakes", responses=responses(NotSignedIn, Denied, Invalid))
async def read_mistakes(who: MayCount, session: Reading, start: AwareDatetime, end: AwareDatetime) -> list[MistakeOut]:
    """What came back to the front line, by agent and reason."""
    rows = await service.mistakes(session, who.visible_centers, start, end)
    return [MistakeOut(agent_no=agent_no, reason=reason, count=count) for agent_no, reason, count in rows]


@router.post("/claim", responses=responses(NotSignedIn, Denied, Refused, Invalid))
async def claim(body: Claim, who: MayWork, session: Writing, context: ContextDep) -> ClaimedOut:
    """For half an hour; whoever begins to work on it keeps it."""
    now = context.clock()
    row = await service.claim(session, who, now, body.ticket_no)
    return ClaimedOut(ticket_no=row.ticket_no if row else None, until=now + LEASE if row else None)


@router.post("/{ticket_no}/give-back", status_code=204, responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def give_back(ticket_no: str, who: MayWork, session: Writing, context: ContextDep) -> None:
    await service.give_back(session, ticket_no, who, context.clock())


@router.post(
    "/{ticket_no}/to-front", status_code=204, responses=responses(NotSignedIn, Denied, NotFound, Refused, Invalid)
)
async def to_front(ticket_no: str, body: ToFront, who: MayWork, session: Writing, context: ContextDep) -> None:
    """To the agent who took it down; counted as a mistake of the front line."""
    await service.to_front(session, ticket_no, body.reason, body.comment, who, context.clock())


def _piece(row: TicketRow) -> PieceOut:
    return PieceOut.model_validate(row, from_attributes=True)
