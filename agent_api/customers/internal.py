"""What the voice menu asks: who calls, how a line stands, what a month cost, a top-up. Within its 1.5 seconds."""

from decimal import Decimal

from fastapi import APIRouter, Depends

from agent_api.customers import caller as callers
from agent_api.customers.questions import (
    AccountAnswer,
    BillAnswer,
    BillQuestion,
    CallerAnswer,
    CallerQuestion,
    LineQuestion,
    OpenTicketRef,
    PartOut,
    PaymentOut,
    TopUpAnswer,
    TopUpQuestion,
)
from agent_api.customers.rules import normal_number, product_type
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.question_route import QuestionRoute
from agent_api.web import ContextDep, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    route_class=QuestionRoute,
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/caller")
async def caller(body: CallerQuestion, context: ContextDep) -> CallerAnswer:
    """Who this number belongs to, and what the menu must know before its first word."""
    now = context.clock()
    found = await callers.find(context.db, normal_number(body.caller_number), context.today, now)
    if context.notices.is_stale:
        async with context.db.glance() as session:
            await context.notices.refresh(session)
    known = found.customer_id is not None
    return CallerAnswer(
        result="ok" if known else "unknown",
        known=known,
        customer_id=found.customer_id,
        level="vip" if found.level == "vip" else "normal",
        is_senior=found.senior,
        language="en" if found.language == "en" else "zh" if found.language else None,
        suspended=found.suspended,
        arrears=yuan(found.arrears),
        own_number=found.own_number,
        center=found.center_id or "",
        manager=found.manager,
        manager_phone=found.manager_phone,
        dealer_code=found.dealer_code,
        blacklisted=found.blocked,
        open_ticket=OpenTicketRef(ticket_no=found.open_ticket) if found.open_ticket else None,
        email=found.has_email,
        announcements=list(context.notices.spoken_to(found.center_id, found.area, now)),
    )


@router.post("/account")
async def account(body: LineQuestion, context: ContextDep) -> AccountAnswer:
    """Balance, arrears, allowances, payments and points of a line."""
    try:
        found = await context.billing.account(product_type(body.product), normal_number(body.number), context.today)
    except Unavailable:
        return AccountAnswer(result="down")
    return AccountAnswer(
        result=found.result,
        balance=yuan(found.balance),
        arrears=yuan(found.arrears),
        plan=found.plan,
        valid_until=found.valid_until,
        paid_until=found.paid_until,
        minutes_left=found.minutes_left,
        mb_left=found.mb_left,
        messages_left=found.messages_left,
        payments=[PaymentOut(day=each.day, amount=yuan(each.amount)) for each in found.payments],
        points=found.points,
    )


@router.post("/bill")
async def bill(body: BillQuestion, context: ContextDep) -> BillAnswer:
    """What one line cost in one month, in parts."""
    number = normal_number(body.number)
    try:
        found = await context.billing.month_bill(product_type(body.product), number, body.month, context.today)
    except Unavailable:
        return BillAnswer(result="down")
    return BillAnswer(
        result=found.result,
        month=found.month,
        total=yuan(found.total),
        parts=[PartOut(kind=part.kind, amount=yuan(part.amount)) for part in found.parts],
    )


@router.post("/topup")
async def top_up(body: TopUpQuestion, context: ContextDep) -> TopUpAnswer:
    """Uses up a card. The same question again within two minutes gets the same answer and adds nothing."""
    number = normal_number(body.number)
    try:
        done = await context.billing.top_up(product_type(body.product), number, body.card_pin, context.today)
    except Unavailable:
        return TopUpAnswer(result="down")
    return TopUpAnswer(result=done.result, amount=yuan(done.amount), balance=yuan(done.balance))


def yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
