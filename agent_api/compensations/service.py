"""Compensations of a ticket: suggested, proposed by one, decided by another, booked with billing. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, system
from agent_api.compensations.models import Compensation
from agent_api.compensations.rules import Basis, State, may_grant, suggested
from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.customers.bill_parts import parts_of
from agent_api.customers.models import Bill
from agent_api.errors import Denied, Invalid, NotFound, Refused
from agent_api.orders import service as orders
from agent_api.tickets import service as tickets
from agent_api.tickets.calendar.legal import ZONE
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.words import Act, Happening

MOST = Decimal(20000)


@dataclass(frozen=True, slots=True)
class Suggestion:
    basis: Basis
    days: int
    amount: Decimal


async def suggestion(session: AsyncSession, case: TicketCase, now: datetime) -> Suggestion:
    """From the flag to a sum: the monthly fee of the last bill for each day begun after the limit.

    Of a late order a part of its fee for each day after the promised one.
    """
    if case.row.customer_id is None:
        return Suggestion(Basis.GOODWILL, 0, Decimal(0))
    if not case.row.waive_fee:
        return await _of_order(session, case, now)
    late_since = next(each.at for each in case.timeline if each.act == Act.OVERDUE)
    days = (max((case.row.closed_at or now) - late_since, timedelta()) // timedelta(days=1)) + 1
    return Suggestion(Basis.WAIVED_FEE, days, suggested(Basis.WAIVED_FEE, await _rent(session, case), days))


async def _of_order(session: AsyncSession, case: TicketCase, now: datetime) -> Suggestion:
    fee, days = await orders.lateness(session, case.row.source or "", now.astimezone(ZONE).date(), ZONE)
    amount = suggested(Basis.LATE_ORDER, fee, days)
    return Suggestion(Basis.LATE_ORDER, days, amount) if amount else Suggestion(Basis.GOODWILL, 0, Decimal(0))


async def _rent(session: AsyncSession, case: TicketCase) -> Decimal:
    bill = await session.scalar(
        select(Bill).where(Bill.customer_id == case.row.customer_id).order_by(Bill.month.desc()).limit(1)
    )
    if bill is None:
        return Decimal(0)
    named = [(str(part["name"]), Decimal(part["amount"])) for part in bill.components]
    parts = parts_of(named, bill.total)
    return sum((part.amount for part in parts if part.kind == "rent"), Decimal(0))


async def propose(
    session: AsyncSession,
    case: TicketCase,
    basis: Basis,
    days: int,
    amount: Decimal,
    reason: str,
    who: Principal,
    now: datetime,
) -> Compensation:
    if case.row.customer_id is None:
        raise Refused("compensation.no_customer", {"ticket_no": case.row.ticket_no})
    if not Decimal(0) < amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        raise Invalid("compensation.bad_amount")
    if basis is not Basis.GOODWILL and any(
        each.basis == basis and each.state != State.REJECTED for each in await of_ticket(session, case.row.ticket_no)
    ):
        raise Refused("compensation.already", {"ticket_no": case.row.ticket_no})
    row = Compensation(
        ticket_no=case.row.ticket_no,
        basis=basis.value,
        days=days,
        amount=amount,
        reason=reason,
        state=State.PROPOSED.value,
        proposed_by=who.agent_no,
        proposed_at=now,
        decided_by="",
        decision="",
    )
    session.add(row)
    await session.flush()
    await _audited(session, row, "compensation.proposed", who, now)
    return row


async def decide(
    session: AsyncSession, compensation_id: int, granted: bool, words: str, who: Principal, now: datetime
) -> Compensation:
    """By somebody else, and only as much as the role may grant."""
    row = await session.get(Compensation, compensation_id, with_for_update=True)
    if row is None:
        raise NotFound("compensation", str(compensation_id))
    await tickets.get_for(session, row.ticket_no, who)
    if row.state != State.PROPOSED:
        raise Refused("compensation.decided", {"state": row.state})
    if row.proposed_by == who.agent_no:
        raise Denied("compensation.own")
    if granted and not may_grant(who.roles, row.amount):
        raise Denied("compensation.too_much")
    row.state = (State.APPROVED if granted else State.REJECTED).value
    row.decided_by, row.decided_at, row.decision = who.agent_no, now, words
    await _audited(session, row, f"compensation.{row.state.lower()}", who, now)
    return row


async def booked(session: AsyncSession, compensation_id: int, now: datetime) -> None:
    """Billing has it: the ticket's timeline says so, and the customer is told."""
    row = await session.get_one(Compensation, compensation_id, with_for_update=True)
    if row.state != State.APPROVED:
        return
    row.state, row.booked_at = State.BOOKED.value, now
    case = await tickets.case(session, row.ticket_no, for_update=True)
    who = system(await auth.center(session, case.row.center_id))
    text = f"已补偿客户{row.amount:.2f}元"
    await tickets.do(session, case, Happening(Act.CORRESPOND, now, text, {"public": "yes"}), who)
    if case.row.customer_id:
        customer = await customers.get(session, case.row.customer_id)
        values = {"ticket_no": row.ticket_no, "amount": f"{row.amount:.2f}"}
        await notices.tell(session, customer, "compensation.booked", values, now, about=row.ticket_no)


async def of_ticket(session: AsyncSession, ticket_no: str) -> Sequence[Compensation]:
    query = select(Compensation).where(Compensation.ticket_no == ticket_no).order_by(Compensation.compensation_id)
    return (await session.scalars(query)).all()


async def approved(session: AsyncSession) -> Sequence[Compensation]:
    """Waiting to be booked."""
    return (await session.scalars(select(Compensation).where(Compensation.state == State.APPROVED.value))).all()


async def _audited(session: AsyncSession, row: Compensation, act: str, who: Principal, now: datetime) -> None:
    await audit.record(session, who, act, now, subject="ticket", subject_id=row.ticket_no, reason=f"{row.amount:.2f}")
