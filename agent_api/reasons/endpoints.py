"""Contact reasons with their forms, their editor, and what was filled in with a ticket."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.documents import service as documents
from agent_api.documents.schemas import DocumentVersion
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_number
from agent_api.reasons import service
from agent_api.reasons.schemas import FormValue, ReasonTree, ReasonTreeIn, TicketFormOut
from agent_api.tickets import service as tickets
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["reasons"], responses=responses(NotSignedIn, Denied, Invalid))

MayEdit = Annotated[Principal, Depends(allowed(Permission.REASON_EDIT))]
MayReadTickets = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]
Center = Annotated[str | None, Query(max_length=20, description="Else one's own")]


@router.get("/reasons")
async def read_reasons(who: CurrentStaff, session: Reading, center: Center = None) -> ReasonTree:
    """The tree in force for the centre, with the form of each leaf."""
    found = await service.tree_of(session, center or who.center.center_id)
    return ReasonTree(center=found.center_id, version=found.version, tree=list(found.tree))


@router.get("/reasons/{center}/versions")
async def list_versions(center: str, _who: MayEdit, session: Reading) -> list[DocumentVersion]:
    """The centre's own, last first."""
    rows = await documents.versions(session, service.KIND, center)
    return [DocumentVersion.model_validate(row, from_attributes=True) for row in rows]


@router.get("/reasons/{center}/versions/{version}", responses=responses(NotFound))
async def read_version(center: str, version: int, _who: MayEdit, session: Reading) -> ReasonTree:
    row = await documents.version(session, service.KIND, center, version)
    return ReasonTree.model_validate({"center": center, "version": version, "tree": row.content})


@router.put("/reasons/{center}", responses=responses(Refused))
async def publish(center: str, body: ReasonTreeIn, who: MayEdit, session: Writing, context: ContextDep) -> ReasonTree:
    """The whole tree, in force at once, there and below. Codes that are gone keep their titles in the figures."""
    tree, now = tuple(body.tree), context.clock()
    done = await service.publish(session, who, center, tree, body.note, body.based_on, now)
    return ReasonTree(center=done.center_id, version=done.version, tree=list(done.tree))


@router.get("/tickets/{ticket_no}/form", responses=responses(NotFound))
async def read_form(ticket_no: str, who: MayReadTickets, session: Reading, context: ContextDep) -> TicketFormOut | None:
    """What was filled in when the ticket was taken down; null when its reason asks for nothing."""
    row = (await tickets.get_for(session, ticket_no, who)).row
    form = await service.form_of(session, ticket_no)
    if form is None:
        return None
    in_full = row.created_by == who.agent_no or who.may(Permission.TICKET_UNIT)
    names = await context.reasons.titles(session)
    fields = [FormValue.model_validate(field) for field in form.fields]
    for field in fields:
        if field.kind == "phone" and not in_full:
            field.value = mask_number(field.value)
    return TicketFormOut(
        reason_code=form.reason_code, reason_title=names.get(form.reason_code, form.reason_code), fields=fields
    )
