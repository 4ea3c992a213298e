"""An order's life in the database: each fact is one history entry, and what follows from it is done. Never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import SYSTEM, Principal
from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.customers.rules import ProductType
from agent_api.errors import NotFound, Refused
from agent_api.identity import tries
from agent_api.orders import repository, workflow
from agent_api.orders.models import OrderEvent, OrderRow
from agent_api.orders.offers import OFFERS
from agent_api.orders.workflow import Effect, Fact, Order, State
from agent_api.pool.links import link
from agent_api.tickets import reports
from agent_api.tickets import service as tickets
from agent_api.tickets.words import TicketType

PREFIX = "YW"
PROGRESS = "order-progress"
TOLD: dict[State, Literal["accepted", "working", "info", "done", "failed", "cancelled"]] = {
    State.SUBMITTED: "accepted",
    State.IN_PROGRESS: "working",
    State.INFO_REQUIRED: "info",
    State.COMPLETED: "done",
    State.FAILED: "failed",
    State.REJECTED: "failed",
    State.CANCELLED: "cancelled",
}
"""What a caller hears of an order."""
_RESULT_TEXTS = {
    State.COMPLETED: "order.completed",
    State.FAILED: "order.failed",
    State.REJECTED: "order.rejected",
    State.CANCELLED: "order.cancelled",
}


class Trouble(StrEnum):
    """Why people must look at an order."""

    FAILED = "failed"
    NO_INFO = "no_info"
    LATE = "late"


TROUBLES = {Trouble.FAILED: "未办成", Trouble.NO_INFO: "客户未补充资料", Trouble.LATE: "逾期未完成"}


@dataclass(frozen=True, slots=True)
class NewOrder:
    line: customers.Line
    service: str
    choice: str | None = field(repr=False)
    promised_for: date | None = None
    call_id: str | None = None
    by: str = "ivr"


async def submit(session: AsyncSession, new: NewOrder, now: datetime, zone: ZoneInfo) -> OrderRow:
    """The caller has proved who he is, heard the fee and confirmed; the line is eligible."""
    product, customer = new.line.product, new.line.customer
    row = OrderRow(
        order_no=await tickets.next_number(session, PREFIX, now, zone),
        customer_id=customer.customer_id,
        product_id=product.product_id,
        product_type=product.type,
        number=product.number,
        service=new.service,
        choice=new.choice,
        fee=OFFERS[ProductType(product.type), new.service].fee_of(new.choice),
        promised_for=new.promised_for,
        state=State.DRAFT.value,
        failures=0,
        call_id=new.call_id,
        created_by=new.by,
        center_id=customer.center_id,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    await session.flush()
    for fact in (Fact.IDENTIFY, Fact.FIND_ELIGIBLE, Fact.CONFIRM, Fact.SUBMIT):
        await happen(session, row, fact, new.by, "", now, zone)
    return row


async def happen(
    session: AsyncSession, row: OrderRow, fact: Fact, by: str, reason: str, now: datetime, zone: ZoneInfo
) -> None:
    before = order_of(row)
    try:
        after, effects = workflow.step(before, fact, now)
    except workflow.Refusal as refusal:
        raise Refused(refusal.code, {"state": before.state.value, "event": fact.value}) from refusal
    seq = len(await history_of(session, row.order_no)) + 1
    session.add(
        OrderEvent(
            order_no=row.order_no,
            seq=seq,
            fact=fact.value,
            from_state=before.state.value,
            to_state=after.state.value,
            at=now,
            actor=by,
            reason=reason[:200],
        )
    )
    row.state, row.result = after.state.value, after.result.value if after.result else None
    row.failures, row.info_since, row.updated_at = after.failures, after.info_since, now
    await session.flush()
    for effect in effects:
        await _follow(session, row, effect, reason, now, zone)


async def _follow(
    session: AsyncSession, row: OrderRow, effect: Effect, reason: str, now: datetime, zone: ZoneInfo
) -> None:
    match effect:
        case Effect.TELL_ACCEPTED:
            await _tell(session, row, "order.accepted", reason, now)
        case Effect.TELL_INFO:
            await _tell(session, row, "order.info_required", reason, now)
        case Effect.OPEN_WORK_ITEM:
            await _open_work_item(session, row, reason, now, zone)
        case Effect.TELL_RESULT:
            await _tell(session, row, _RESULT_TEXTS[State(row.state)], reason, now)
            await happen(session, row, Fact.NOTIFY, SYSTEM, "", now, zone)


async def _tell(session: AsyncSession, row: OrderRow, template: str, reason: str, now: datetime) -> None:
    customer = await customers.get(session, row.customer_id)
    offer = OFFERS[ProductType(row.product_type), row.service]
    title = offer.title_en if customer.language == "en" else offer.title
    values = {"service": title, "order_no": row.order_no, "reason": reason or "-"}
    await notices.tell(session, customer, template, values, now, call_id=row.call_id, about=row.order_no)


async def _open_work_item(session: AsyncSession, row: OrderRow, reason: str, now: datetime, zone: ZoneInfo) -> None:
    failed = row.state == State.FAILED
    await open_exception(session, row, Trouble.FAILED if failed else Trouble.NO_INFO, reason or "未说明", now, zone)


async def open_exception(
    session: AsyncSession, row: OrderRow, trouble: Trouble, reason: str, now: datetime, zone: ZoneInfo
) -> None:
    """Work for people in the flow of the order's type; each trouble of an order once."""
    source = f"order:{row.order_no}:{trouble.value}"
    if await reports.known(session, source) is not None:
        return
    title = OFFERS[ProductType(row.product_type), row.service].title
    customer = await customers.get(session, row.customer_id)
    report = reports.Report(
        TicketType.ORDER,
        f"{title}{TROUBLES[trouble]} {row.order_no}",
        f"业务受理单 {row.order_no}{TROUBLES[trouble]}: {reason}",
        f"O.{trouble.value.upper()}",
        customer,
        row.number,
        row.call_id,
        source=source,
    )
    ticket = await reports.open_ticket(session, report, now, zone)
    await link(session, ticket.ticket_no, row.order_no, SYSTEM, now)


