"""Queries on tickets."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, Row, String, and_, bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.models import Center
from agent_api.db import scalar_aside
from agent_api.tickets.models import TicketAttachment, TicketEvent, TicketRow

_NEXT_NUMBER = text(
    "INSERT INTO ticket_counter (day, prefix, last) VALUES (:day, :prefix, 1) "
    "ON CONFLICT (day, prefix) DO UPDATE SET last = ticket_counter.last + 1 RETURNING last"
).bindparams(bindparam("day", type_=Date), bindparam("prefix", type_=String))


async def next_number(session: AsyncSession, prefix: str, day: date) -> int:
    """Tickets of a day do not wait for each other: a number whose ticket was not made after all is left out."""
    number: int = await scalar_aside(session, _NEXT_NUMBER, {"day": day, "prefix": prefix})
    return number


async def by_number(session: AsyncSession, ticket_no: str, for_update: bool = False) -> TicketRow | None:
    return await session.get(TicketRow, ticket_no, with_for_update=for_update or None)


async def by_source(session: AsyncSession, source: str) -> TicketRow | None:
    found: TicketRow | None = await session.scalar(select(TicketRow).where(TicketRow.source == source))
    return found


async def by_numbers(session: AsyncSession, ticket_nos: Collection[str]) -> Sequence[TicketRow]:
    """Latest first."""
    found = await session.scalars(
        select(TicketRow).where(TicketRow.ticket_no.in_(ticket_nos)).order_by(TicketRow.created_at.desc())
    )
    return found.all()


async def wanting_attention(session: AsyncSession, now: datetime, limit: int) -> Sequence[str]:
    """Tickets to which something happens by itself now, the longest waiting first; only those accepted here."""
    found = await session.scalars(
        select(TicketRow.ticket_no)
        .join(Center, and_(Center.center_id == TicketRow.center_id, Center.home.is_(None)))
        .where(TicketRow.attention_at <= now)
        .order_by(TicketRow.attention_at)
        .limit(limit)
    )
    return found.all()


async def children(session: AsyncSession, ticket_no: str) -> Sequence[TicketRow]:
    """Cases of an incident."""
    found = await session.scalars(
        select(TicketRow).where(TicketRow.parent_no == ticket_no).order_by(TicketRow.ticket_no)
    )
    return found.all()


async def relatives(session: AsyncSession, ticket_no: str) -> tuple[list[str], list[str]]:
    """Numbers of those that were merged into it, and of its cases."""
    merged, case = TicketRow.merged_into == ticket_no, TicketRow.parent_no == ticket_no
    query = select(TicketRow.ticket_no, TicketRow.merged_into, TicketRow.parent_no).where(or_(merged, case))
    rows = (await session.execute(query.order_by(TicketRow.ticket_no))).all()
    return [row[0] for row in rows if row[1] == ticket_no], [row[0] for row in rows if row[2] == ticket_no]


async def attachments(session: AsyncSession, ticket_no: str) -> Sequence[TicketAttachment]:
    found = await session.scalars(
        select(TicketAttachment).where(TicketAttachment.ticket_no == ticket_no).order_by(TicketAttachment.created_at)
    )
    return found.all()


async def attachment(session: AsyncSession, ticket_no: str, attachment_id: str) -> TicketAttachment | None:
    found = await session.get(TicketAttachment, attachment_id)
    return found if found is not None and found.ticket_no == ticket_no else None


async def attachments_closed_before(session: AsyncSession, at: datetime) -> Sequence[TicketAttachment]:
    found = await session.scalars(
        select(TicketAttachment)
        .join(TicketRow, TicketRow.ticket_no == TicketAttachment.ticket_no)
        .where(TicketRow.closed_at < at)
    )
    return found.all()


async def timeline(session: AsyncSession, ticket_no: str) -> Sequence[TicketEvent]:
    found = await session.scalars(
        select(TicketEvent).where(TicketEvent.ticket_no == ticket_no).order_by(TicketEvent.seq)
    )
    return found.all()


async def timelines(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, list[TicketEvent]]:
    found = await session.scalars(
        select(TicketEvent)
        .where(TicketEvent.ticket_no.in_(ticket_nos))
        .order_by(TicketEvent.ticket_no, TicketEvent.seq)
    )
    lines: dict[str, list[TicketEvent]] = {ticket_no: [] for ticket_no in ticket_nos}
    for entry in found:
        lines[entry.ticket_no].append(entry)
    return lines


async def moves(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, list[Row[tuple[str, str, datetime]]]]:
    """Of each timeline only when which state was entered: enough for clocks, and a list has hundreds of them."""
    found = await session.execute(
        select(TicketEvent.ticket_no, TicketEvent.to_state, TicketEvent.at)
        .where(TicketEvent.ticket_no.in_(ticket_nos))
        .order_by(TicketEvent.ticket_no, TicketEvent.seq)
    )
    lines: dict[str, list[Row[tuple[str, str, datetime]]]] = {ticket_no: [] for ticket_no in ticket_nos}
    for entry in found:
        lines[entry.ticket_no].append(entry)
    return lines


async def of_customer(session: AsyncSession, customer_id: str, only_open: bool = True) -> Sequence[TicketRow]:
    """Latest first."""
    query = select(TicketRow).where(TicketRow.customer_id == customer_id).order_by(TicketRow.created_at.desc())
    return (await session.scalars(query.where(TicketRow.closed_at.is_(None)) if only_open else query)).all()


async def open_with_number(session: AsyncSession, number: str, category: str) -> str | None:
    """The oldest open complaint of the same number and class (T2)."""
    found: str | None = await session.scalar(
        select(TicketRow.ticket_no)
        .where(
            TicketRow.contact_number == number,
            TicketRow.type == "complaint",
            TicketRow.category == category,
            TicketRow.closed_at.is_(None),
        )
        .order_by(TicketRow.created_at)
        .limit(1)
    )
    return found


async def repeats(session: AsyncSession, customer_id: str, category: str, since: datetime) -> int:
    """How often the customer complained of this since then."""
    count = await session.scalar(
        select(func.count()).where(
            TicketRow.customer_id == customer_id,
            TicketRow.type == "complaint",
            TicketRow.category == category,
            TicketRow.created_at >= since,
        )
    )
    return count or 0


async def customers_with(session: AsyncSession, kind: str, category: str, area: str, since: datetime) -> int:
    """How many customers of an area have this open and unattached to an incident."""
    count = await session.scalar(
        select(func.count(TicketRow.customer_id.distinct())).where(
            TicketRow.type == kind,
            TicketRow.category == category,
            TicketRow.area == area,
            TicketRow.parent_no.is_(None),
            TicketRow.closed_at.is_(None),
            TicketRow.created_at >= since,
        )
    )
    return count or 0


async def same_cause(
    session: AsyncSession, centers: Collection[str], since: datetime, at_least: int
) -> list[tuple[str, str, str, int]]:
    """Type, category, area and number of customers; the largest first."""
    count = func.count(TicketRow.customer_id.distinct())
    rows = await session.execute(
        select(TicketRow.type, TicketRow.category, TicketRow.area, count)
        .where(
            TicketRow.type.in_(("complaint", "fault")),
            TicketRow.center_id.in_(centers),
            TicketRow.area != "",
            TicketRow.parent_no.is_(None),
            TicketRow.closed_at.is_(None),
            TicketRow.created_at >= since,
        )
        .group_by(TicketRow.type, TicketRow.category, TicketRow.area)
        .having(count >= at_least)
        .order_by(count.desc())
    )
    return [(kind, category, area, number) for kind, category, area, number in rows]


async def same_matter(session: AsyncSession, customer_id: str, category: str, since: datetime) -> str | None:
    found: str | None = await session.scalar(
        select(TicketRow.ticket_no)
        .where(
            TicketRow.customer_id == customer_id,
            TicketRow.type == "complaint",
            TicketRow.category == category,
            TicketRow.created_at >= since,
        )
        .order_by(TicketRow.created_at.desc())
        .limit(1)
    )
    return found


async def numbers_of_calls(session: AsyncSession, call_ids: Collection[str]) -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = {}
    rows = await session.execute(
        select(TicketRow.call_id, TicketRow.ticket_no)
        .where(TicketRow.call_id.in_(call_ids))
        .order_by(TicketRow.created_at)
    )
    for call_id, ticket_no in rows:
        numbers.setdefault(call_id, []).append(ticket_no)
    return numbers


async def calls_still_needed(session: AsyncSession, call_ids: Collection[str], closed_after: datetime) -> set[str]:
    found = await session.scalars(
        select(TicketRow.call_id).where(
            TicketRow.call_id.in_(call_ids),
            or_(TicketRow.closed_at.is_(None), TicketRow.closed_at > closed_after),
        )
    )
    return {call_id for call_id in found if call_id}


async def dispatched_calls(session: AsyncSession, start: datetime, end: datetime, acts: Collection[str]) -> set[str]:
    """Calls offered in this time from which a ticket was dispatched; looks at tickets created up to a day later."""
    found = await session.scalars(
        select(TicketRow.call_id)
        .join(TicketEvent, TicketEvent.ticket_no == TicketRow.ticket_no)
        .where(
            TicketRow.call_id.is_not(None),
            TicketRow.created_at >= start,
            TicketRow.created_at < end,
            TicketEvent.act.in_(acts),
        )
        .distinct()
    )
    return {call_id for call_id in found if call_id}
