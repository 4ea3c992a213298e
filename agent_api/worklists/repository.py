"""Queries behind the ticket list, its views and mentions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.db import total_of
from agent_api.tickets import word_index
from agent_api.tickets.models import TicketRow
from agent_api.worklists.models import TicketMention, TicketView


class Sort(StrEnum):
    UPDATED = "updated"
    CREATED = "created"
    DUE = "due"
    LEGAL_DUE = "legal_due"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is left out fits all."""

    states: Collection[str] = ()
    not_states: Collection[str] = ()
    types: Collection[str] = ()
    levels: Collection[str] = ()
    channels: Collection[str] = ()
    text: str = ""
    target: str = ""
    owner: str | None = None
    customer_id: str = ""
    parent_no: str = ""
    regulator: bool | None = None
    overdue: bool | None = None
    due_before: datetime | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    centers: frozenset[str] | None = None
    """Accepting centre or the one that works on it; None: all."""


async def page(
    session: AsyncSession, wanted: Wanted, sort: Sort, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int]:
    query = select(TicketRow).where(*_conditions(wanted))
    rows = (await session.scalars(query.order_by(*_ORDER[sort]).limit(limit).offset(offset))).all()
    return rows, await total_of(session, query, len(rows), limit, offset)


_LAST = TicketRow.ticket_no.desc()
_ORDER: dict[Sort, tuple[UnaryExpression[Any], ...]] = {
    Sort.UPDATED: (TicketRow.updated_at.desc(), _LAST),
    Sort.CREATED: (TicketRow.created_at.desc(), _LAST),
    Sort.DUE: (TicketRow.due_at.asc().nulls_last(), _LAST),
    Sort.LEGAL_DUE: (TicketRow.legal_due_at.asc().nulls_last(), _LAST),
    Sort.PRIORITY: (TicketRow.priority.desc(), TicketRow.due_at.asc().nulls_last(), _LAST),
}


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [*_of_lists(wanted), *_of_times(wanted)]
    if wanted.text:
        starts = TicketRow.ticket_no.startswith(wanted.text, autoescape=True)
        exact = or_(starts, TicketRow.title.contains(wanted.text, autoescape=True))
        found.append(word_index.narrowed(wanted.text, exact))
    if wanted.centers is not None:
        mine = (TicketRow.center_id.in_(wanted.centers), TicketRow.owner_center.in_(wanted.centers))
        found.append(or_(*mine, TicketRow.target.in_(wanted.centers)))
    return found


def _of_lists(wanted: Wanted) -> list[ColumnElement[bool]]:
    lists = (
        (TicketRow.state, wanted.states), (TicketRow.type, wanted.types), (TicketRow.level, wanted.levels),
        (TicketRow.channel, wanted.channels),
    )  # fmt: skip
    found: list[ColumnElement[bool]] = [column.in_(values) for column, values in lists if values]
    exact = (
        (TicketRow.target, wanted.target or None), (TicketRow.owner, wanted.owner),
        (TicketRow.customer_id, wanted.customer_id or None), (TicketRow.parent_no, wanted.parent_no or None),
    )  # fmt: skip
    found += [column == value for column, value in exact if value is not None]
    flags = ((TicketRow.is_regulator, wanted.regulator), (TicketRow.overdue, wanted.overdue))
    found += [column.is_(value) for column, value in flags if value is not None]
    return [*found, TicketRow.state.not_in(wanted.not_states)] if wanted.not_states else found


def _of_times(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.due_before is not None:
        found.append(or_(TicketRow.due_at < wanted.due_before, TicketRow.legal_due_at < wanted.due_before))
    if wanted.created_from is not None:
        found.append(TicketRow.created_at >= wanted.created_from)
    if wanted.created_to is not None:
        found.append(TicketRow.created_at < wanted.created_to)
    return found


async def related(session: AsyncSession, row: TicketRow) -> Sequence[TicketRow]:
    """The incident, its other cases, what was merged into it or it into, what it repeats; latest first."""
    own = row.ticket_no
    named = [number for number in (row.parent_no, row.merged_into, row.repeat_of) if number]
    kin = [TicketRow.ticket_no.in_(named), TicketRow.parent_no == own, TicketRow.merged_into == own]
    if row.parent_no:
        kin.append(TicketRow.parent_no == row.parent_no)
    query = select(TicketRow).where(or_(*kin, TicketRow.repeat_of == own), TicketRow.ticket_no != own)
    return (await session.scalars(query.order_by(TicketRow.created_at.desc()).limit(100))).all()


async def views(session: AsyncSession, agent_no: str, centers_above: Collection[str]) -> Sequence[TicketView]:
    """One's own, and what is shared at one's centre or above."""
    shared = TicketView.shared.is_(True) & TicketView.center_id.in_(centers_above)
    query = select(TicketView).where(or_(TicketView.owner == agent_no, shared))
    return (await session.scalars(query.order_by(TicketView.shared, TicketView.title, TicketView.view_id))).all()


async def mentions(session: AsyncSession, agent_no: str, unread: bool, limit: int) -> Sequence[TicketMention]:
    query = select(TicketMention).where(TicketMention.agent_no == agent_no)
    if unread:
        query = query.where(TicketMention.read_at.is_(None))
    return (await session.scalars(query.order_by(TicketMention.mention_id.desc()).limit(limit))).all()


async def mentions_after(session: AsyncSession, mention_id: int) -> Sequence[TicketMention]:
    query = select(TicketMention).where(TicketMention.mention_id > mention_id).order_by(TicketMention.mention_id)
    return (await session.scalars(query.limit(500))).all()


async def last_mention(session: AsyncSession) -> int:
    return await session.scalar(select(func.max(TicketMention.mention_id))) or 0


async def read_mentions(session: AsyncSession, agent_no: str, ids: Collection[int] | None, now: datetime) -> None:
    mine = TicketMention.agent_no == agent_no, TicketMention.read_at.is_(None)
    query = update(TicketMention).where(*mine)
    await session.execute(
        (query if ids is None else query.where(TicketMention.mention_id.in_(ids))).values(read_at=now)
    )
