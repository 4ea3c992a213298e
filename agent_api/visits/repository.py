"""Queries on visits, and on what was finished lately and may be asked about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls.models import Call
from agent_api.emergency.models import EmergencyCase
from agent_api.orders.models import OrderRow
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import State as TicketState
from agent_api.visits.flow import OPEN, State
from agent_api.visits.models import Visit, VisitAttempt, VisitPlan
from agent_api.visits.rules import Subject

OPEN_STATES = tuple(state.value for state in OPEN)
ASKING = (TicketState.CALLBACK.value, TicketState.CUSTOMER_CONFIRM.value)
CLOSED = (TicketState.CLOSED.value, TicketState.ANSWERED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is left out fits all."""

    centers: frozenset[str] | None = None
    states: Collection[str] = ()
    results: Collection[str] = ()
    rule_id: str = ""
    agent_no: str | None = None
    subject_no: str = ""
    plan_id: str = ""
    customer_id: str = ""
    due_now: datetime | None = None
    """Only what may be called at this moment and nobody else holds."""
    since: datetime | None = None
    until: datetime | None = None


async def get(session: AsyncSession, visit_no: str, for_update: bool = False) -> Visit | None:
    return await session.get(Visit, visit_no, with_for_update=for_update or None)


async def page(session: AsyncSession, wanted: Wanted, limit: int, offset: int) -> tuple[Sequence[Visit], int]:
    """Open ones first, in the order they are given out; then what was closed last."""
    conditions = _conditions(wanted)
    total = await session.scalar(select(func.count()).select_from(Visit).where(*conditions))
    query = select(Visit).where(*conditions).order_by(Visit.closed_at.is_not(None), Visit.closed_at.desc(), *_ORDER)
    return (await session.scalars(query.limit(limit).offset(offset))).all(), total or 0


async def next_one(session: AsyncSession, wanted: Wanted, first_owner: str) -> Visit | None:
    """Locked. What one took down oneself comes before all else (首问负责)."""
    query = select(Visit).where(*_conditions(wanted))
    own = case((Visit.first_owner == first_owner, 0), else_=1)
    found: Visit | None = await session.scalar(query.order_by(own, *_ORDER).limit(1).with_for_update(skip_locked=True))
    return found


_ORDER = (Visit.priority.desc(), Visit.due_at, Visit.visit_no)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.centers is not None:
        found.append(Visit.center_id.in_(wanted.centers))
    if wanted.states:
        found.append(Visit.state.in_(wanted.states))
    if wanted.results:
        found.append(Visit.result.in_(wanted.results))
    if wanted.agent_no is not None:
        found.append(Visit.agent_no == wanted.agent_no)
    for column, value in (
        (Visit.rule_id, wanted.rule_id),
        (Visit.subject_no, wanted.subject_no),
        (Visit.plan_id, wanted.plan_id),
        (Visit.customer_id, wanted.customer_id),
    ):
        if value:
            found.append(column == value)
    if wanted.due_now is not None:
        free = or_(Visit.agent_no == "", Visit.held_until <= wanted.due_now)
        found += [Visit.state.in_(OPEN_STATES), Visit.next_at <= wanted.due_now, free]
    if wanted.since is not None:
        found.append(Visit.planned_at >= wanted.since)
    if wanted.until is not None:
        found.append(Visit.planned_at < wanted.until)
    return found


async def attempts(session: AsyncSession, visit_nos: Collection[str]) -> dict[str, list[VisitAttempt]]:
    rows = await session.scalars(
        select(VisitAttempt).where(VisitAttempt.visit_no.in_(visit_nos)).order_by(VisitAttempt.seq)
    )
    found: dict[str, list[VisitAttempt]] = {number: [] for number in visit_nos}
    for row in rows:
        found[row.visit_no].append(row)
    return found


async def plans(session: AsyncSession, centers: Collection[str], limit: int) -> Sequence[VisitPlan]:
    query = select(VisitPlan).where(VisitPlan.center_id.in_(centers)).order_by(VisitPlan.created_at.desc())
    return (await session.scalars(query.limit(limit))).all()


async def counted(session: AsyncSession, wanted: Wanted) -> Sequence[Row[Any]]:
    """Rule, centre, state, result, overdue or not: how many."""
    columns = (Visit.rule_id, Visit.center_id, Visit.state, Visit.result, Visit.overdue)
    found = await session.execute(select(*columns, func.count()).where(*_conditions(wanted)).group_by(*columns))
    return found.all()


async def tickets_to_ask(session: AsyncSession, since: datetime, limit: int) -> Sequence[TicketRow]:
    """Waiting for the customer's word, or closed since then, and not visited in this round."""
    known = exists().where(
        Visit.subject_kind == Subject.TICKET.value,
        Visit.subject_no == TicketRow.ticket_no,
        Visit.round == TicketRow.round,
    )
    lately = and_(TicketRow.state.in_(CLOSED), TicketRow.updated_at >= since)
    query = select(TicketRow).where(or_(TicketRow.state.in_(ASKING), lately), ~known).order_by(TicketRow.updated_at)
    return (await session.scalars(query.limit(limit))).all()


async def orders_to_ask(session: AsyncSession, since: datetime, limit: int) -> Sequence[OrderRow]:
    known = exists().where(Visit.subject_kind == Subject.ORDER.value, Visit.subject_no == OrderRow.order_no)
    query = select(OrderRow).where(OrderRow.state == "NOTIFIED", OrderRow.updated_at >= since, ~known)
    return (await session.scalars(query.order_by(OrderRow.updated_at).limit(limit))).all()


async def emergencies_to_ask(session: AsyncSession, since: datetime, limit: int) -> Sequence[EmergencyCase]:
    known = exists().where(
        Visit.subject_kind == Subject.EMERGENCY.value, Visit.subject_no == cast(EmergencyCase.case_id, String)
    )
    query = select(EmergencyCase).where(EmergencyCase.at >= since, ~known)
    return (await session.scalars(query.order_by(EmergencyCase.at).limit(limit))).all()


async def answered_elsewhere(session: AsyncSession, limit: int) -> Sequence[tuple[Visit, TicketRow]]:
    """Open visits of tickets that do not wait for the customer's word any more."""
    query = (
        select(Visit, TicketRow)
        .join(TicketRow, and_(Visit.subject_kind == Subject.TICKET.value, TicketRow.ticket_no == Visit.subject_no))
        .where(
            Visit.state.in_(OPEN_STATES),
            or_(
                and_(Visit.rule_id == "ticket-callback", TicketRow.state.not_in(ASKING)),
                TicketRow.round != Visit.round,
            ),
        )
        .limit(limit)
    )
    return [(visit, row) for visit, row in await session.execute(query)]


async def late(session: AsyncSession, now: datetime, limit: int) -> Sequence[Visit]:
    query = select(Visit).where(Visit.state.in_(OPEN_STATES), Visit.due_at <= now, Visit.overdue.is_(False))
    return (await session.scalars(query.limit(limit).with_for_update(skip_locked=True))).all()


async def held_too_long(session: AsyncSession, now: datetime) -> Sequence[Visit]:
    query = select(Visit).where(Visit.state == State.CALLING.value, Visit.held_until <= now)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def call_made(session: AsyncSession, agent_no: str, since: datetime) -> str | None:
    """The agent's latest call to the outside since the number was given out."""
    query = select(Call.call_id).where(
        Call.agent_no == agent_no, Call.direction == "outbound", Call.offered_at >= since
    )
    found: str | None = await session.scalar(query.order_by(Call.offered_at.desc()).limit(1))
    return found
