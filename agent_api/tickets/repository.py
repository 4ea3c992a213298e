"""Queries on tickets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Select, String, bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.tickets.models import TicketAttachment, TicketEvent, TicketRow

_NEXT_NUMBER = text(
    "INSERT INTO ticket_counter (day, prefix, last) VALUES (:day, :prefix, 1) "
    "ON CONFLICT (day, prefix) DO UPDATE SET last = ticket_counter.last + 1 RETURNING last"
).bindparams(bindparam("day", type_=Date), bindparam("prefix", type_=String))


@dataclass(frozen=True, slots=True)
class TicketFilter:
    state: str | None = None
    type: str | None = None
    text: str | None = None
    centers: frozenset[str] | None = None
    """Accepting centre or working unit; None: all."""


async def next_number(session: AsyncSession, prefix: str, day: date) -> int:
    number: int = (await session.execute(_NEXT_NUMBER, {"day": day, "prefix": prefix})).scalar_one()
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


async def unfinished(session: AsyncSession, finished: Collection[str]) -> Sequence[TicketRow]:
    return (await session.scalars(select(TicketRow).where(TicketRow.state.not_in(finished)))).all()


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


async def search(
    session: AsyncSession, wanted: TicketFilter, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int]:
    query = _filtered(select(TicketRow), wanted)
    rows = await session.scalars(
        query.order_by(TicketRow.updated_at.desc(), TicketRow.ticket_no.desc()).limit(limit).offset(offset)
    )
    total = await session.scalar(select(func.count()).select_from(query.subquery()))
    return rows.all(), total or 0


def _filtered(query: Select[tuple[TicketRow]], wanted: TicketFilter) -> Select[tuple[TicketRow]]:
    if wanted.state:
        query = query.where(TicketRow.state == wanted.state)
    if wanted.type:
        query = query.where(TicketRow.type == wanted.type)
    if wanted.text:
        query = query.where(
            or_(
                TicketRow.ticket_no.startswith(wanted.text, autoescape=True),
                TicketRow.title.contains(wanted.text, autoescape=True),
            )
        )
    if wanted.centers is not None:
        query = query.where(or_(TicketRow.center_id.in_(wanted.centers), TicketRow.target.in_(wanted.centers)))
    return query


async def of_customer(session: AsyncSession, customer_id: str, finished: Collection[str]) -> Sequence[TicketRow]:
    """Open ones, latest first."""
    found = await session.scalars(
        select(TicketRow)
        .where(TicketRow.customer_id == customer_id, TicketRow.state.not_in(finished))
        .order_by(TicketRow.created_at.desc())
    )
    return found.all()


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
