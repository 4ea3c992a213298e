"""From a contact to a ticket: registered, acknowledged, or added to the ticket it belongs to. Never commits."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, system
from agent_api.channels import checking, limits, service, ways
from agent_api.channels.files import SHOWN, ContactFiles
from agent_api.channels.flow import Fact
from agent_api.channels.models import Interaction
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import Refused
from agent_api.messages import service as messages
from agent_api.messages.outgoing import Outgoing, Route
from agent_api.tickets import service as tickets
from agent_api.tickets.service import NewTicket, TicketCase
from agent_api.tickets.titles import TYPE_TITLES
from agent_api.tickets.words import Act, Channel, Happening, Level, State, TicketType

CATEGORIES = {
    TicketType.COMPLAINT: "T.WRITTEN",
    TicketType.CONSULT: "C.WRITTEN",
    TicketType.FAULT: "F.OTHER",
    TicketType.SUGGESTION: "S.WRITTEN",
    TicketType.PRAISE: "P.WRITTEN",
    TicketType.MESSAGE: "M.GENERAL",
}
CUSTOMER = "customer"
PUBLIC = {"public": "yes"}
"""Of a comment that the customer may read."""
ACKS_AN_HOUR = 5
"""To one address: two machines that write to each other stop there."""


@dataclass(frozen=True, slots=True)
class Registration:
    type: TicketType
    title: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    reason_code: str = ""
    level: Level = Level.NORMAL
    customer_id: str | None = None
    contact_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Registry:
    """Where files lie, and the local day of ticket numbers."""

    files: ContactFiles
    attachments_folder: Path
    zone: ZoneInfo

    async def register(
        self, session: AsyncSession, row: Interaction, wanted: Registration, who: Principal, now: datetime
    ) -> TicketCase:
        """A new ticket with the contact's channel; the customer is told its number."""
        customer_id = wanted.customer_id or row.customer_id
        customer = await customers.get(session, customer_id) if customer_id else None
        row.contact_number = (
            wanted.contact_number or row.contact_number or (customer.contact_number if customer else "")
        )
        new = NewTicket(
            type=wanted.type,
            title=(wanted.title or row.subject or TYPE_TITLES[wanted.type])[:200],
            description=wanted.description or row.body,
            category=CATEGORIES.get(wanted.type, "M.GENERAL"),
            level=wanted.level,
            call_id=row.call_id,
            channel=Channel(row.channel),
            reason_code=wanted.reason_code or row.reason_code,
            source=f"contact:{row.interaction_id}",
        )
        case = await tickets.open_case(session, new, customer, _number(row), who, now, self.zone)
        row.kind, row.reason_code = wanted.type.value, new.reason_code
        row.customer_id = customer.customer_id if customer else None
        await self.link(session, row, case.row.ticket_no, who, now)
        await acknowledge(session, row, customer, now)
        return case

    async def link(
        self, session: AsyncSession, row: Interaction, ticket_no: str, who: Principal, now: datetime
    ) -> None:
        """The contact belongs to this ticket, with all of its files that may be seen."""
        row.ticket_no = ticket_no
        await service.advance(session, row, Fact.REGISTERED, who.agent_no, now, ticket_no)
        for file in await service.files_of(session, [row]):
            if file.state in SHOWN:
                content = self.files.content_of(file)
                await checking.to_ticket(session, row, file, content, self.attachments_folder, now)

    async def follow_up(self, session: AsyncSession, row: Interaction, ticket_no: str, now: datetime) -> None:
        """More about a ticket that is there: no new number, a note in its timeline."""
        case = await tickets.case(session, ticket_no, for_update=True)
        center = await auth.center(session, case.row.center_id)
        row.center_id = center.center_id
        row.customer_id = row.customer_id or case.row.customer_id
        row.kind = case.row.type
        await self.link(session, row, ticket_no, system(center), now)
        await note(session, case, f"客户来信（{row.interaction_id}）：{row.body}"[:1000], now)


async def note(session: AsyncSession, case: TicketCase, text: str, now: datetime) -> None:
    """A customer's words in the timeline."""
    await comment(session, case, text, await customer_principal(session, case.row.center_id), now)


async def comment(session: AsyncSession, case: TicketCase, text: str, who: Principal, now: datetime) -> None:
    """One that the customer may read, noted also where the ticket's state takes no progress."""
    arrived = who.agent_no == CUSTOMER and case.ticket.state is State.INFO_REQUIRED
    try:
        await tickets.do(session, case, Happening(Act.INFO_ARRIVED if arrived else Act.COMMENT, now, text, PUBLIC), who)
    except Refused:
        await tickets.do(session, case, Happening(Act.CORRESPOND, now, text, PUBLIC), who)


async def customer_principal(session: AsyncSession, center_id: str) -> Principal:
    """Who acts when the customer does; may do nothing that takes a permission."""
    center = await auth.center(session, center_id)
    return Principal(CUSTOMER, "客户", frozenset({CUSTOMER}), center, frozenset({center.center_id}), (), {}, "zh")


async def acknowledge(session: AsyncSession, row: Interaction, customer: Customer | None, now: datetime) -> None:
    """The number in writing, over the contact's own channel if it has one. Without any address nobody is told."""
    if await tell(session, row, "contact.accepted", {"ticket_no": row.ticket_no or ""}, now, customer):
        await service.advance(session, row, Fact.ACKNOWLEDGED, "system", now)


async def tell(
    session: AsyncSession,
    row: Interaction,
    template: str,
    values: dict[str, str],
    now: datetime,
    customer: Customer | None = None,
    routes: tuple[Route, ...] | None = None,
) -> str | None:
    """A few lines to whoever wrote: the message's id; None without an address, or too often for the same one."""
    email = customer.email if customer else ""
    found = ways.short_routes(row.channel, row.address, row.contact_number, email) if routes is None else routes
    if not found or not await limits.may(session, "ack", found[0].address, ACKS_AN_HOUR, now):
        return None
    await limits.hit(session, "ack", found[0].address, ACKS_AN_HOUR, now)
    language = "en" if customer is not None and customer.language == "en" else "zh"
    outgoing = Outgoing(
        template,
        found,
        values | {"in_reply_to": row.thread},
        language,
        row.customer_id,
        row.call_id,
        about=row.ticket_no or row.interaction_id,
        center_id=row.center_id,
    )
    return await messages.queue(session, outgoing, now)


def _number(row: Interaction) -> str:
    return row.contact_number or (row.address if row.address.isdigit() else "")
