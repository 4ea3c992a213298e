"""Finds tickets by what lists filter and sort by. Queries only."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from agent_api.db import total_of
from agent_api.tickets import word_index
from agent_api.tickets.models import TicketEvent, TicketRow


class Color(StrEnum):
    """Of the first clock to run out."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"


class Sort(StrEnum):
    UPDATED = "updated"
    CREATED = "created"
    DUE = "due"
    LEGAL_DUE = "legal_due"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class TicketFilter:
    state: str | None = None
    type: str | None = None
    text: str | None = None
    centers: frozenset[str] | None = None
    """Accepting centre or working unit; None: all."""
    level: str | None = None
    owner: str | None = None
    unit: str | None = None
    """Centre, or centre/department."""
    color: Color | None = None
    now: datetime | None = None
    """What colours are told by."""
    overdue: bool | None = None
    channel: str | None = None
    reason: str | None = None
    """Start of a reason's code: a leaf or a branch."""
    category: str | None = None
    area: str | None = None
    customer_id: str | None = None
    parent_no: str | None = None
    is_open: bool | None = None
    regulator: bool | None = None
    waive_fee: bool | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    due_from: datetime | None = None
    due_to: datetime | None = None
    sort: Sort = Sort.UPDATED
    descending: bool | None = None
    """None: as one reads it (latest change first, next due first, most urgent first)."""


_SORTED_BY: dict[Sort, tuple[InstrumentedAttribute[Any], bool]] = {
    Sort.UPDATED: (TicketRow.updated_at, True),
    Sort.CREATED: (TicketRow.created_at, True),
    Sort.DUE: (TicketRow.due_at, False),
    Sort.LEGAL_DUE: (TicketRow.legal_due_at, False),
    Sort.PRIORITY: (TicketRow.priority, True),
}
_EQUAL: tuple[tuple[str, InstrumentedAttribute[Any]], ...] = (
    ("state", TicketRow.state),
    ("type", TicketRow.type),
    ("level", TicketRow.level),
    ("owner", TicketRow.owner),
    ("overdue", TicketRow.overdue),
    ("channel", TicketRow.channel),
    ("category", TicketRow.category),
    ("area", TicketRow.area),
    ("customer_id", TicketRow.customer_id),
    ("parent_no", TicketRow.parent_no),
    ("regulator", TicketRow.is_regulator),
    ("waive_fee", TicketRow.waive_fee),
)
_RANGES: tuple[tuple[str, Callable[[Any], ColumnElement[bool]]], ...] = (
    ("created_from", TicketRow.created_at.__ge__),
    ("created_to", TicketRow.created_at.__lt__),
    ("due_from", TicketRow.due_at.__ge__),
    ("due_to", TicketRow.due_at.__lt__),
)


async def search(
    session: AsyncSession, wanted: TicketFilter, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int]:
    query = _filtered(select(TicketRow), wanted)
    column, usually = _SORTED_BY[wanted.sort]
    descending = usually if wanted.descending is None else wanted.descending
    order = column.desc() if descending else column.asc()
    if TicketRow.__table__.c[column.key].nullable:
        order = order.nulls_last()  # only there: an index is not read backwards for it
    page = query.order_by(order, TicketRow.ticket_no.desc()).limit(limit).offset(offset)
    rows = (await session.scalars(page)).all()
    return rows, await total_of(session, query, len(rows), limit, offset)


def _filtered(query: Select[tuple[TicketRow]], wanted: TicketFilter) -> Select[tuple[TicketRow]]:
    conditions = [column == value for name, column in _EQUAL if (value := getattr(wanted, name)) is not None]
    conditions += [compare(value) for name, compare in _RANGES if (value := getattr(wanted, name)) is not None]
    if wanted.text:
        conditions.append(_about(wanted.text))
    if wanted.reason:
        exactly, below = TicketRow.reason_code == wanted.reason, TicketRow.reason_code.startswith(f"{wanted.reason}.")
        conditions.append(or_(exactly, below))
    if wanted.unit:
        conditions.append(or_(TicketRow.target == wanted.unit, TicketRow.owner_center == wanted.unit))
    if wanted.centers is not None:
        conditions.append(or_(TicketRow.center_id.in_(wanted.centers), TicketRow.owner_center.in_(wanted.centers)))
    if wanted.is_open is not None:
        conditions.append(TicketRow.closed_at.is_(None) if wanted.is_open else TicketRow.closed_at.is_not(None))
    if wanted.color is not None and wanted.now is not None:
        conditions.append(_is(wanted.color, wanted.now))
    return query.where(*conditions)


def _about(text: str) -> ColumnElement[bool]:
    exact = or_(
        TicketRow.ticket_no.startswith(text, autoescape=True),
        TicketRow.external_id.startswith(text, autoescape=True),
        TicketRow.title.contains(text, autoescape=True),
    )
    return word_index.narrowed(text, exact)


def _is(color: Color, now: datetime) -> ColumnElement[bool]:
    """Colours without a look at any timeline: from the copies of due times."""
    still_open = TicketRow.closed_at.is_(None)
    red = or_(
        TicketRow.overdue,
        and_(TicketRow.due_at.is_not(None), TicketRow.due_at <= now),
        and_(TicketRow.legal_due_at.is_not(None), TicketRow.legal_due_at <= now),
    )
    yellow = and_(TicketRow.yellow_at.is_not(None), TicketRow.yellow_at <= now)
    stands = TicketRow.due_at.is_(None)
    match color:
        case Color.RED:
            return and_(still_open, red)
        case Color.YELLOW:
            return and_(still_open, not_(red), yellow)
        case Color.PAUSED:
            return and_(still_open, not_(red), not_(yellow), stands)
        case Color.GREEN:
            return and_(still_open, not_(red), not_(yellow), not_(stands))


def has_part(customer_id: InstrumentedAttribute[str], centers: Collection[str]) -> ColumnElement[bool]:
    """The customer has a ticket that these centres accepted, work on or did something to."""
    acted = exists().where(TicketEvent.ticket_no == TicketRow.ticket_no, TicketEvent.center_id.in_(centers))
    theirs = or_(TicketRow.center_id.in_(centers), TicketRow.owner_center.in_(centers), acted)
    return exists().where(TicketRow.customer_id == customer_id, theirs)
