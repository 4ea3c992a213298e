"""Dunning for the desk, and the one question the dunning menu asks."""

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends

from acd.contracts.commands import CancelDial
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.campaigns import service
from agent_api.campaigns.models import DunningAttempt
from agent_api.campaigns.schemas import (
    AttemptOut,
    CaseList,
    CaseOut,
    DialStarted,
    PaymentDone,
    PaymentIn,
    ScriptAnswer,
    ScriptQuestion,
)
from agent_api.context import Context
from agent_api.errors import Denied, DeskError, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.masking import mask_name, mask_number
from agent_api.web import ContextDep, Reading, allowed, check_service

router = APIRouter(prefix="/api/v1/dunning", tags=["dunning"])
internal = APIRouter(prefix="/internal/v1", tags=["internal"], dependencies=[Depends(check_service)])

MayRead = Annotated[Principal, Depends(allowed(Permission.DUNNING_READ))]
MayDial = Annotated[Principal, Depends(allowed(Permission.DUNNING_DIAL))]
MayBook = Annotated[Principal, Depends(allowed(Permission.PAYMENT_WRITE))]

DIAL_WITHIN = timedelta(seconds=10)


@router.get("/cases", responses=responses(NotSignedIn, Denied, Unavailable))
async def list_cases(_who: MayRead, context: ContextDep) -> CaseList:
    """Everybody who owes, with fresh amounts, longest overdue first."""
    now, zone = context.clock(), context.settings.zone
    debtors = await context.billing.debtors(now.astimezone(zone).date())
    async with context.db.write() as session:
        await service.ensure_cases(session, debtors, now)
        found = await service.list_cases(session, debtors, now, zone)
    return CaseList(
        items=[
            CaseOut(
                case_id=facts.case.case_id,
                customer_id=facts.case.customer_id,
                name_masked=mask_name(facts.customer.name),
                number_masked=mask_number(facts.customer.contact_number),
                owed=f"{facts.arrears.owed:.2f}",
                stage=facts.stage.code,
                stage_title=facts.stage.title,
                state=facts.case.state,
                days_overdue=facts.days_overdue,
                last_result=facts.case.last_result,
                next_allowed_at=facts.case.next_allowed_at,
                dispute_ticket=facts.case.dispute_ticket,
            )
            for facts in found
        ]
    )


@router.post("/cases/{case_id}/dial", responses=responses(NotSignedIn, Denied, NotFound, Refused, Unavailable))
async def dial(case_id: str, who: MayDial, context: ContextDep) -> DialStarted:
    """Call the debtor now. 409 names the rule of the gate that said no."""
    now = context.clock()
    async with context.db.read() as session:
        customer_id = (await service.get_case(session, case_id)).customer_id
    arrears = await context.billing.arrears(customer_id, now.astimezone(context.settings.zone).date())
    async with context.db.write() as session:
        command = await service.prepare_dial(
            session, case_id, arrears, who, now, now + DIAL_WITHIN, context.settings.zone
        )
        await audit.record(session, who, "dunning.dial", now, subject="dunning_case", subject_id=case_id)
    try:
        await context.commands.do(command)
    except Refused as refused:
        async with context.db.write() as session:
            await service.dial_refused(session, command.attempt_id, refused.code, context.clock())
        raise
    async with context.db.read() as session:
        # The ACD says what the gate decided before it says that the command is done.
        rule = await service.block_of(session, command.attempt_id)
    if rule is not None:
        raise Refused(f"dunning.{rule.lower()}", {"attempt_id": command.attempt_id, "rule": rule})
    return DialStarted(attempt_id=command.attempt_id)


@router.get("/attempts", responses=responses(NotSignedIn, Denied))
async def list_attempts(case_id: str, _who: MayRead, session: Reading) -> list[AttemptOut]:
    """Attempts of one case, latest first."""
    return [_attempt_out(attempt) for attempt in await service.attempts_of(session, case_id)]


@router.post("/cases/{case_id}/payments", responses=responses(NotSignedIn, Denied, NotFound, Invalid, Unavailable))
async def register_payment(case_id: str, body: PaymentIn, who: MayBook, context: ContextDep) -> PaymentDone:
    """Book a payment in the embedded billing. When nothing is owed any more, calls under way are stopped."""
    now = context.clock()
    today = now.astimezone(context.settings.zone).date()
    async with context.db.read() as session:
        customer_id = (await service.get_case(session, case_id)).customer_id
    await context.billing.register_payment(customer_id, body.amount, who.agent_no)
    left = await context.billing.arrears(customer_id, today)
    cancels: list[CancelDial] = []
    async with context.db.write() as session:
        if left is None:
            cancels = await service.cancels_after_payment(session, case_id, now, now + DIAL_WITHIN)
        await audit.record(session, who, "payment.registered", now, subject="customer", subject_id=customer_id)
    await asyncio.gather(*(_cancel(context, command) for command in cancels))
    return PaymentDone(
        owed=f"{left.owed:.2f}" if left else "0.00",
        paid=left is None,
        cancelled_attempts=[command.attempt_id for command in cancels],
    )


async def _cancel(context: Context, command: CancelDial) -> None:
    """The payment is booked either way; a dial that cannot be stopped meets the menu's own question."""
    try:
        await context.commands.do(command)
    except DeskError:
        return


@internal.post("/dunning-script", responses=responses(NotSignedIn, Unavailable))
async def dunning_script(body: ScriptQuestion, context: ContextDep) -> ScriptAnswer:
    """The debt as it is now, asked by the menu when the person has answered."""
    async with context.db.read() as session:
        found = await service.attempt_with_case(session, body.attempt_id)
    if found is None:
        return ScriptAnswer(state="unknown")
    attempt, case = found
    today = context.clock().astimezone(context.settings.zone).date()
    arrears = await context.billing.arrears(case.customer_id, today)
    if arrears is None:
        return ScriptAnswer(state="paid", last4=attempt.number[-4:])
    return ScriptAnswer(state="open", last4=attempt.number[-4:], month=arrears.oldest_month, owed=f"{arrears.owed:.2f}")


def _attempt_out(attempt: DunningAttempt) -> AttemptOut:
    return AttemptOut(
        attempt_id=attempt.attempt_id,
        case_id=attempt.case_id,
        number_masked=mask_number(attempt.number),
        requested_by=attempt.requested_by,
        requested_at=attempt.requested_at,
        started_at=attempt.started_at,
        answered_at=attempt.answered_at,
        ended_at=attempt.ended_at,
        code=attempt.code,
        rule=attempt.rule,
        hangup_cause=attempt.hangup_cause,
        talk_ms=attempt.talk_ms,
        call_id=attempt.call_id,
    )
