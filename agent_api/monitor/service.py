"""All work of the centres one sees, as rows of one kind; what is made of them is rules.py's business. Only reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.callbacks import service as callbacks
from agent_api.callbacks.service import Missed
from agent_api.channels.models import Interaction
from agent_api.masking import mask_number
from agent_api.monitor import repository
from agent_api.monitor.rules import Colour, Life, Move, Work, colour_of
from agent_api.orders.models import OrderRow
from agent_api.orders.workflow import State as OrderState
from agent_api.pool.items import CONTACT_LIMIT, MISSED_BACK, MISSED_LIMIT
from agent_api.tickets.calendar.exceptions import working_days
from agent_api.tickets.calendar.hours import WorkingHours
from agent_api.tickets.calendar.legal import ZONE
from agent_api.tickets.clocks import STAGE_OF
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import FINISHED, State
from agent_api.visits.models import Visit

WEEK = timedelta(days=7)
ORDER_LIMIT = timedelta(hours=24)
_FINISHED = [state.value for state in (*FINISHED, State.DRAFT, State.NOTIFIED)]
_STANDING = frozenset({State.INFO_REQUIRED, State.SUSPENDED})
_ORDER_STAGES = {
    OrderState.SUBMITTED.value: "accept",
    OrderState.IN_PROGRESS.value: "verify",
    OrderState.INFO_REQUIRED.value: "standing",
    OrderState.COMPLETED.value: "callback",
    OrderState.FAILED.value: "callback",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the work; nothing given: all."""

    kind: str = ""
    type: str = ""
    stage: str = ""
    unit: str = ""
    owner: str | None = None
    """Empty: what nobody has taken."""
    colour: Colour | None = None
    due_within: int = 0
    """Hours; what is late already is not in it."""


def stage_of(state: State) -> str:
    """Empty: it is over, or was not begun."""
    if state.value in _FINISHED:
        return ""
    if state in _STANDING:
        return "standing"
    return "callback" if state is State.CALLBACK else STAGE_OF.get(state, "verify")


def scope(who: Principal) -> frozenset[str] | None:
    return None if who.center.level == "N" else who.visible_centers


async def works(session: AsyncSession, who: Principal, now: datetime) -> list[Work]:
    centers = scope(who)
    rows = await repository.open_tickets(session, _FINISHED, centers)
    since = await repository.states_since(session, _FINISHED, centers)
    orders = await repository.open_orders(session, list(_ORDER_STAGES), centers)
    return [
        *(_ticket(row, since.get(row.ticket_no, row.created_at)) for row in rows),
        *(_order(row) for row in orders),
        *(_visit(row) for row in await repository.open_visits(session, centers)),
        *(_contact(row) for row in await repository.waiting_contacts(session, centers)),
        *[_missed(each, who) for each in await callbacks.missed(session, who, now - MISSED_BACK) if not each.promise],
    ]


async def moves(session: AsyncSession, who: Principal, now: datetime) -> list[Move]:
    rows = await repository.moves(session, now - timedelta(days=1), scope(who))
    found = [Move(stage_of(State(before)), stage_of(State(after)), unit, at) for before, after, unit, at in rows]
    return [move for move in found if move.before != move.after]


async def lives(session: AsyncSession, who: Principal, since: datetime) -> list[Life]:
    return [Life(*row) for row in await repository.lives(session, since, scope(who))]


async def working_hours(session: AsyncSession, who: Principal) -> WorkingHours:
    """Of one's own centre: what is due on a holiday is due before it."""
    return WorkingHours(await working_days(session, who.center.center_id), ZONE)


async def finished_last_week(session: AsyncSession, who: Principal, now: datetime) -> int:
    return await repository.finished_since(session, now - WEEK, scope(who))


def chosen(all_works: list[Work], wanted: Wanted, now: datetime) -> list[Work]:
    """Most urgent first."""
    tests: list[Callable[[Work], bool]] = [
        lambda work: wanted.kind in ("", work.kind),
        lambda work: wanted.type in ("", work.type),
        lambda work: wanted.stage in ("", work.stage),
        lambda work: wanted.unit in ("", work.unit),
        lambda work: wanted.owner in (None, work.owner),
        lambda work: wanted.colour in (None, colour_of(work, now)),
        lambda work: not wanted.due_within or _due_within(work, wanted.due_within, now),
    ]
    found = [work for work in all_works if all(test(work) for test in tests)]
    return sorted(found, key=lambda work: (work.due_at is None, work.due_at or work.since, work.number))


def _due_within(work: Work, hours: int, now: datetime) -> bool:
    return work.due_at is not None and now < work.due_at <= now + timedelta(hours=hours)


def _ticket(row: TicketRow, since: datetime) -> Work:
    return Work(
        kind="ticket",
        number=row.ticket_no,
        type=row.type,
        title=row.title,
        state=row.state,
        stage=stage_of(State(row.state)),
        unit=row.owner_center or row.center_id,
        owner=row.owner,
        level=row.level,
        urges=row.urge_count,
        opened_at=row.created_at,
        since=since,
        yellow_at=row.yellow_at,
        due_at=row.due_at,
    )


def _visit(row: Visit) -> Work:
    span = row.due_at - row.planned_at
    return _item("visit", row.visit_no, row.title, row.state, row.center_id, row.agent_no, row.planned_at, span)


def _contact(row: Interaction) -> Work:
    """No ticket speaks for it yet."""
    title = row.subject or row.channel
    number, owner = row.interaction_id, row.assigned_to
    return _item("contact", number, title, row.state, row.center_id, owner, row.at, CONTACT_LIMIT)


def _missed(each: Missed, who: Principal) -> Work:
    title = f"{mask_number(each.call.caller_number)} × {each.times}"
    number, at = each.call.call_id, each.call.offered_at
    return _item("missed", number, title, "POOLED", who.center.center_id, "", at, MISSED_LIMIT)


def _item(
    kind: str, number: str, title: str, state: str, unit: str, owner: str, at: datetime, limit: timedelta
) -> Work:
    stage = "callback" if kind == "visit" else "accept"
    return Work(
        kind=kind,
        number=number,
        type=kind,
        title=title,
        state=state,
        stage=stage,
        unit=unit,
        owner=owner,
        level="NORMAL",
        urges=0,
        opened_at=at,
        since=at,
        yellow_at=at + 0.8 * limit,
        due_at=at + limit,
    )


def _order(row: OrderRow) -> Work:
    stage = _ORDER_STAGES[row.state]
    runs = stage in ("accept", "verify")
    return Work(
        kind="order",
        number=row.order_no,
        type="service_order",
        title=row.service,
        state=row.state,
        stage=stage,
        unit=row.center_id,
        owner="",
        level="NORMAL",
        urges=0,
        opened_at=row.created_at,
        since=row.updated_at,
        yellow_at=row.created_at + 0.8 * ORDER_LIMIT if runs else None,
        due_at=row.created_at + ORDER_LIMIT if runs else None,
    )
