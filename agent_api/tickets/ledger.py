"""Writes an act into a ticket's timeline, and from the timeline the copies that lists read. Never commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.errors import NotFound, Refused
from agent_api.tickets import clocks, limits, news, repository, workflow
from agent_api.tickets.agenda import Due, agenda
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.steps import step_clocks
from agent_api.tickets.warnings import shares_of
from agent_api.tickets.words import Act, Happening, Level, Refusal, State, Ticket, TicketType


@dataclass(frozen=True, slots=True)
class TicketCase:
    """A ticket with its timeline, and what the timeline makes of it."""

    row: TicketRow
    timeline: Sequence[TicketEvent]
    ticket: Ticket


async def case(session: AsyncSession, ticket_no: str, for_update: bool = False) -> TicketCase:
    """Whoever asks."""
    row = await repository.by_number(session, ticket_no, for_update)
    if row is None:
        raise NotFound("ticket", ticket_no)
    timeline = await repository.timeline(session, ticket_no)
    return TicketCase(row, timeline, rebuilt(row, timeline))


def opened(row: TicketRow) -> Ticket:
    """As it was before the first act."""
    ticket = workflow.start(
        TicketType(row.type),
        row.tier,
        Level(row.first_level or row.level),
        flow=row.flow,
        home=row.center_id,
        vip=row.vip,
        at=row.created_at,
    )
    return replace(ticket, limits=row.own_limits or {})


def rebuilt(row: TicketRow, timeline: Sequence[TicketEvent]) -> Ticket:
    return workflow.rebuild(opened(row), (happening(entry) for entry in timeline))


def happening(entry: TicketEvent) -> Happening:
    return Happening(Act(entry.act), entry.at, entry.comment, entry.data, entry.actor)


async def write(session: AsyncSession, before: TicketCase, done: Happening, who: Principal) -> TicketCase:
    """One act, as the workflow allows it, and nothing of what follows from it."""
    if not done.actor:
        done = replace(done, actor=who.agent_no)
    try:
        after = workflow.step(before.ticket, done)
    except Refusal as refusal:
        raise Refused(refusal.code, {"state": before.ticket.state.value, "event": done.act.value}) from refusal
    entry = TicketEvent(
        ticket_no=before.row.ticket_no,
        seq=len(before.timeline) + 1,
        act=done.act.value,
        from_state=before.ticket.state.value,
        to_state=after.state.value,
        at=done.at,
        actor=done.actor,
        role=",".join(sorted(who.roles)),
        center_id=who.center.center_id,
        comment=done.comment,
        data=dict(done.data),
    )
    session.add(entry)
    news.note(session, entry)
    now = TicketCase(before.row, [*before.timeline, entry], after)
    copy(now, done.at)
    await session.flush()
    return now


def refresh(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> None:
    """What lists read, after the timeline was changed from elsewhere."""
    copy(TicketCase(row, timeline, rebuilt(row, timeline)), now)


def copy(case: TicketCase, now: datetime) -> None:
    """What lists show and sort by; recomputed with every act."""
    row, ticket = case.row, case.ticket
    row.state, row.level, row.category = ticket.state.value, ticket.level.value, ticket.category or row.category
    row.target = ticket.target or row.center_id
    row.owner_center, row.owner = row.target.partition("/")[0][:20], ticket.owner
    row.handling_tier, row.leader, row.priority = ticket.tier, ticket.leader, ticket.priority
    row.merged_into, row.parent_no = ticket.merged_into or None, ticket.parent or None
    row.is_regulator, row.overdue, row.waive_fee = ticket.regulator, ticket.overdue, ticket.waive_fee
    row.round, row.urge_count, row.return_count = ticket.round, ticket.urges, ticket.returns
    row.satisfaction, row.legal_rule = ticket.satisfaction, ticket.legal_rule
    row.closed_at, row.updated_at = ticket.closed_at, now
    _copy_limits(case, now)


def _copy_limits(case: TicketCase, now: datetime) -> None:
    row = case.row
    row.legal_due_at = case.ticket.legal_due
    known = {clock.id: clock for clock in clocks_of(row, case.timeline, now)}
    row.due_at = known["operational"].due_at
    if "legal" in known:
        row.legal_due_at = known["legal"].due_at
    yellow = [clock.yellow_at for clock in known.values() if clock.running and clock.yellow_at is not None]
    row.yellow_at = min(yellow, default=None)
    copy_attention(case, now)


def copy_attention(case: TicketCase, now: datetime) -> None:
    coming = coming_up(case, now)
    case.row.attention_at = coming[0].at if coming else None


def coming_up(case: TicketCase, now: datetime) -> list[Due]:
    """What happens to it by itself, in order."""
    if not workflow.is_open(case.ticket):
        return []
    running = [*clocks_of(case.row, case.timeline, now), *step_clocks(case.ticket, now)]
    return agenda(case.ticket, running, now)


class Moved(Protocol):
    """Of an act on a ticket what its clocks are told by."""

    @property
    def to_state(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def visits_states(row: TicketRow, timeline: Iterable[Moved]) -> list[tuple[State, datetime]]:
    """Each state the ticket was in, with the time it entered it."""
    visits = [(workflow.first_state(TicketType(row.type), row.flow), row.created_at)]
    for entry in timeline:
        if entry.to_state != visits[-1][0]:
            visits.append((State(entry.to_state), entry.at))
    return visits


def clocks_of(row: TicketRow, timeline: Iterable[Moved], now: datetime) -> list[clocks.Clock]:
    visits = [clocks.Visit(state, at) for state, at in visits_states(row, timeline)]
    own_limit = timedelta(hours=row.limit_hours) if row.limit_hours else None
    kind, level, own = TicketType(row.type), Level(row.level), row.own_limits or {}
    shares = shares_of(own)
    if own_limit is None and (total := own.get(f"total_{kind.value}")):
        own_limit = limits.fitting(total, level, row.vip)
    return clocks.clocks(kind, level, row.vip, visits, now, own_limit, row.legal_due_at, shares)
