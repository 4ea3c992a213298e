"""What a reply template's variables stand for: in the answer to a contact, in a ticket's result. Never commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.channels import templates, wording
from agent_api.channels.models import Interaction, ReplyTemplate
from agent_api.customers import service as customers
from agent_api.tickets import service as tickets
from agent_api.tickets.service import TicketCase
from agent_api.tickets.titles import TYPE_TITLES
from agent_api.tickets.words import TicketType


@dataclass(frozen=True, slots=True)
class House:
    """What every reply may say; `zone` is that of its dates."""

    brand: str
    hotline: str
    zone: ZoneInfo

    def day(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d}" if moment else ""


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    template_id: str
    title: str
    text: str = field(repr=False)
    missing: tuple[str, ...]
    """Titles of what the text still asks for; it is marked there."""


async def of_contact(session: AsyncSession, row: Interaction, house: House, now: datetime) -> dict[str, str]:
    case = await tickets.case(session, row.ticket_no) if row.ticket_no is not None else None
    return _always(house, now) | {
        "ticket_no": row.ticket_no or row.interaction_id,
        "kind": TYPE_TITLES[TicketType(row.kind)] if row.kind else "来信",
        "customer": wording.form_of_address(row.name),
        "subject": row.subject,
        "result": case.ticket.result if case else "",
        "due_date": house.day(case.row.due_at) if case else "",
        "center": (await auth.center(session, row.center_id)).name if row.center_id else "",
    }


async def of_ticket(session: AsyncSession, case: TicketCase, house: House, now: datetime) -> dict[str, str]:
    row = case.row
    name = (await customers.get(session, row.customer_id)).name if row.customer_id else ""
    return _always(house, now) | {
        "ticket_no": row.ticket_no,
        "kind": TYPE_TITLES[TicketType(row.type)],
        "customer": wording.form_of_address(name),
        "subject": row.title,
        "result": case.ticket.result,
        "due_date": house.day(row.due_at),
        "center": (await auth.center(session, row.center_id)).name,
    }


async def for_ticket(session: AsyncSession, case: TicketCase, house: House, now: datetime) -> list[FilledTemplate]:
    """All that fit the ticket, the most particular first."""
    values = await of_ticket(session, case, house, now)
    found = await templates.fitting(session, case.row.type, case.row.reason_code, "")
    return [_filled(each, values) for each in found]


def _filled(template: ReplyTemplate, values: Mapping[str, str]) -> FilledTemplate:
    text = wording.marked(template.text, values)
    return FilledTemplate(template.template_id, template.title, text, tuple(wording.blanks(text)))


def _always(house: House, now: datetime) -> dict[str, str]:
    return {"date": house.day(now), "brand": house.brand, "hotline": house.hotline}
