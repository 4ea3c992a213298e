"""The public page's interface: proof of who one is, writing to us, one's own matters, progress by number.

Addresses of this interface hold ticket numbers at most; everything a customer types is in a body.
"""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, File, Form, Request, Response, UploadFile

from agent_api.channels import limits, service, uploads
from agent_api.channels.arrivals import Arrived
from agent_api.channels.limits import TooOften
from agent_api.channels.public import matters
from agent_api.channels.public.schemas import (
    CodeIn,
    CodeOut,
    FiledOut,
    Kind,
    MatterOut,
    MatterRow,
    PageOut,
    ProgressIn,
    ProgressOut,
    RatingIn,
    SignIn,
    VisitorOut,
    WhyIn,
    WordsIn,
)
from agent_api.channels.public.sessions import COOKIE, PATH, SignedIn, Visitor, check_open, close_session, open_session
from agent_api.channels.registering import Registration
from agent_api.context import Context
from agent_api.customers.rules import normal_number
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.identity.service import PasswordDesk
from agent_api.identity.sms_codes import SmsCodes
from agent_api.masking import mask_number
from agent_api.tickets import files as kinds
from agent_api.tickets import hotline
from agent_api.tickets.words import Channel, TicketType
from agent_api.web import ContextDep, Reading, Writing, address_of

router = APIRouter(
    prefix=PATH,
    tags=["public page"],
    dependencies=[Depends(check_open)],
    responses=responses(Denied, Invalid, NotFound, TooOften, Unavailable),
)
SIGNED = responses(NotSignedIn, Refused)


@router.get("/page")
async def about(context: ContextDep) -> PageOut:
    """What everybody may know before signing in."""
    messages, own = context.settings.messages, context.settings.channels
    return PageOut(
        brand=messages.brand,
        hotline=messages.hotline,
        most_files=own.most_files,
        largest_bytes=kinds.LARGEST,
        types=sorted(kinds.TYPES),
    )


@router.post("/code")
async def send_code(body: CodeIn, request: Request, context: ContextDep) -> CodeOut:
    """A one-time code to the line itself. The answer is the same for every number."""
    number = normal_number(body.number)
    await _count(context, request, "code", number)
    await SmsCodes(context.db, context.passwords).send(number, context.clock())
    return CodeOut()


@router.post("/session", responses=responses(NotSignedIn))
async def sign_in(body: SignIn, request: Request, response: Response, context: ContextDep) -> VisitorOut:
    """By the code, or by the service password; wrong ones count as everywhere."""
    number, now = normal_number(body.number), context.clock()
    await _count(context, request, "proof", number, times=4)
    desk = PasswordDesk(context.db, context.identity, SmsCodes(context.db, context.passwords))
    if body.proof == "code":
        result = await desk.codes.check(number, body.secret, now)
    else:
        found = await desk.verify(number, body.secret, context.today, now)
        result = "fail" if found.initial else found.result  # one everybody could guess proves nothing
    if result == "locked":
        raise NotSignedIn("contact.locked")
    length = context.settings.channels.session_length
    opened = await open_session(context, number, body.proof, length) if result == "pass" else None
    if opened is None:
        raise NotSignedIn("contact.not_proved")
    token, visitor = opened
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(length.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="strict",
        secure=context.settings.cookie_secure,
    )
    return _visitor_out(context, visitor)


@router.get("/session", responses=SIGNED)
async def who_am_i(visitor: SignedIn, context: ContextDep) -> VisitorOut:
    return _visitor_out(context, visitor)


@router.delete("/session", status_code=204)
async def sign_out(response: Response, context: ContextDep, token: Annotated[str, Cookie(alias=COOKIE)] = "") -> None:
    await close_session(context, token)
    response.delete_cookie(COOKIE, path=PATH)


