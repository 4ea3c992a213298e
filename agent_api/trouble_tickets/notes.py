"""What other systems noted at a ticket (TMF621), for our own people."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, NotFound, NotSignedIn, responses
from agent_api.tickets import service as tickets
from agent_api.trouble_tickets.models import TicketExtra
from agent_api.web import Reading, allowed

router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"], responses=responses(NotSignedIn, Denied))

MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]


class OutsideNote(BaseModel):
    id: str
    author: str = Field(description="The other system, or whoever it names")
    date: datetime
    text: str


@router.get("/{ticket_no}/notes", responses=responses(NotFound))
async def read_notes(ticket_no: str, who: MayRead, session: Reading) -> list[OutsideNote]:
    """In the order they came."""
    case = await tickets.get_for(session, ticket_no, who)
    extra = await session.get(TicketExtra, case.row.ticket_no)
    return [OutsideNote.model_validate(each) for each in extra.values.get("note", [])] if extra else []
