"""Reply templates beside a ticket, with its own words in them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.channels import filling
from agent_api.channels.endpoints import ERRORS
from agent_api.channels.schemas import FilledTemplateOut
from agent_api.errors import NotFound, responses
from agent_api.tickets import service as tickets
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/tickets", tags=["reply templates"], responses=ERRORS)

MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]


@router.get("/{ticket_no}/reply-templates", responses=responses(NotFound))
async def fill_templates(
    ticket_no: str, who: MayRead, session: Reading, context: ContextDep
) -> list[FilledTemplateOut]:
    """Those that fit its type and reason, the most particular first; the customer's name as it may be written."""
    case = await tickets.get_for(session, ticket_no, who)
    found = await filling.for_ticket(session, case, context.contacts.clerk.house, context.clock())
    return [FilledTemplateOut.model_validate(each, from_attributes=True) for each in found]
