"""Tickets that no agent wrote down: messages, faults, reports from the voice menu, and our own work items."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.customers.models import Customer
from agent_api.tickets import repository, service
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import TicketType
from agent_api.tickets.writing import tell_accepted

__all__ = ["Report", "known", "open_ticket", "tell_accepted"]


@dataclass(frozen=True, slots=True)
class Report:
    type: TicketType
    title: str
    description: str
    category: str
    customer: Customer | None = None
    number: str = field(default="", repr=False)
    """Whom to answer."""
    call_id: str | None = None
    center_id: str | None = None
    """Instead of the customer's own."""
    limit_hours: int | None = None
    source: str | None = None
    """What it was made from. Ask `known` first: the same source twice is one ticket."""


async def known(session: AsyncSession, source: str) -> TicketRow | None:
    return await repository.by_source(session, source)


async def open_ticket(session: AsyncSession, report: Report, now: datetime, zone: ZoneInfo) -> TicketRow:
    home = report.customer.center_id if report.customer else None
    who = system(await auth.accepting_center(session, report.center_id or home))
    new = service.NewTicket(
        type=report.type,
        title=report.title,
        description=report.description,
        category=report.category,
        call_id=report.call_id,
        limit_hours=report.limit_hours,
        source=report.source,
    )
    number = report.number or (report.customer.contact_number if report.customer else "")
    return (await service.open_case(session, new, report.customer, number, who, now, zone)).row
