"""What the voice menu asks in an emergency."""

from decimal import Decimal

from fastapi import APIRouter, Depends

from agent_api.context import Context
from agent_api.customers import service as customers
from agent_api.customers.rules import normal_number
from agent_api.emergency import service
from agent_api.emergency.questions import (
    EmergencyQuestion,
    LineAnswer,
    ReportAnswer,
    ReportQuestion,
    StopAnswer,
    StopQuestion,
)
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.identity.internal import Desk
from agent_api.web import ContextDep, Writing, check_service

router = APIRouter(
    prefix="/internal/v1/emergency",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/suspend")
async def suspend(body: StopQuestion, desk: Desk, context: ContextDep) -> StopAnswer:
    """Whoever rings from another telephone proves the line with one secret; then it is stopped at once."""
    number, now = normal_number(body.number), context.clock()
    if body.proof == "password":
        proof = await desk.verify(number, body.secret, context.today, now)
    else:
        proof = await context.identity.verify_id(number, body.secret, context.today)
    if proof.result != "pass":
        return StopAnswer(result=proof.result)
    async with context.db.write() as session:
        done = await service.stop(session, number, body.call_id, body.proof, now, context.settings.zone)
    return StopAnswer(result=done)


@router.post("/release")
async def release(body: EmergencyQuestion, session: Writing, context: ContextDep) -> LineAnswer:
    """The caller has proved level 3. A line that owes besides stays suspended for that: "not_possible"."""
    done = await service.release(session, body.number, body.call_id, context.clock(), context.settings.zone)
    return LineAnswer(result=done)


@router.post("/restore")
async def restore(body: EmergencyQuestion, context: ContextDep) -> LineAnswer:
    """Twenty-four hours for a line in arrears, once a month, within the customer's credit."""
    owed = await _owed(context, body.number)
    async with context.db.write() as session:
        done = await service.restore(session, body.number, body.call_id, owed, context.clock(), context.settings.zone)
    return LineAnswer(result=done)


async def _owed(context: Context, number: str) -> Decimal:
    async with context.db.read() as session:
        line = await customers.find_line(session, number)
    if line is None:
        return Decimal(0)
    arrears = await context.billing.arrears(line.customer.customer_id, context.today)
    return arrears.owed if arrears else Decimal(0)


@router.post("/report")
async def report(body: ReportQuestion, session: Writing, context: ContextDep) -> ReportAnswer:
    """Fraud or harassment by a number."""
    row = await service.report_fraud(
        session, body.reported_number, body.caller_number, body.call_id, context.clock(), context.settings.zone
    )
    return ReportAnswer(ticket_no=row.ticket_no)
