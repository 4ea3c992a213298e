"""The review of the day after (requirements.md 2.14): typed outcomes, what each leads to. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.customers.models import Customer, Product
from agent_api.emergency.models import EmergencyCase, EmergencyReview
from agent_api.errors import Invalid, NotFound, Refused
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, Happening, Level, TicketType


class Outcome(StrEnum):
    GENUINE = "genuine"
    """The owner asked for it, and was identified as the rules want."""
    FOUND = "found"
    """The telephone is there again; the owner was told how to lift the stop."""
    NOT_REQUESTED = "not_requested"
    """Somebody else had the line stopped, or restored."""
    BADLY_PROVED = "badly_proved"
    """Rightly done, but the caller was not identified as the rules want."""
    NOT_REACHED = "not_reached"


OF_KIND = {
    "stop": frozenset(Outcome),
    "restore": frozenset({Outcome.GENUINE, Outcome.NOT_REQUESTED, Outcome.BADLY_PROVED, Outcome.NOT_REACHED}),
}
TITLES = {
    Outcome.GENUINE: "本人申请,属实",
    Outcome.FOUND: "已找回,已告知复机办法",
    Outcome.NOT_REQUESTED: "非本人申请",
    Outcome.BADLY_PROVED: "身份核验不合规",
    Outcome.NOT_REACHED: "未联系上",
}
FOLLOW_UPS = {
    Outcome.NOT_REQUESTED: (TicketType.FRAUD, "涉嫌冒名办理紧急服务", Level.URGENT),
    Outcome.BADLY_PROVED: (TicketType.URGENT, "紧急服务身份核验不合规整改", Level.NORMAL),
}
"""What is opened because of it. A line is never released here: that takes the owner's full proof."""


@dataclass(frozen=True, slots=True)
class Found:
    case: EmergencyCase
    product: Product
    customer: Customer
    review: EmergencyReview | None
    due_at: datetime


def due_at(at: datetime, zone: ZoneInfo) -> datetime:
    """The end of the next day."""
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=2), time(), zone).astimezone(UTC)


async def listed(
    session: AsyncSession, who: Principal, reviewed: bool | None, zone: ZoneInfo, limit: int
) -> Sequence[Found]:
    """Of one's own centre and those below, those that wait the longest first."""
    query = (
        select(EmergencyCase, Product, Customer, EmergencyReview)
        .join(Product, Product.product_id == EmergencyCase.product_id)
        .join(Customer, Customer.customer_id == Product.customer_id)
        .outerjoin(EmergencyReview, EmergencyReview.case_id == EmergencyCase.case_id)
        .where(Customer.center_id.in_(who.visible_centers))
        .order_by(EmergencyReview.case_id.is_not(None), EmergencyCase.at)
        .limit(limit)
    )
    if reviewed is not None:
        missing = EmergencyReview.case_id.is_(None)
        query = query.where(~missing if reviewed else missing)
    return [
        Found(case, line, customer, done, due_at(case.at, zone))
        for case, line, customer, done in await session.execute(query)
    ]


async def review(
    session: AsyncSession, case_id: int, outcome: Outcome, comment: str, who: Principal, now: datetime, zone: ZoneInfo
) -> EmergencyReview:
    case = await session.get(EmergencyCase, case_id, with_for_update=True)
    line = await session.get_one(Product, case.product_id) if case else None
    customer = await session.get_one(Customer, line.customer_id) if line else None
    if case is None or customer is None or customer.center_id not in who.visible_centers:
        raise NotFound("emergency_case", str(case_id))
    if outcome not in OF_KIND[case.kind] or (outcome is not Outcome.GENUINE and not comment.strip()):
        raise Invalid("emergency.bad_outcome", {"kind": case.kind})
    if await session.get(EmergencyReview, case_id) is not None:
        raise Refused("emergency.reviewed", {"case_id": str(case_id)})
    done = EmergencyReview(
        case_id=case_id,
        outcome=outcome.value,
        comment=comment,
        reviewed_by=who.agent_no,
        reviewed_at=now,
        late=now >= due_at(case.at, zone),
        follow_up=await _follow_up(session, case, customer, outcome, comment, who, now, zone),
    )
    session.add(done)
    await _close_ticket(session, case, outcome, comment, who, now)
    await audit.record(
        session,
        who,
        "emergency.reviewed",
        now,
        subject="customer",
        subject_id=customer.customer_id,
        reason=outcome.value,
    )
    await session.flush()
    return done


async def _follow_up(
    session: AsyncSession,
    case: EmergencyCase,
    customer: Customer,
    outcome: Outcome,
    comment: str,
    who: Principal,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    if outcome not in FOLLOW_UPS:
        return ""
    kind, title, level = FOLLOW_UPS[outcome]
    new = tickets.NewTicket(
        type=kind,
        title=title,
        description=comment,
        category="U.REVIEW",
        level=level,
        customer_id=customer.customer_id,
        contact_number=customer.alternative_number or customer.contact_number,
        source=f"emergency-review:{case.case_id}",
    )
    return (await tickets.create(session, new, who, now, zone)).row.ticket_no


async def _close_ticket(
    session: AsyncSession, case: EmergencyCase, outcome: Outcome, comment: str, who: Principal, now: datetime
) -> None:
    """The work item of the review, unless somebody has closed it by hand."""
    if case.review_ticket is None:
        return
    found = await tickets.case(session, case.review_ticket, for_update=True)
    if found.ticket.closed_at is None:
        text = f"复核结果: {TITLES[outcome]} {comment}".strip()
        await tickets.do(session, found, Happening(Act.CLOSE, now, text), who)