def order_of(row: OrderRow) -> Order:
    return Order(State(row.state), State(row.result) if row.result else None, row.failures, row.info_since)


async def get(session: AsyncSession, order_no: str, for_update: bool = False) -> OrderRow:
    row = await repository.by_number(session, order_no, for_update)
    if row is None:
        raise NotFound("order", order_no)
    return row


async def lateness(session: AsyncSession, source: str, today: date, zone: ZoneInfo) -> tuple[Decimal, int]:
    """Fee of the order that a work item was opened for, and days since it was promised; 0 days: it is not late."""
    kind, _, rest = source.partition(":")
    row = await repository.by_number(session, rest.partition(":")[0]) if kind == "order" else None
    if row is None or row.promised_for is None or row.result not in (None, State.COMPLETED.value):
        return Decimal(0), 0
    events = (await repository.history(session, [row.order_no])).get(row.order_no, [])
    done = next((each.at.astimezone(zone).date() for each in events if each.to_state == State.COMPLETED), today)
    return row.fee, max((done - row.promised_for).days, 0)


async def of_call(session: AsyncSession, call_id: str, product_id: str, service: str) -> Sequence[OrderRow]:
    """What was ordered for a line on this occasion: the same question again is not a second order."""
    return await repository.of_call(session, call_id, product_id, service)


async def history_of(session: AsyncSession, order_no: str) -> Sequence[OrderEvent]:
    return (await repository.history(session, [order_no]))[order_no]


async def page(
    session: AsyncSession, who: Principal, customer_id: str | None, state: State | None, limit: int
) -> tuple[Sequence[OrderRow], dict[str, list[OrderEvent]]]:
    """Of the own centre and all below; of a customer, wherever the order was taken."""
    centers: Collection[str] | None = None if customer_id is not None else who.visible_centers
    rows = await repository.page(session, customer_id, state, centers, limit)
    return rows, await repository.history(session, [row.order_no for row in rows])


async def progress(session: AsyncSession, digits: str, last4: str, today: date) -> str | None:
    """What a caller hears; None for a wrong number and for wrong last digits, after three of these in a day for any."""
    row = await repository.by_number(session, PREFIX + digits)
    if row is None or await tries.left(session, PROGRESS, digits, today) == 0:
        return None
    customer = await customers.get(session, row.customer_id)
    if not row.number.endswith(last4) and not customer.contact_number.endswith(last4):
        await tries.add(session, PROGRESS, digits, today)
        return None
    return TOLD[State(row.result or row.state)]
