"""Which tickets a system sees, filtered by TMF621's attributes, and their timelines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.db import total_of
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.words import State
from agent_api.trouble_tickets.errors import BadRequest
from agent_api.trouble_tickets.models import TicketExtra
from agent_api.trouble_tickets.words import LEVEL_OF, STATUS_OF

COLUMNS = {
    "id": TicketRow.ticket_no,
    "ticketType": TicketRow.type,
    "name": TicketRow.title,
    "description": TicketRow.description,
    "externalId": TicketRow.external_id,
    "channel.id": TicketRow.channel,
    "relatedParty.id": TicketRow.customer_id,
}
TIMES = {"creationDate": TicketRow.created_at, "lastUpdate": TicketRow.updated_at}
COMPARED = ("gt", "gte", "lt", "lte")


@dataclass(frozen=True, slots=True)
class Wanted:
    conditions: tuple[ColumnElement[bool], ...]
    limit: int
    offset: int


def conditions(filters: Mapping[str, str]) -> tuple[ColumnElement[bool], ...]:
    """Several are all to hold; several values with commas are any of them."""
    return tuple(_condition(name, value) for name, value in filters.items())


def _condition(name: str, value: str) -> ColumnElement[bool]:
    values = value.split(",")
    if name in COLUMNS:
        return COLUMNS[name].in_(values)
    if name == "severity":
        return TicketRow.level.in_([LEVEL_OF[each.lower()].value for each in values if each.lower() in LEVEL_OF])
    if name == "status":
        return TicketRow.state.in_([state.value for state in State if STATUS_OF[state] in values])
    attribute, _, comparison = name.partition(".")
    if attribute in TIMES and comparison in ("", *COMPARED):
        return _compared(name, attribute, comparison, value)
    raise BadRequest(name, "cannot be filtered by")


def _compared(name: str, attribute: str, comparison: str, value: str) -> ColumnElement[bool]:
    try:
        at = datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        raise BadRequest(name, "not a date and time") from None
    if at.tzinfo is None:
        raise BadRequest(name, "needs a time zone")
    column = TIMES[attribute]
    match comparison:
        case "gt":
            return column > at
        case "gte":
            return column >= at
        case "lt":
            return column < at
        case "lte":
            return column <= at
        case _:
            return column == at


async def page(
    session: AsyncSession, centers: Collection[str], wanted: Wanted
) -> tuple[Sequence[tuple[TicketRow, TicketExtra | None]], int]:
    """Oldest first, so that a page does not move when tickets come."""
    query = visible(centers).where(*wanted.conditions)
    ordered = query.order_by(TicketRow.created_at, TicketRow.ticket_no).limit(wanted.limit).offset(wanted.offset)
    rows = [(row, extra) for row, extra in await session.execute(ordered)]
    return rows, await total_of(session, query, len(rows), wanted.limit, wanted.offset)


def visible(centers: Collection[str]) -> Select[tuple[TicketRow, TicketExtra]]:
    """Accepted or worked on by these centres; not those in draft, not those a system deleted."""
    return (
        select(TicketRow, TicketExtra)
        .outerjoin(TicketExtra, TicketExtra.ticket_no == TicketRow.ticket_no)
        .where(
            or_(TicketRow.center_id.in_(centers), TicketRow.owner_center.in_(centers)),
            TicketRow.state != State.DRAFT.value,
            TicketExtra.deleted_at.is_(None),
        )
    )


async def timelines(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, list[TicketEvent]]:
    found: dict[str, list[TicketEvent]] = {ticket_no: [] for ticket_no in ticket_nos}
    query = select(TicketEvent).where(TicketEvent.ticket_no.in_(ticket_nos))
    for entry in await session.scalars(query.order_by(TicketEvent.ticket_no, TicketEvent.seq)):
        found[entry.ticket_no].append(entry)
    return found


async def one_of_system(session: AsyncSession, system: str, external_id: str) -> str | None:
    """Our number of a ticket that another system knows by its own."""
    query = select(TicketRow.ticket_no).where(TicketRow.external_system == system, TicketRow.external_id == external_id)
    found: str | None = await session.scalar(query.limit(1))
    return found