@router.post("/matters", status_code=201, responses=SIGNED)
async def file_matter(
    visitor: SignedIn,
    request: Request,
    context: ContextDep,
    kind: Annotated[Kind, Form()],
    title: Annotated[str, Form(min_length=1, max_length=100)],
    text: Annotated[str, Form(min_length=1, max_length=4000)],
    submission: Annotated[str, Form(pattern=r"^[A-Za-z0-9-]{16,64}$")],
    number: Annotated[str, Form(pattern=r"^[0-9]{0,20}$")] = "",
    reason_code: Annotated[str, Form(max_length=40)] = "",
    evidence: Annotated[list[UploadFile] | None, File()] = None,
) -> FiledOut:
    """A ticket at once. `submission` is the page's own mark: the same one twice is one ticket."""
    source = f"web:{visitor.customer_id}:{submission}"[:120]
    async with context.db.read() as session:
        if (known := await service.known(session, source)) is not None and known.ticket_no:
            return FiledOut(ticket_no=known.ticket_no)
    await _count(context, request, "file", visitor.number)
    read = await uploads.read(evidence or [], kinds.Kind.EVIDENCE, context.settings.channels.most_files)
    arrived = Arrived(
        Channel.WEB,
        source,
        context.clock(),
        address=visitor.number,
        contact_number=number or visitor.number,
        customer_id=visitor.customer_id,
        subject=title,
        body=text,
        kind=TicketType(kind),
        reason_code=reason_code,
        files=read,
    )
    return FiledOut(ticket_no=await context.contacts.take_in(arrived, Registration(TicketType(kind), title, text)))


@router.get("/matters", responses=SIGNED)
async def own_matters(visitor: SignedIn, session: Reading, context: ContextDep) -> list[MatterRow]:
    return await matters.own(session, visitor, context.settings.zone)


@router.get("/matters/{ticket_no}", responses=SIGNED)
async def own_matter(ticket_no: str, visitor: SignedIn, session: Reading, context: ContextDep) -> MatterOut:
    return await matters.one(session, visitor, ticket_no, context.settings.zone, context.clock())


@router.post("/matters/{ticket_no}/urge", responses=SIGNED)
async def urge(ticket_no: str, visitor: SignedIn, request: Request, session: Writing, context: ContextDep) -> MatterOut:
    case = await matters.own_case(session, visitor, ticket_no, for_update=True)
    await limits.hit(session, "urge", visitor.number, context.settings.channels.per_hour, context.clock())
    done = await matters.urge(session, case, context.clock())
    return await matters.shown(session, done, context.settings.zone, context.clock())


@router.post("/matters/{ticket_no}/add", responses=SIGNED)
async def add(ticket_no: str, body: WordsIn, visitor: SignedIn, session: Writing, context: ContextDep) -> MatterOut:
    case = await matters.own_case(session, visitor, ticket_no, for_update=True)
    await limits.hit(session, "add", visitor.number, context.settings.channels.per_hour, context.clock())
    done = await matters.add(session, case, body.text, context.clock())
    return await matters.shown(session, done, context.settings.zone, context.clock())


@router.post("/matters/{ticket_no}/withdraw", responses=SIGNED)
async def withdraw(ticket_no: str, body: WhyIn, visitor: SignedIn, session: Writing, context: ContextDep) -> MatterOut:
    case = await matters.own_case(session, visitor, ticket_no, for_update=True)
    done = await matters.withdraw(session, case, body.text, context.clock())
    return await matters.shown(session, done, context.settings.zone, context.clock())


@router.post("/matters/{ticket_no}/rating", responses=SIGNED)
async def rate(ticket_no: str, body: RatingIn, visitor: SignedIn, session: Writing, context: ContextDep) -> MatterOut:
    """Once for a ticket."""
    case = await matters.own_case(session, visitor, ticket_no, for_update=True)
    done = await matters.rate(session, case, body.stars, body.text, context.clock())
    return await matters.shown(session, done, context.settings.zone, context.clock())


@router.post("/progress")
async def progress(body: ProgressIn, request: Request, context: ContextDep) -> ProgressOut:
    """Without signing in: the number and the last four digits of the contact telephone. Three wrong ones a day."""
    await _count(context, request, "progress", body.ticket_no, times=4)
    async with context.db.write() as session:
        found = await hotline.progress(session, body.ticket_no[2:], body.last4, context.clock(), context.settings.zone)
    if found is None:
        raise NotFound("ticket", "")
    return ProgressOut(progress=found.state, due=found.due)


async def _count(context: Context, request: Request, kind: str, subject: str, times: int = 1) -> None:
    """Per number and per address, in a transaction of its own: refused attempts count as well."""
    most, now = context.settings.channels.per_hour * times, context.clock()
    async with context.db.write() as session:
        await limits.hit(session, kind, subject, most, now)
        await limits.hit(session, f"{kind}.from", address_of(request), most, now)


def _visitor_out(context: Context, visitor: Visitor) -> VisitorOut:
    messages = context.settings.messages
    return VisitorOut(number_masked=mask_number(visitor.number), hotline=messages.hotline, brand=messages.brand)
