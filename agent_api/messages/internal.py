"""What the voice menu asks of messages: a copy of what was heard, a document to fax; and texts customers write."""

import asyncio
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.context import Context
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.customers.rules import normal_number, product_type
from agent_api.errors import Invalid, NotSignedIn, Refused, Unavailable, responses
from agent_api.knowledge import service as knowledge
from agent_api.messages import copies, fax_documents, service, survey, workflow
from agent_api.messages.copies import Content, Line
from agent_api.messages.outgoing import Channel, Outgoing, Route
from agent_api.messages.schemas import (
    CopyAnswer,
    CopyQuestion,
    FaxAnswer,
    FaxOrder,
    FaxOrdered,
    FaxQuestion,
    FaxSent,
    InboundText,
    Taken,
)
from agent_api.web import ContextDep, Writing, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/copy")
async def send_copy(body: CopyQuestion, context: ContextDep) -> CopyAnswer:
    """Put a copy on its way to the owner of the line. `ok` means queued, not arrived; no content is `down`."""
    number, product = normal_number(body.number), product_type(body.product)
    async with context.db.read() as session:
        found = await customers.find_line(session, number, product)
    if found is None and body.what != "article":
        return CopyAnswer(result="unknown")
    customer = found.customer if found else None
    line = Line(product, number, "en" if customer and customer.language == "en" else "zh")
    try:
        content = await _content(context, body, line, customer)
    except Unavailable:
        content = None
    if content is None:
        return CopyAnswer(result="down")
    outgoing = Outgoing(
        content.template,
        copies.routes(customer, line, Channel(body.channel), body.fax_number),
        content.values,
        line.language,
        customer.customer_id if customer else None,
        body.call_id,
        document=content.document,
        center_id=customer.center_id if customer else "",
    )
    async with context.db.write() as session:
        return CopyAnswer(result="ok" if await _queued(session, outgoing, context.clock()) else "no_address")


@router.post("/fax-document")
async def fax_document(body: FaxQuestion, context: ContextDep) -> FaxAnswer:
    """Pages of a document, made at first use."""
    folder = context.settings.home_folder / "fax"
    try:
        path = await asyncio.to_thread(fax_documents.pages_of, body.document, folder, context.post_office.pages)
    except (Unavailable, OSError):
        return FaxAnswer(result="down")
    return FaxAnswer(result="ok", file=str(path)) if path else FaxAnswer(result="none")


@router.post("/fax-order")
async def fax_order(body: FaxOrder, session: Writing, context: ContextDep) -> FaxOrdered:
    """A document for another machine than the caller's: it is dialled in a moment, and again when it is busy."""
    words = fax_documents.words_of(body.document)
    if words is None:
        return FaxOrdered(result="none")
    outgoing = Outgoing("fax.document", (Route(Channel.FAX, body.number),), words, call_id=body.call_id)
    await service.queue(session, outgoing, context.clock())
    return FaxOrdered(result="ok")


@router.post("/fax-sent")
async def fax_sent(body: FaxSent, session: Writing, context: ContextDep) -> Taken:
    """A document went out on the caller's own call: kept among the messages."""
    words = fax_documents.words_of(body.document)
    if words is None or not body.number:
        return Taken(result="ignored")
    now = context.clock()
    outgoing = Outgoing("fax.document", (Route(Channel.FAX, body.number),), words, call_id=body.call_id)
    message_id = await service.queue(session, outgoing, now)
    await session.flush()
    fact = workflow.Arrived() if body.result == "ok" else workflow.Refused("not sent", for_good=True)
    await service.tell(session, message_id, fact, now)
    return Taken(result="ok")


@router.post("/sms-inbound")
async def sms_inbound(body: InboundText, session: Writing, context: ContextDep) -> Taken:
    """A customer's text where the embedded gateway stands in for the SMS centre."""
    known = await survey.answer(session, body.number, body.text, context.clock(), context.settings.zone)
    return Taken(result="ok" if known else "ignored")


async def _content(context: Context, body: CopyQuestion, line: Line, customer: Customer | None) -> Content | None:
    if customer is not None and body.what != "article":
        today = context.clock().astimezone(context.settings.zone).date()
        return await copies.content(context.billing, line, customer.customer_id, body.what, body.month, today)
    async with context.db.read() as session:
        text = await knowledge.text(
            session,
            body.topic or "",
            line.language,
            context.settings.sounds_folder,
            context.clock(),
            customer.center_id if customer else None,
        )
    return Content("copy.article", {"text": text}) if text else None


async def _queued(session: AsyncSession, outgoing: Outgoing, now: datetime) -> bool:
    try:
        await service.queue(session, outgoing, now)
    except Refused:
        return False
    return True
