"""What the voice menu asks about proof of identity and service passwords."""

from typing import Annotated

from fastapi import APIRouter, Depends

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.customers import service as customers
from agent_api.customers.rules import normal_number
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.identity.questions import (
    ChangeAnswer,
    ChangeQuestion,
    CheckAnswer,
    ReminderAnswer,
    ReminderQuestion,
    ResetQuestion,
    SmsCodeAnswer,
    SmsCodeQuestion,
    TripAnswer,
    TripQuestion,
    VerifyAnswer,
    VerifyCodeQuestion,
    VerifyIdQuestion,
    VerifyQuestion,
)
from agent_api.identity.service import PasswordDesk
from agent_api.identity.sms_codes import SmsCodes
from agent_api.web import ContextDep, Writing, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


def _password_desk(context: ContextDep) -> PasswordDesk:
    return PasswordDesk(context.db, context.identity, SmsCodes(context.db, context.passwords))


Desk = Annotated[PasswordDesk, Depends(_password_desk)]


@router.post("/verify")
async def verify(body: VerifyQuestion, desk: Desk, context: ContextDep) -> VerifyAnswer:
    """Service password of a number. The third wrong one of a day locks it for that day."""
    found = await desk.verify(normal_number(body.number), body.password, context.today, context.clock())
    return VerifyAnswer(
        result=found.result,
        attempts_left=found.attempts_left,
        customer_id=found.customer_id if found.result == "pass" else None,
        initial=found.initial,
    )


@router.post("/verify-id")
async def verify_id(body: VerifyIdQuestion, context: ContextDep) -> CheckAnswer:
    """Last six of the owner's identity card. The third wrong one of a day locks the owner for that day."""
    found = await context.identity.verify_id(normal_number(body.number), body.id_last6, context.today)
    return CheckAnswer(result=found.result)


@router.post("/sms-code")
async def send_code(body: SmsCodeQuestion, desk: Desk, context: ContextDep) -> SmsCodeAnswer:
    """A one-time code to the line itself, at most three an hour."""
    return SmsCodeAnswer(result=await desk.codes.send(normal_number(body.number), context.clock()))


@router.post("/verify-code")
async def verify_code(body: VerifyCodeQuestion, desk: Desk, context: ContextDep) -> CheckAnswer:
    """Five minutes, three tries, once."""
    return CheckAnswer(result=await desk.codes.check(normal_number(body.number), body.code, context.clock()))


@router.post("/password/change")
async def change_password(body: ChangeQuestion, desk: Desk, context: ContextDep) -> ChangeAnswer:
    """A wrong old password counts like any other wrong entry."""
    number = normal_number(body.number)
    return ChangeAnswer(result=await desk.change(number, body.old, body.new, context.today, context.clock()))


@router.post("/password/reset")
async def reset_password(body: ResetQuestion, desk: Desk, context: ContextDep) -> ChangeAnswer:
    """By code and identity card; refused while the identity check is locked or the line is suspended."""
    number = normal_number(body.number)
    done = await desk.reset(number, body.code, body.id_last6, body.new, context.today, context.clock())
    return ChangeAnswer(result=done)


@router.post("/password/reminder")
async def set_reminder(body: ReminderQuestion, context: ContextDep) -> ReminderAnswer:
    """Messages about charges, on or off."""
    known = await context.identity.set_reminder(normal_number(body.number), body.on)
    return ReminderAnswer(result="ok" if known else "unknown")


@router.post("/password-trip/result")
async def note_trip(body: TripQuestion, session: Writing, context: ContextDep) -> TripAnswer:
    """An agent sent the caller to prove himself: how that went, for the audit. The desk learns it by an event."""
    line = await customers.find_line(session, body.number)
    who = system(await auth.accepting_center(session, line.customer.center_id if line else None))
    await audit.record(
        session, who, "password.trip", context.clock(), subject="call", subject_id=body.call_id, result=body.result
    )
    return TripAnswer()
