"""Everything that passed between a customer and us in one ordered list, from calls to letters and payments.

Each source is asked for its latest entries before a moment; the list is cut where the next page begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from agent_api.calls.models import Call
from agent_api.channels.models import Interaction
from agent_api.customers.card import contact_summary
from agent_api.customers.models import AccountCredit, CustomerVersion, Payment
from agent_api.customers.rules import ProductType
from agent_api.messages.models import Message
from agent_api.orders.models import OrderRow
from agent_api.orders.offers import OFFERS
from agent_api.orders.view import STATE_TITLES as ORDER_STATES
from agent_api.orders.workflow import State as OrderState
from agent_api.tickets.models import TicketRow
from agent_api.tickets.titles import STATE_TITLES, TYPE_TITLES
from agent_api.tickets.words import State, TicketType
from agent_api.visits.models import Visit
from agent_api.visits.rules import rules

Kind: TypeAlias = Literal["call", "message", "ticket", "order", "survey", "payment", "change", "written", "visit"]
Row = TypeVar("Row", Call, Message, Interaction, TicketRow, OrderRow, Payment, AccountCredit, CustomerVersion, Visit)
SATISFACTION = {1: "满意", 2: "一般", 3: "不满意"}


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    kind: Kind
    ref: str
    """Number or id of the thing itself."""
    title: str
    detail: str = ""
    who: str = ""
    direction: Literal["in", "out", ""] = ""
    data: dict[str, str] = field(default_factory=dict)


AT_ONE_MOMENT = 50
"""So many entries of one kind may have the same time (an import) and are still told together."""


async def page(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    """Latest first; more than `limit` where the last ones have the same time, as the next page begins before it."""
    found: list[Moment] = []
    for source in (_calls, _messages, _written, _tickets, _orders, _payments, _credits, _changes, _visits):
        found += await source(session, customer_id, before, limit + AT_ONE_MOMENT)
    found.sort(key=lambda each: (each.at, each.kind, each.ref), reverse=True)
    return [each for place, each in enumerate(found) if place < limit or each.at == found[limit - 1].at]


async def _latest(
    session: AsyncSession,
    model: type[Row],
    customer_id: str,
    at: InstrumentedAttribute[datetime],
    before: datetime,
    limit: int,
) -> Sequence[Row]:
    """Of this customer, by this time."""
    query = select(model).where(model.customer_id == customer_id, at < before).order_by(at.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def _calls(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    """A call, and the survey at its end as an entry of its own."""
    rows = await _latest(session, Call, customer_id, Call.offered_at, before, limit)
    found: list[Moment] = []
    for call in rows:
        found.append(_call(call))
        if call.satisfaction is not None and (call.ended_at or call.offered_at) < before:
            at = call.ended_at or call.offered_at
            said = SATISFACTION.get(call.satisfaction, str(call.satisfaction))
            found.append(Moment(at, "survey", call.call_id, f"满意度评价:{said}", call.dissatisfaction_reason))
    return found


def _call(call: Call) -> Moment:
    inbound = call.direction == "inbound"
    return Moment(
        call.offered_at,
        "call",
        call.call_id,
        "来电" if inbound else "外呼",
        contact_summary(call),
        call.agent_no or "",
        "in" if inbound else "out",
    )


async def _messages(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    rows = await _latest(session, Message, customer_id, Message.created_at, before, limit)
    return [
        Moment(row.created_at, "message", row.message_id, row.template, row.state, "", "out", {"channel": row.channel})
        for row in rows
    ]


async def _written(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    """Mails, faxes, letters, forms of the web page and visits at the counter."""
    rows = await _latest(session, Interaction, customer_id, Interaction.at, before, limit)
    return [
        Moment(
            row.at, "written", row.interaction_id, row.subject or row.channel, row.state, row.assigned_to,
            "in" if row.direction.startswith("in") else "out", {"channel": row.channel},
        )
        for row in rows
    ]  # fmt: skip


async def _tickets(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    rows = await _latest(session, TicketRow, customer_id, TicketRow.created_at, before, limit)
    return [
        Moment(
            row.created_at,
            "ticket",
            row.ticket_no,
            f"{TYPE_TITLES[TicketType(row.type)]}:{row.title}",
            STATE_TITLES[State(row.state)],
            row.created_by,
            "in",
        )
        for row in rows
    ]


async def _orders(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    rows = await _latest(session, OrderRow, customer_id, OrderRow.created_at, before, limit)
    return [
        Moment(
            row.created_at,
            "order",
            row.order_no,
            _service_title(row),
            ORDER_STATES[OrderState(row.state)],
            row.created_by,
            "in",
        )
        for row in rows
    ]


def _service_title(row: OrderRow) -> str:
    offer = OFFERS.get((ProductType(row.product_type), row.service))
    return offer.title if offer else row.service


async def _payments(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    rows = await _latest(session, Payment, customer_id, Payment.at, before, limit)
    return [
        Moment(row.at, "payment", str(row.payment_id), f"缴费{row.amount:.2f}元", "", row.registered_by, "in")
        for row in rows
    ]


async def _credits(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    """What we gave the customer: compensations."""
    rows = await _latest(session, AccountCredit, customer_id, AccountCredit.at, before, limit)
    return [Moment(row.at, "payment", row.reference, f"补偿{row.amount:.2f}元", row.reason, "", "out") for row in rows]


async def _visits(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> list[Moment]:
    rows = await _latest(session, Visit, customer_id, Visit.planned_at, before, limit)
    return [
        Moment(
            row.closed_at if row.closed_at and row.closed_at < before else row.planned_at, "visit", row.visit_no,
            f"{rules()[row.rule_id].title}:{row.title}", row.result or row.state, row.agent_no, "out",
        )
        for row in rows
    ]  # fmt: skip


async def _changes(session: AsyncSession, customer_id: str, before: datetime, limit: int) -> Sequence[Moment]:
    rows = await _latest(session, CustomerVersion, customer_id, CustomerVersion.changed_at, before, limit)
    return [
        Moment(
            row.changed_at, "change", f"{row.customer_id}-{row.version}", "修改客户资料",
            "、".join(FIELD_TITLES.get(name, name) for name in row.before), row.changed_by,
        )
        for row in rows
    ]  # fmt: skip


FIELD_TITLES = {
    "name": "姓名",
    "contact_number": "联系电话",
    "alternative_number": "备用电话",
    "email": "电子邮箱",
    "address": "地址",
    "language": "语言",
    "consent": "授权同意",
    "level": "等级",
    "star_level": "星级",
    "account_no": "账户编号",
    "birth_date": "出生日期",
    "center_id": "归属中心",
    "area": "区号",
    "credit_level": "信用等级",
    "manager": "客户经理",
}
