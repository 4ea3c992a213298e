"""What the voice menu asks about orders."""

from fastapi import APIRouter, Depends

from agent_api.context import Context
from agent_api.customers.rules import product_type
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.orders import service
from agent_api.orders.desk import OrderDesk, Wish
from agent_api.orders.schemas import (
    OrderAnswer,
    OrderProgressAnswer,
    OrderProgressQuestion,
    OrderQuestion,
    QuoteAnswer,
    QuoteQuestion,
)
from agent_api.web import ContextDep, Writing, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


def order_desk(context: Context) -> OrderDesk:
    return OrderDesk(context.db, context.billing, context.identity, context.settings.zone)


@router.post("/order/quote")
async def quote(body: QuoteQuestion, context: ContextDep) -> QuoteAnswer:
    """Whether it is possible for this line now, and what it costs."""
    wish = Wish(product_type(body.product), body.number, body.service, body.choice, call_id=body.call_id)
    try:
        verdict, fee = await order_desk(context).quote(wish, context.today)
    except Unavailable:
        return QuoteAnswer(result="down")
    return QuoteAnswer(result=verdict, fee=f"{fee:.2f}")


@router.post("/order")
async def place(body: OrderQuestion, context: ContextDep) -> OrderAnswer:
    """The caller is proved, heard the fee and pressed 1. The same order of a call again is the same order."""
    wish = Wish(product_type(body.product), body.number, body.service, body.choice, body.day_offset, body.call_id)
    try:
        verdict, row = await order_desk(context).place(wish, context.today, context.clock())
    except Unavailable:
        return OrderAnswer(result="down")
    return OrderAnswer(result=verdict, order_no=row.order_no if row else "")


@router.post("/order/progress")
async def progress(body: OrderProgressQuestion, session: Writing, context: ContextDep) -> OrderProgressAnswer:
    """By the digits of its number and the last four of the contact number. Whatever is wrong: "not_found"."""
    state = await service.progress(session, body.digits, body.last4, context.today)
    return OrderProgressAnswer.model_validate({"result": "ok", "state": state} if state else {"result": "not_found"})
