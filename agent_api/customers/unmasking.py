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
    if await audit.count(session, who, "customer.unmask", day_start) >= unmask_limit(who.roles):
        raise Denied(OVER_THE_LIMIT)
    reason = f"{asked.field}: {asked.reason}" + (f" ({asked.ticket_no})" if asked.ticket_no else "")
    await audit.record(
        session, who, "customer.unmask", now, subject="customer", subject_id=asked.customer_id, reason=reason
    )
    return str(getattr(customer, COLUMNS.get(asked.field, asked.field)))


async def _check_ticket(session: AsyncSession, who: Principal, ticket_no: str, customer_id: str) -> None:
    """A ticket this person may see, of this customer."""
    case = await tickets.get_for(session, ticket_no, who)
    if case.row.customer_id != customer_id:
        raise NotFound("ticket", ticket_no)
