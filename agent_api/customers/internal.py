"""What the voice menu asks: who calls, is the password right, what is the bill. Answers within its 1.5 seconds."""

from fastapi import APIRouter, Depends

from agent_api.customers import service
from agent_api.customers.rules import normal_number
from agent_api.customers.schemas import (
    BillAnswer,
    BillComponent,
    BillQuestion,
    CallerAnswer,
    CallerQuestion,
    VerifyAnswer,
    VerifyQuestion,
)
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.web import ContextDep, Reading, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/caller")
async def caller(body: CallerQuestion, session: Reading, context: ContextDep) -> CallerAnswer:
    """Who this number belongs to."""
    today = context.clock().astimezone(context.settings.zone).date()
    found = await service.who_calls(session, body.caller_number, today)
    if found is None:
        return CallerAnswer(known=False)
    return CallerAnswer(
        known=True,
        customer_id=found.customer_id,
        level="vip" if found.level == "vip" else "normal",
        is_senior=found.senior,
        language="en" if found.language == "en" else "zh",
        suspended=found.suspended,
        own_number=found.own_number,
    )


@router.post("/verify")
async def verify(body: VerifyQuestion, context: ContextDep) -> VerifyAnswer:
    """Service password of a number. The third wrong one of a day locks it for that day."""
    today = context.clock().astimezone(context.settings.zone).date()
    found = await context.billing.verify_password(normal_number(body.number), body.password, today)
    return VerifyAnswer(result=found.result, attempts_left=found.attempts_left, customer_id=found.customer_id)


@router.post("/bill")
async def bill(body: BillQuestion, context: ContextDep) -> BillAnswer:
    """The last issued bill of a number, its balance and arrears."""
    today = context.clock().astimezone(context.settings.zone).date()
    try:
        statement = await context.billing.statement(normal_number(body.number), today)
    except Unavailable:
        return BillAnswer(result="down")
    if statement is None:
        return BillAnswer(result="no_data")
    return BillAnswer(
        result="ok",
        month=statement.month,
        total=f"{statement.total:.2f}",
        balance=f"{statement.balance:.2f}",
        arrears=f"{statement.arrears:.2f}",
        components=[BillComponent(name=part.name, amount=f"{part.amount:.2f}") for part in statement.components],
    )
