"""All work that waits in the pool as items of one shape: tickets, messages, contacts, missed calls, visits, orders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.callbacks import service as callbacks
from agent_api.channels.flow import State as ContactState
from agent_api.channels.models import Interaction
from agent_api.customers.rules import ProductType
from agent_api.masking import mask_number
from agent_api.orders.models import OrderRow
from agent_api.orders.offers import OFFERS
from agent_api.orders.workflow import UNFINISHED
from agent_api.orders.workflow import State as OrderState
from agent_api.pool import service, stages
from agent_api.pool.models import FrontReturn, PoolHold, PoolLease, PoolOrder
from agent_api.pool.stages import Kind, Seen, Stage
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import State, TicketType
from agent_api.visits.flow import State as VisitState
from agent_api.visits.models import Visit
from agent_api.visits.repository import OPEN_STATES, Wanted
from agent_api.visits.repository import page as visits_page

MOST = 200
ORDER_LIMIT = timedelta(hours=24)
CONTACT_LIMIT = timedelta(hours=24)
MISSED_LIMIT = timedelta(hours=2)
MISSED_BACK = timedelta(days=1)
WAITING_CONTACTS = (
    ContactState.PARSED, ContactState.UNREADABLE, ContactState.REGISTERED, ContactState.AUTO_ACK, ContactState.ASSIGNED,
    ContactState.PROCESSING, ContactState.BOUNCED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    kind: Kind
    number: str
    type: str
    title: str
    stage: Stage
    level: str
    center_id: str
    owner: str
    first_owner: str
    """Who took it down (首问负责)."""
    legal_due_at: datetime | None
    due_at: datetime | None
    created_at: datetime
    priority: int = 0
    vip: bool = False


def order_of_giving(item: Item, agent_no: str) -> tuple[object, ...]:
    """2.12: legal deadline, severity, level, age; before all else what one took down oneself."""
    never = datetime.max.replace(tzinfo=item.created_at.tzinfo)
    own = item.first_owner == agent_no
    return (not own, item.legal_due_at or never, -item.priority, not item.vip, item.due_at or never, item.created_at)


async def waiting(session: AsyncSession, who: Principal, now: datetime, kinds: Collection[Kind] = ()) -> list[Item]:
    """What nobody has settled: tickets of one's own centre, everything else also of those below."""
    center = who.center.center_id
    holds = await _holds(session, now)
    found: list[Item] = []
    for kind in kinds or Kind:
        match kind:
            case Kind.TICKET | Kind.MESSAGE:
                found += [each for each in await _tickets(session, center) if each.kind is kind]
            case Kind.CONTACT:
                found += await _contacts(session, who.visible_centers, holds)
            case Kind.MISSED:
                found += await _missed(session, who, now, holds)
            case Kind.VISIT:
                found += await _visits(session, who.visible_centers)
            case Kind.ORDER:
                found += await _orders(session, who.visible_centers, holds)
    return sorted(found, key=lambda each: order_of_giving(each, who.agent_no))


async def _holds(session: AsyncSession, now: datetime) -> Mapping[tuple[str, str], str]:
    rows = await session.scalars(select(PoolHold).where(PoolHold.until > now))
    return {(row.kind, row.number): row.agent_no for row in rows}


async def _tickets(session: AsyncSession, center: str) -> list[Item]:
    """Those that wait, and those that are held by a lease."""
    free = (await session.scalars(service.in_order(center).limit(MOST))).all()
    held_now = await session.execute(
        select(TicketRow, PoolLease.agent_no)
        .join(PoolLease, PoolLease.ticket_no == TicketRow.ticket_no)
        .where(TicketRow.owner_center == center, TicketRow.closed_at.is_(None), TicketRow.owner != "")
    )
    held = {row.ticket_no: row for row, _ in held_now}
    return await shown(session, [*free, *held.values()], held.keys())


async def shown(session: AsyncSession, rows: Sequence[TicketRow], held: Collection[str]) -> list[Item]:
    """Tickets with the stage they are in; also used for those that are done."""
    numbers = [row.ticket_no for row in rows]
    orders = await orders_of(session, numbers)
    back = set(await session.scalars(select(FrontReturn.ticket_no).where(FrontReturn.ticket_no.in_(numbers))))
    return [_ticket(row, row.ticket_no in held, row.ticket_no in back, orders.get(row.ticket_no, ())) for row in rows]


