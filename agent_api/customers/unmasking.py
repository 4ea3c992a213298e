"""One field of a customer in clear: for a reason, for a ticket where the role needs one, so often a day. Audited."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import unmask_limit
from agent_api.customers import service
from agent_api.errors import Denied, NotFound, Refused
from agent_api.tickets import service as tickets

UNMASKABLE = ("name", "number", "address", "email", "alternative")
COLUMNS = {"number": "contact_number", "alternative": "alternative_number"}
OVER_THE_LIMIT = "customer.unmask_limit"
ALLOWED = "customer.unmask_allowed"
EXTRA = 10
"""So many more that day for each time a supervisor allows it."""


@dataclass(frozen=True, slots=True)
class Asked:
    customer_id: str
    field: str
    reason: str
    ticket_no: str | None = None


async def unmask(session: AsyncSession, who: Principal, asked: Asked, now: datetime, zone: ZoneInfo) -> str:
    customer = await service.get(session, asked.customer_id)
    if asked.field not in UNMASKABLE:
        raise Refused("customer.no_field")
    if asked.ticket_no is not None:
        await _check_ticket(session, who, asked.ticket_no, asked.customer_id)
    elif who.is_city_unit:
        raise Denied("customer.unmask_needs_ticket")
    day_start = datetime.combine(now.astimezone(zone).date(), time(), zone)
    allowed = unmask_limit(who.roles) + EXTRA * await audit.count_about(session, who.agent_no, ALLOWED, day_start)
    if await audit.count(session, who, "customer.unmask", day_start) >= allowed:
        raise Denied(OVER_THE_LIMIT)
    await audit.record(
        session,
        who,
        "customer.unmask",
        now,
        subject="customer",
        subject_id=asked.customer_id,
        reason=f"{asked.field}: {asked.reason}",
        ticket_no=asked.ticket_no or "",
    )
    return str(getattr(customer, COLUMNS.get(asked.field, asked.field)))


async def allow_more(session: AsyncSession, who: Principal, agent_no: str, reason: str, now: datetime) -> None:
    """By somebody else, who was told of it by the alarm."""
    await audit.record(
        session, who, "customer.unmask_allowed", now, subject="staff", subject_id=agent_no, reason=reason
    )


async def _check_ticket(session: AsyncSession, who: Principal, ticket_no: str, customer_id: str) -> None:
    """A ticket this person may see, of this customer."""
    case = await tickets.get_for(session, ticket_no, who)
    if case.row.customer_id != customer_id:
        raise NotFound("ticket", ticket_no)
