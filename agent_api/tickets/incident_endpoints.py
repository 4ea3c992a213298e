"""Incidents over HTTP: what looks like one, cases joined to one, the notice to callers of the area."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.tickets import incidents, service
from agent_api.tickets.words import Act
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/incidents", tags=["tickets"])
MayDispatch = Annotated[Principal, Depends(allowed(Permission.TICKET_DISPATCH))]
MayAnnounce = Annotated[Principal, Depends(allowed(Permission.ANNOUNCE))]
TicketNo = Annotated[str, Field(max_length=20)]


class SuspicionOut(BaseModel):
    type: str
    category: str
    area: str
    customers: int


class Cases(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"ticket_nos": ["ZA20261122000003"]}]})

    ticket_nos: list[TicketNo] = Field(min_length=1, max_length=500)


class JoinedOut(BaseModel):
    joined: list[str]
    refused: dict[str, str] = Field(description="Ticket to the code of the reason")


class AnnouncedOut(BaseModel):
    announcement: str


@router.get("/suspected", responses=responses(NotSignedIn, Denied))
async def suspected(who: MayDispatch, session: Reading, context: ContextDep) -> list[SuspicionOut]:
    """At least five customers of an area with the same trouble within a day, and no incident for them."""
    found = await incidents.suspected(session, who.visible_centers, context.clock())
    return [SuspicionOut.model_validate(each, from_attributes=True) for each in found]


@router.post("/{ticket_no}/cases", responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def join(ticket_no: str, body: Cases, who: MayDispatch, session: Writing, context: ContextDep) -> JoinedOut:
    """These tickets are cases of that one from now on: its answer is theirs."""
    await service.get_for(session, ticket_no, who, for_update=True)
    joined, refused = [], {}
    for case_no in dict.fromkeys(body.ticket_nos):
        try:
            await service.act(session, case_no, Act.JOIN, who, context.clock(), "", {"parent": ticket_no})
            joined.append(case_no)
        except (Refused, NotFound, Denied) as reason:
            refused[case_no] = reason.code
    return JoinedOut(joined=joined, refused=refused)


@router.post("/{ticket_no}/announcement", status_code=201, responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def announce(ticket_no: str, who: MayAnnounce, session: Writing, context: ContextDep) -> AnnouncedOut:
    """Callers of the mass fault's area hear of it first, until it is repaired."""
    case = await service.get_for(session, ticket_no, who, for_update=True)
    return AnnouncedOut(announcement=await incidents.announce(session, case.row, who, context.clock()))
