"""Written contacts over HTTP, for the desk: inbox, registering, spam, files."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.channels import files as contact_files
from agent_api.channels import letters, repository, service, uploads, view
from agent_api.channels.flow import Fact
from agent_api.channels.models import Interaction
from agent_api.channels.registering import Registration
from agent_api.channels.repository import Wanted
from agent_api.channels.schemas import (
    AssignIn,
    ContactChannel,
    ContactOut,
    ContactPage,
    ContactState,
    ContactType,
    ReasonIn,
    RegisterIn,
)
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.tickets import service as tickets
from agent_api.tickets.files import Kind
from agent_api.tickets.words import Channel, Level, TicketType
from agent_api.web import ContextDep, Reading, Writing, allowed

ERRORS = responses(NotSignedIn, Denied, Invalid)
router = APIRouter(prefix="/api/v1/interactions", tags=["interactions"], responses=ERRORS)

MayRead = Annotated[Principal, Depends(allowed(Permission.CONTACT_READ))]
MayWork = Annotated[Principal, Depends(allowed(Permission.CONTACT_WORK))]
KNOWN = responses(NotFound, Refused)
SAFE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
IN_SIGHT = frozenset({"application/pdf", "image/png", "image/jpeg"})


@router.get("")
async def list_contacts(
    who: MayRead,
    session: Reading,
    state: Annotated[list[ContactState] | None, Query()] = None,
    channel: ContactChannel | None = None,
    mine: bool = False,
    ticket_no: Annotated[str, Query(max_length=20)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ContactPage:
    """Of one's own centre and those below, latest first."""
    wanted = Wanted(tuple(state or ()), channel or "", who.agent_no if mine else "", ticket_no)
    rows, total = await service.page(session, who, wanted, limit, offset)
    files = await service.files_of(session, rows)
    count = {row.interaction_id: sum(file.interaction_id == row.interaction_id for file in files) for row in rows}
    items = [view.row_out(row, count[row.interaction_id]) for row in rows]
    return ContactPage(items=items, total=total, counts=await service.counts(session, who))


@router.post("", status_code=201)
async def enter_contact(
    who: MayWork,
    context: ContextDep,
    channel: Annotated[Literal["letter", "counter"], Form()],
    subject: Annotated[str, Form(min_length=1, max_length=200)],
    body: Annotated[str, Form(min_length=1, max_length=4000)],
    address: Annotated[str, Form(max_length=200)] = "",
    number: Annotated[str, Form(pattern=r"^[0-9]{0,20}$")] = "",
    name: Annotated[str, Form(max_length=100)] = "",
    ticket_type: Annotated[ContactType | Literal[""], Form(alias="type")] = "",
    reason_code: Annotated[str, Form(max_length=40)] = "",
    scans: Annotated[list[UploadFile] | None, File()] = None,
) -> ContactOut:
    """A letter (scan and summary) or a matter from the counter; with a type it is registered at once."""
    kind = Kind.LETTER if channel == "letter" else Kind.EVIDENCE
    read = await uploads.read(scans or [], kind, context.settings.channels.most_files)
    now, registry = context.clock(), context.contacts.registry
    arrived = letters.typed_in(Channel(channel), subject, body, address, number, name, read, now)
    wanted = Registration(TicketType(ticket_type), reason_code=reason_code) if ticket_type else None
    async with context.db.write() as session:
        row = await letters.enter(session, registry, arrived, wanted, who, now)
        return await shown(session, row, who)


@router.get("/{interaction_id}", responses=responses(NotFound))
async def read_contact(interaction_id: str, who: MayRead, session: Reading) -> ContactOut:
    return await shown(session, await service.get_for(session, interaction_id, who), who)


