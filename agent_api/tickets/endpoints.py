"""Tickets over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, UploadFile
from fastapi.responses import FileResponse
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.channels import wording
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.reasons import service as reasons
from agent_api.tickets import attachments, files, service, view
from agent_api.tickets.query import TicketQuery, filter_of
from agent_api.tickets.schemas import AllowedEvent, AttachmentOut, NewTicket, TicketAct, TicketOut, TicketPage
from agent_api.web import ContextDep, Reading, Writing, allowed
from agent_api.worklists import mentions

router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"])

NEVER_A_PAGE_OF_OURS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}
MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]
MayCreate = Annotated[Principal, Depends(allowed(Permission.TICKET_CREATE))]


@router.post("", status_code=201, responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def create_ticket(body: NewTicket, who: MayCreate, session: Writing, context: ContextDep) -> TicketOut:
    """Open a ticket, usually during a call. The number in the answer is what the customer is told."""
    new = service.NewTicket(**body.model_dump(exclude={"form", "details"}), details=body.details | body.form)
    now = context.clock()
    form = await reasons.check_form(session, who.center.center_id, body.reason_code, body.form)
    case = await service.create(session, new, who, now, context.settings.zone)
    if form is not None:
        form.ticket_no, form.filled_at = case.row.ticket_no, now
        session.add(form)
    return view.ticket_out(case, who, now)


@router.get("", responses=responses(NotSignedIn, Denied, Invalid))
async def list_tickets(
    who: MayRead, session: Reading, context: ContextDep, wanted: Annotated[TicketQuery, Query()]
) -> TicketPage:
    """Tickets of one's own centre and those below. `owner=me` are one's own, `owner=` those nobody has taken."""
    now = context.clock()
    found = filter_of(wanted, who, now)
    rows, total = await service.search(session, found, wanted.limit, wanted.offset)
    moves = await service.moves(session, rows)
    return TicketPage(items=[view.row_out(row, moves[row.ticket_no], now) for row in rows], total=total)


@router.get("/{ticket_no}", responses=responses(NotSignedIn, Denied, NotFound))
async def read_ticket(ticket_no: str, who: MayRead, session: Reading, context: ContextDep) -> TicketOut:
    case = await service.get_for(session, ticket_no, who)
    return await _shown(session, case, who, context.clock())


@router.get(
    "/{ticket_no}/attachments/{attachment_id}",
    response_class=FileResponse,
    responses=responses(NotSignedIn, Denied, NotFound),
)
async def play_attachment(
    ticket_no: str, attachment_id: str, who: MayRead, session: Writing, context: ContextDep
) -> FileResponse:
    """A recording as audio/wav (parts of it by `Range`), any other file as what it is. Audited."""
    folder = context.settings.attachments_folder
    file, about = await attachments.open_for(session, ticket_no, attachment_id, who, folder, context.clock())
    return FileResponse(
        file, media_type=about.media_type, filename=about.file_name or None, headers=NEVER_A_PAGE_OF_OURS
    )


@router.post("/{ticket_no}/attachments", status_code=201, responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def attach(
    ticket_no: str, file: UploadFile, who: MayCreate, session: Writing, context: ContextDep
) -> AttachmentOut:
    """Evidence: PDF, pictures, Office files, recordings, text; up to 10 MB."""
    await service.get_for(session, ticket_no, who)
    content = await file.read(files.LARGEST + 1)
    row = await attachments.store(
        session,
        ticket_no,
        files.Kind.EVIDENCE,
        file.content_type or "",
        file.filename or "",
        content,
        who,
        context.clock(),
        folder=context.settings.attachments_folder,
    )
    return view.attachment_out(row)


@router.get("/{ticket_no}/allowed-events", responses=responses(NotSignedIn, Denied, NotFound))
async def read_allowed_events(
    ticket_no: str, who: MayRead, session: Reading, context: ContextDep
) -> list[AllowedEvent]:
    """What this person may do to the ticket now, with the fields each needs."""
    return view.allowed_events(await service.get_for(session, ticket_no, who), who, context.clock())


@router.post("/{ticket_no}/events", responses=responses(NotSignedIn, Denied, NotFound, Refused, Invalid))
async def act_on_ticket(
    ticket_no: str, body: TicketAct, who: MayRead, session: Writing, context: ContextDep
) -> TicketOut:
    """Do one thing to the ticket; 409 with the reason when the workflow refuses."""
    now = context.clock()
    if left := wording.blanks("".join(body.data.values())):
        raise Refused("template.value_missing", {"names": ", ".join(left)})
    case = await service.act(session, ticket_no, body.event, who, now, body.comment, body.data)
    await mentions.note(session, case.timeline[-1])
    return await _shown(session, case, who, now)


async def _shown(session: AsyncSession, case: service.TicketCase, who: Principal, now: datetime) -> TicketOut:
    number = case.row.ticket_no
    files_of_it = await service.attachments_of(session, number)
    return view.ticket_out(case, who, now, files_of_it, await service.relatives(session, number))
