"""Tickets that no agent wrote down: messages, faults, reports from the voice menu, and our own work items."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.customers import notices
from agent_api.customers.models import Customer
from agent_api.tickets import repository, service
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import TicketType


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


async def tell_accepted(session: AsyncSession, row: TicketRow, customer: Customer | None, now: datetime) -> None:
    """The number in writing, to whom we shall answer."""
    hours = {"hours": str(row.limit_hours)} if row.limit_hours else {}
    template = "fault.accepted" if row.type == TicketType.FAULT else "ticket.accepted"
    values = {"ticket_no": row.ticket_no} | hours
    if customer is not None:
        numbers = (row.contact_number,)
        await notices.tell(
            session, customer, template, values, now, numbers=numbers, call_id=row.call_id, about=row.ticket_no
        )
    elif row.contact_number:
        await notices.tell_number(
            session, row.contact_number, template, values, now, call_id=row.call_id, about=row.ticket_no
        )
