"""Opens tickets: what is looked up, how serious it is, which legal limit it gets, whom it repeats. Never commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.calls import service as calls
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.tickets import ledger, news, repository, severity, workflow
from agent_api.tickets.calendar.exceptions import working_days
from agent_api.tickets.calendar.legal import ZONE, legal_due
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.limits import Thresholds, legal_rule
from agent_api.tickets.models import TicketRow
from agent_api.tickets.thresholds import service as center_limits
from agent_api.tickets.words import FLOW_OF, Act, Channel, Happening, Level, TicketType

PREFIXES = {
    TicketType.COMPLAINT: "TS",
    TicketType.CONSULT: "ZX",
    TicketType.FAULT: "ZA",
    TicketType.SUGGESTION: "JY",
    TicketType.PRAISE: "BY",
    TicketType.MESSAGE: "LY",
    TicketType.FRAUD: "JB",
    TicketType.URGENT: "JJ",
    TicketType.ORDER: "BL",
}
REPEAT_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewTicket:
    type: TicketType
    title: str
    description: str
    category: str
    level: Level = Level.NORMAL
    call_id: str | None = None
    customer_id: str | None = None
    contact_number: str | None = None
    limit_hours: int | None = None
    source: str | None = None
    channel: Channel = Channel.VOICE
    reason_code: str = ""
    external_id: str = ""
    external_system: str = ""
    details: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the reason's form asked for; the facts of severity.py among it."""
    draft: bool = False
    """A complaint that is submitted, or refused, later."""
    area: str = ""
    """Instead of the customer's own."""


async def completed(session: AsyncSession, new: NewTicket) -> tuple[Customer | None, str]:
    """The customer and the number, as far as the call knows them."""
    customer_id, number = new.customer_id, new.contact_number or ""
    if new.call_id is not None:
        call = await calls.get(session, new.call_id)
        customer_id, number = customer_id or call.customer_id, number or call.caller_number
    customer = await customers.get(session, customer_id) if customer_id else None
    return customer, number or (customer.contact_number if customer else "")


async def open_row(
    session: AsyncSession,
    new: NewTicket,
    customer: Customer | None,
    number: str,
    who: Principal,
    now: datetime,
    zone: ZoneInfo,
) -> TicketCase:
    """In its first state; a complaint is submitted by the caller."""
    found = await center_limits.in_force(session, who.center.center_id)
    new = replace(new, level=await _level(session, new, customer, now, found.severity))
    row = TicketRow(
        ticket_no=await next_number(session, PREFIXES[new.type], now, zone),
        type=new.type.value,
        state=workflow.start(new.type, who.center.level).state.value,
        title=new.title,
        description=new.description,
        category=new.category,
        level=new.level.value,
        vip=customer is not None and severity.is_vip(customer.level, customer.star_level),
        tier=who.center.level,
        customer_id=customer.customer_id if customer else None,
        call_id=new.call_id,
        contact_number=number,
        repeat_of=await _repeat_of(session, new, customer, now),
        duplicate_of=await _duplicate_of(session, new, number),
        created_by=who.agent_no,
        center_id=who.center.center_id,
        target=who.center.center_id,
        limit_hours=new.limit_hours,
        own_limits=dict(found.own) or None,
        source=new.source,
        channel=new.channel.value,
        reason_code=new.reason_code,
        external_id=new.external_id,
        external_system=new.external_system,
        details=dict(new.details),
        area=new.area or (customer.area if customer else ""),
        flow=FLOW_OF[new.type],
        first_level=new.level.value,
        created_at=now,
    )
    case = TicketCase(row, [], ledger.opened(row))
    ledger.copy(case, now)
    session.add(row)
    await session.flush()
    news.opened(session, row)
    return case


async def submission(session: AsyncSession, row: TicketRow, now: datetime) -> Happening:
    """T2, with the legal limit by the rule that is in force now."""
    rule = legal_rule(await _province(session, row.center_id), now.astimezone(ZONE).date())
    due = legal_due(rule, now, await working_days(session, row.center_id), ZONE)
    return Happening(Act.SUBMIT, now, "", {"legal_rule": rule.id, "legal_due": due.isoformat()})


async def next_number(session: AsyncSession, prefix: str, now: datetime, zone: ZoneInfo) -> str:
    """Number of a ticket or an order: prefix, local day, code of the installation if there are several, count."""
    day = now.astimezone(zone).date()
    here = await auth.installation(session)
    count = await repository.next_number(session, prefix, day)
    return f"{prefix}{day:%Y%m%d}{here.number_code if here else ''}{count:06d}"


async def _level(
    session: AsyncSession, new: NewTicket, customer: Customer | None, now: datetime, rules: Thresholds
) -> Level:
    """At least what was chosen; the facts may make it worse."""
    if new.type is not TicketType.COMPLAINT:
        return new.level
    repeats = 0
    if customer is not None:
        repeats = await repository.repeats(session, customer.customer_id, new.category, now - REPEAT_WITHIN)
    facts = severity.severity(new.details, customer.level if customer else "", repeats, rules)
    return severity.worse(new.level, facts)


async def _province(session: AsyncSession, center_id: str) -> str:
    """The centre of level P above, or the centre itself."""
    parents = await auth.parents(session)
    levels = {each.center_id: each.level for each in await auth.all_centers(session)}
    while levels.get(center_id) == "C" and (above := parents.get(center_id)):
        center_id = above
    return center_id


async def _repeat_of(session: AsyncSession, new: NewTicket, customer: Customer | None, now: datetime) -> str | None:
    if new.type is not TicketType.COMPLAINT or customer is None:
        return None
    return await repository.same_matter(session, customer.customer_id, new.category, now - REPEAT_WITHIN)


async def _duplicate_of(session: AsyncSession, new: NewTicket, number: str) -> str | None:
    if new.type is not TicketType.COMPLAINT or not number:
        return None
    return await repository.open_with_number(session, number, new.category)
