"""Stops a lost line, releases it, restores a line in arrears for a day. Proof of identity is not its business."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.customers.models import Product
from agent_api.emergency import repository
from agent_api.emergency.models import EmergencyCase
from agent_api.emergency.rules import RESTORE_LENGTH, same_month, within_credit
from agent_api.masking import mask_number
from agent_api.tickets import reports
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import TicketType

STOP, RESTORE = "stop", "restore"


async def stop(
    session: AsyncSession, number: str, call_id: str, proof: str, now: datetime, zone: ZoneInfo
) -> Literal["ok", "already", "unknown"]:
    """At once; people look at it the next day. Told to another number than the lost one."""
    line = await customers.find_line(session, number, for_update=True)
    if line is None:
        return "unknown"
    if line.product.suspended_for == "loss":
        return "already"
    review = await _open_review(session, line, call_id, proof, now, zone)
    session.add(
        EmergencyCase(
            product_id=line.product.product_id,
            kind=STOP,
            at=now,
            call_id=call_id,
            before=line.product.suspended_for,
            review_ticket=review.ticket_no,
        )
    )
    line.product.status, line.product.suspended_for = "suspended", "loss"
    await _tell(session, line, "emergency.suspended", call_id, now, zone, elsewhere=True)
    return "ok"


async def release(
    session: AsyncSession, number: str, call_id: str, now: datetime, zone: ZoneInfo
) -> Literal["ok", "not_possible", "unknown"]:
    """As the line was before the loss: one that owes stays suspended for that, and the caller hears so."""
    line = await customers.find_line(session, number, for_update=True)
    if line is None:
        return "unknown"
    if line.product.suspended_for != "loss":
        return "not_possible"
    case = await repository.open_case(session, line.product.product_id, STOP)
    before = case.before if case else None
    if case is not None:
        case.ended_at = now
    _suspend_for(line.product, before)
    if before is not None:
        return "not_possible"
    await _tell(session, line, "emergency.released", call_id, now, zone)
    return "ok"


async def restore(
    session: AsyncSession, number: str, call_id: str, owed: Decimal, now: datetime, zone: ZoneInfo
) -> Literal["ok", "not_possible", "unknown"]:
    """A day for a line in arrears, once a month, within the customer's credit."""
    line = await customers.find_line(session, number, for_update=True)
    if line is None:
        return "unknown"
    if line.product.suspended_for != "arrears" or not within_credit(owed, line.customer.credit_level):
        return "not_possible"
    last = await repository.last_case(session, line.product.product_id, RESTORE)
    if last is not None and same_month(last.at, now, zone):
        return "not_possible"
    session.add(
        EmergencyCase(
            product_id=line.product.product_id,
            kind=RESTORE,
            at=now,
            call_id=call_id,
            before="arrears",
            until=now + RESTORE_LENGTH,
        )
    )
    _suspend_for(line.product, None)
    await _tell(session, line, "emergency.restored", call_id, now, zone)
    return "ok"


async def end_restore(session: AsyncSession, case_id: int, owes: bool, now: datetime) -> None:
    """The day is over. A line lost meanwhile is suspended for its debt when it is released."""
    case = await session.get(EmergencyCase, case_id, with_for_update=True)
    if case is None or case.ended_at is not None:
        return
    case.ended_at = now
    product = await session.get_one(Product, case.product_id, with_for_update=True)
    if not owes:
        return
    if product.suspended_for == "loss":
        lost = await repository.open_case(session, case.product_id, STOP)
        if lost is not None:
            lost.before = "arrears"
    elif product.status == "active":
        _suspend_for(product, "arrears")


async def report_fraud(
    session: AsyncSession, reported: str, caller_number: str, call_id: str, now: datetime, zone: ZoneInfo
) -> TicketRow:
    """The same number in the same call is one ticket."""
    source = f"fraud:{call_id}:{reported}"
    if (known := await reports.known(session, source)) is not None:
        return known
    line = await customers.find_line(session, caller_number) if caller_number else None
    customer = line.customer if line else None
    report = reports.Report(
        TicketType.FRAUD,
        "涉诈骚扰举报",
        f"被举报号码 {reported}",
        "R.FRAUD",
        customer,
        caller_number,
        call_id,
        source=source,
    )
    row = await reports.open_ticket(session, report, now, zone)
    await reports.tell_accepted(session, row, customer, now)
    return row


def _suspend_for(product: Product, reason: str | None) -> None:
    product.status, product.suspended_for = "suspended" if reason else "active", reason


async def _open_review(
    session: AsyncSession, line: customers.Line, call_id: str, proof: str, now: datetime, zone: ZoneInfo
) -> TicketRow:
    shown = {"password": "服务密码", "id": "证件后六位"}[proof]
    report = reports.Report(
        TicketType.URGENT,
        "紧急停机次日复核",
        f"号码{mask_number(line.product.number)}已紧急停机,验证方式: {shown},请于次日复核",
        "U.REVIEW",
        line.customer,
        line.customer.alternative_number,
        call_id,
    )
    return await reports.open_ticket(session, report, now, zone)


async def _tell(
    session: AsyncSession,
    line: customers.Line,
    template: str,
    call_id: str,
    now: datetime,
    zone: ZoneInfo,
    elsewhere: bool = False,
) -> None:
    customer = line.customer
    numbers = (customer.alternative_number,) if elsewhere and customer.alternative_number else ()
    values = {"number": mask_number(line.product.number), "time": f"{now.astimezone(zone):%m-%d %H:%M}"}
    await notices.tell(session, customer, template, values, now, numbers=numbers, call_id=call_id)