@router.get("/{interaction_id}/files/{file_id}", responses=responses(NotFound))
async def read_file(
    interaction_id: str,
    file_id: str,
    who: MayRead,
    session: Writing,
    context: ContextDep,
    page: Annotated[int | None, Query(ge=0, le=200, description="One page of an image, as PNG")] = None,
) -> Response:
    """Nothing that waits for the scanner or is in quarantine. Audited."""
    await service.get_for(session, interaction_id, who)
    file = await repository.file(session, interaction_id, file_id)
    if file is None:
        raise NotFound("file", file_id)
    content = await asyncio.to_thread(context.contacts.files.content_of, file)
    now = context.clock()
    await audit.record(session, who, "contact.file", now, subject="interaction", subject_id=interaction_id)
    if page is not None:
        png = await asyncio.to_thread(contact_files.preview, content, page)
        return Response(png, media_type="image/png", headers=SAFE)
    how = "inline" if file.media_type in IN_SIGHT else "attachment"
    return Response(content, media_type=file.media_type, headers=SAFE | {"Content-Disposition": how})


@router.post("/{interaction_id}/assign", responses=KNOWN)
async def assign(
    interaction_id: str, body: AssignIn, who: MayWork, session: Writing, context: ContextDep
) -> ContactOut:
    """To oneself or to a colleague of a centre one sees."""
    colleague = await auth.find_principal(session, body.agent_no)
    if colleague is None or colleague.center.center_id not in who.visible_centers:
        raise NotFound("agent", body.agent_no)
    colleague.require(Permission.CONTACT_WORK)
    row = await service.get_for(session, interaction_id, who, for_update=True)
    now = context.clock()
    await service.advance(session, row, Fact.ASSIGNED, who.agent_no, now, body.agent_no)
    row.assigned_to = body.agent_no
    if body.agent_no == who.agent_no:
        await service.advance(session, row, Fact.TAKEN_UP, who.agent_no, now)
    return await shown(session, row, who)


@router.post("/{interaction_id}/register", responses=KNOWN)
async def register(
    interaction_id: str, body: RegisterIn, who: MayWork, session: Writing, context: ContextDep
) -> ContactOut:
    """As a new ticket, or as more about one that is there."""
    row = await service.get_for(session, interaction_id, who, for_update=True)
    registry, now = context.contacts.registry, context.clock()
    if body.ticket_no is not None:
        await tickets.get_for(session, body.ticket_no, who)
        await registry.follow_up(session, row, body.ticket_no, now)
    else:
        wanted = Registration(
            TicketType(body.type),
            body.title,
            body.description,
            body.reason_code,
            Level(body.level),
            body.customer_id,
            body.contact_number,
        )
        await registry.register(session, row, wanted, who, now)
    return await shown(session, row, who)


def _plain(path: str, fact: Fact, what: str) -> None:
    """An act that only moves the contact on."""

    async def act(
        interaction_id: str, body: ReasonIn, who: MayWork, session: Writing, context: ContextDep
    ) -> ContactOut:
        row = await service.get_for(session, interaction_id, who, for_update=True)
        await service.advance(session, row, fact, who.agent_no, context.clock(), body.reason)
        if fact is Fact.TAKEN_UP:
            row.assigned_to = who.agent_no
        return await shown(session, row, who)

    name = path.replace("-", "_")
    router.add_api_route(
        f"/{{interaction_id}}/{path}", act, methods=["POST"], responses=KNOWN, description=what, name=name,
        operation_id=f"contact_{name}",
    )  # fmt: skip


_plain("take", Fact.TAKEN_UP, "Work on it.")
_plain("spam", Fact.JUDGED_SPAM, "Nobody is to answer it.")
_plain("not-spam", Fact.JUDGED_HONEST, "It was no spam after all.")
_plain("unreadable", Fact.NOT_READABLE, "Nobody can read it.")
_plain("readable", Fact.READ, "Somebody could read it after all.")
_plain("archive", Fact.FILED, "Nothing more is to be done.")


async def shown(session: Reading, row: Interaction, who: Principal) -> ContactOut:
    return view.contact_out(
        row,
        who,
        await service.files_of(session, [row]),
        await service.steps_of(session, row),
        await service.replies_of(session, row),
    )
