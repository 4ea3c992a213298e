"""Orders at the desk: list, quote and place on a customer's behalf, and what people do to them by hand."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.customers import service as customers
from agent_api.customers.rules import product_type
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.orders import service, view
from agent_api.orders.desk import Wish
from agent_api.orders.internal import order_desk
from agent_api.orders.schemas import OfferOut, OnBehalf, OrderAnswer, OrderEventIn, OrderOut, OrderPage, QuoteAnswer
from agent_api.orders.workflow import Fact, State
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/orders", tags=["orders"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.ORDER_READ))]
MayWrite = Annotated[Principal, Depends(allowed(Permission.ORDER_WRITE))]


@router.get("")
async def list_orders(
    who: MayRead,
    session: Reading,
    customer_id: Annotated[str | None, Query(max_length=40)] = None,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> OrderPage:
    """Last changed first: a customer's, or those of one's own centre and below."""
    rows, history = await service.page(session, who, customer_id, state, limit)
    return OrderPage(items=[view.order_out(row, history[row.order_no]) for row in rows])


@router.get("/offers")
async def list_offers(_who: MayRead) -> list[OfferOut]:
    """What can be ordered for which kind of line."""
    return view.offers_out()


@router.post("/quote", responses=responses(NotFound))
async def quote(body: OnBehalf, who: MayWrite, context: ContextDep) -> QuoteAnswer:
    """Whether it is possible for this customer's line now, and what it costs."""
    wish = await _wish(body, who, context)
    verdict, fee = await order_desk(context).quote(wish, context.today)
    return QuoteAnswer(result=verdict, fee=f"{fee:.2f}")


@router.post("", responses=responses(NotFound))
async def place(body: OnBehalf, who: MayWrite, context: ContextDep) -> OrderAnswer:
    """On the customer's behalf, after the customer said yes to fee and terms. Audited."""
    wish = await _wish(body, who, context)
    verdict, row = await order_desk(context).place(wish, context.today, context.clock())
    if row is None:
        return OrderAnswer(result=verdict)
    async with context.db.write() as session:
        await audit.record(session, who, "order.placed", context.clock(), subject="order", subject_id=row.order_no)
    return OrderAnswer(result=verdict, order_no=row.order_no)


async def _wish(body: OnBehalf, who: Principal, context: Context) -> Wish:
    product = product_type(body.product)
    async with context.db.read() as session:
        number = await customers.number_of(session, body.customer_id, product, body.number)
    return Wish(product, number, body.service, body.choice, body.day_offset, body.call_id, who.agent_no)


@router.post("/{order_no}/events", responses=responses(NotFound, Refused))
async def act(order_no: str, body: OrderEventIn, who: MayWrite, session: Writing, context: ContextDep) -> OrderOut:
    """What staff do to an order by hand; 409 when its state forbids it, 422 when a reason is missing."""
    fact = Fact(body.event)
    if fact in (Fact.NEED_INFO, Fact.FAIL, Fact.CANCEL) and not body.reason:
        raise Invalid("order.reason_required")
    row = await service.get(session, order_no, for_update=True)
    await service.happen(session, row, fact, who.agent_no, body.reason, context.clock(), context.settings.zone)
    return view.order_out(row, await service.history_of(session, order_no))