async def orders_of(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, tuple[str, ...]]:
    """States of the orders that were placed to settle these tickets."""
    rows = await session.execute(
        select(PoolOrder.ticket_no, OrderRow.state)
        .join(OrderRow, OrderRow.order_no == PoolOrder.order_no)
        .where(PoolOrder.ticket_no.in_(ticket_nos))
    )
    found: dict[str, tuple[str, ...]] = {}
    for ticket_no, state in rows:
        found[ticket_no] = (*found.get(ticket_no, ()), state)
    return found


def _ticket(row: TicketRow, held: bool, returned: bool, orders: tuple[str, ...]) -> Item:
    back = returned and row.owner == row.created_by
    seen = Seen(held, bool(row.owner), back, row.merged_into is not None, orders)
    return Item(
        Kind.MESSAGE if row.type == TicketType.MESSAGE else Kind.TICKET,
        row.ticket_no,
        row.type,
        row.title,
        stages.of_ticket(State(row.state), seen),
        row.level,
        row.owner_center or row.center_id,
        row.owner,
        row.created_by,
        row.legal_due_at,
        row.due_at,
        row.created_at,
        row.priority,
        row.vip,
    )


async def _contacts(session: AsyncSession, centers: frozenset[str], holds: Mapping[tuple[str, str], str]) -> list[Item]:
    """Those that no ticket speaks for."""
    rows = await session.scalars(
        select(Interaction)
        .where(
            Interaction.center_id.in_(centers),
            Interaction.state.in_([state.value for state in WAITING_CONTACTS]),
            Interaction.ticket_no.is_(None),
        )
        .order_by(Interaction.at)
        .limit(MOST)
    )
    return [_contact(row, holds.get((Kind.CONTACT, row.interaction_id), "")) for row in rows]


def _contact(row: Interaction, holder: str) -> Item:
    stage = stages.of_contact(ContactState(row.state), bool(holder))
    title, owner = row.subject or row.channel, row.assigned_to or holder
    due = row.at + CONTACT_LIMIT
    return Item(
        Kind.CONTACT,
        row.interaction_id,
        row.channel,
        title,
        stage,
        "NORMAL",
        row.center_id,
        owner,
        "",
        None,
        due,
        row.at,
    )


async def _missed(
    session: AsyncSession, who: Principal, now: datetime, holds: Mapping[tuple[str, str], str]
) -> list[Item]:
    """Callers who gave up and were not served since; the number stays masked."""
    return [
        Item(
            Kind.MISSED,
            each.call.call_id,
            each.call.queue or "",
            f"{mask_number(each.call.caller_number)} 未接来电 {each.times} 次",
            stages.of_missed((Kind.MISSED, each.call.call_id) in holds, each.promise is not None),
            "NORMAL",
            who.center.center_id,
            holds.get((Kind.MISSED, each.call.call_id), ""),
            "",
            None,
            each.call.offered_at + MISSED_LIMIT,
            each.call.offered_at,
            each.times,
        )
        for each in await callbacks.missed(session, who, now - MISSED_BACK)
    ]


async def _visits(session: AsyncSession, centers: frozenset[str]) -> list[Item]:
    rows, _ = await visits_page(session, Wanted(centers=centers, states=OPEN_STATES), MOST, 0)
    return [_visit(row) for row in rows]


def _visit(row: Visit) -> Item:
    return Item(
        Kind.VISIT, row.visit_no, row.rule_id, row.title, stages.of_visit(VisitState(row.state)), "NORMAL",
        row.center_id, row.agent_no, row.first_owner, None, row.due_at, row.planned_at, row.priority,
    )  # fmt: skip


async def _orders(session: AsyncSession, centers: frozenset[str], holds: Mapping[tuple[str, str], str]) -> list[Item]:
    """Orders that people carry out, or that ask the customer for something."""
    rows = await session.scalars(
        select(OrderRow)
        .where(OrderRow.center_id.in_(centers), OrderRow.state.in_([state.value for state in UNFINISHED]))
        .order_by(OrderRow.created_at)
        .limit(MOST)
    )
    return [_order(row, holds.get((Kind.ORDER, row.order_no), "")) for row in rows]


def _order(row: OrderRow, holder: str) -> Item:
    offer = OFFERS.get((ProductType(row.product_type), row.service))
    first = row.created_by if row.created_by.isdigit() else ""
    due = row.created_at + ORDER_LIMIT if row.state != OrderState.INFO_REQUIRED else None
    return Item(
        Kind.ORDER, row.order_no, row.product_type, offer.title if offer else row.service,
        stages.of_order(OrderState(row.state), bool(holder)), "NORMAL", row.center_id, holder, first, None, due,
        row.created_at,
    )  # fmt: skip
