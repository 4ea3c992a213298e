"""What the voice menu asks about faults, messages and tickets."""

from contextlib import suppress

from fastapi import APIRouter, Depends

from agent_api.context import Context
from agent_api.customers import service as customers
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.tickets import hotline
from agent_api.tickets.questions import (
    FaultAnswer,
    FaultQuestion,
    MessageAnswer,
    MessageQuestion,
    ProgressAnswer,
    ProgressQuestion,
)
from agent_api.web import ContextDep, Writing, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)
MASS_FAULT = "notice/mass_fault"


@router.post("/fault")
async def report_fault(body: FaultQuestion, session: Writing, context: ContextDep) -> FaultAnswer:
    """Not for a line that owes, nor in an area whose mass fault is announced: these callers are told at once."""
    line = await customers.find_line(session, body.number)
    if line is None:
        return FaultAnswer(result="unknown")
    if line.product.suspended_for == "arrears":
        return FaultAnswer(result="arrears")
    now = context.clock()
    spoken = await context.notices.for_caller(session, line.customer.center_id, line.customer.area or None, now)
    if any(MASS_FAULT in each.prompts for each in spoken):
        return FaultAnswer(result="mass")
    row = await hotline.report_fault(session, line, body.fault, body.call_id, now, context.settings.zone)
    return FaultAnswer(result="ok", ticket_no=row.ticket_no, hours=row.limit_hours or hotline.TOWN_HOURS)


@router.post("/message")
async def take_message(body: MessageQuestion, context: ContextDep) -> MessageAnswer:
    """A recording becomes a ticket; the file leaves the spool once that is certain."""
    name = body.recording if body.recording.endswith(".wav") else f"{body.recording}.wav"
    recording = context.settings.messages_folder / name
    message = hotline.VoiceMessage(body.about, recording, body.seconds, body.caller_number, body.call_id)
    async with context.db.write() as session:
        row = await hotline.take_message(
            session, message, context.settings.attachments_folder, context.clock(), context.settings.zone
        )
    _forget(context, name)
    return MessageAnswer(ticket_no=row.ticket_no)


def _forget(context: Context, name: str) -> None:
    """A file that cannot be removed is Asterisk's housekeeping, not the caller's trouble."""
    with suppress(OSError):
        (context.settings.messages_folder / name).unlink()


@router.post("/ticket/progress")
async def progress(body: ProgressQuestion, session: Writing, context: ContextDep) -> ProgressAnswer:
    """By the digits of its number and the last four of the contact number. Whatever is wrong: "not_found"."""
    found = await hotline.progress(session, body.digits, body.last4, context.clock(), context.settings.zone)
    if found is None:
        return ProgressAnswer(result="not_found")
    return ProgressAnswer(result="ok", state=found.state, due=found.due)
