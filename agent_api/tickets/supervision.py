"""Supervision orders: issued with the act on the ticket, signed, reported on, answered, accepted. Never commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, NotFound, Refused
from agent_api.tickets import alerts
from agent_api.tickets.models import SupervisionOrder, SupervisionStep, TicketRow
from agent_api.tickets.supervision_flow import (
    BY_THE_ISSUER,
    BY_THE_UNIT,
    NEXT,
    OrderAct,
    OrderState,
    due_after,
    step,
)
from agent_api.tickets.words import Refusal


async def issue(session: AsyncSession, row: TicketRow, reason: str, who: Principal, now: datetime) -> SupervisionOrder:
    """To the unit that works on the ticket."""
    order = SupervisionOrder(
        order_id=uuid4().hex,
        ticket_no=row.ticket_no,
        center_id=row.owner_center or row.center_id,
        issued_by=who.agent_no,
        issuer_center=who.center.center_id,
        reason=reason,
        state=OrderState.ISSUED.value,
        issued_at=now,
        due_at=due_after(OrderState.ISSUED, now),
        late=0,
    )
    session.add(order)
    await session.flush()
    _note(session, order, 1, OrderAct.ISSUE, who.agent_no, reason, now)
    return order


async def act(
    session: AsyncSession, order_id: str, what: OrderAct, text: str, who: Principal, now: datetime
) -> SupervisionOrder:
    order = await session.get(SupervisionOrder, order_id, with_for_update=True)
    if order is None or not {order.center_id, order.issuer_center} & who.visible_centers:
        raise NotFound("supervision_order", order_id)
    if what not in _possible(order, who):
        raise Denied("ticket.forbidden_event", {"event": what.value})
    try:
        state = step(OrderState(order.state), what, text)
    except Refusal as refusal:
        raise Refused(refusal.code, {"state": order.state, "event": what.value}) from refusal
    await advance(session, order, what, state, text, who.agent_no, now)
    return order


async def advance(
    session: AsyncSession,
    order: SupervisionOrder,
    what: OrderAct,
    state: OrderState,
    text: str,
    actor: str,
    now: datetime,
) -> None:
    """A step that is allowed, taken here or at the other party's installation. Who works here is told."""
    order.state, order.due_at = state.value, due_after(state, now)
    seq = await session.scalar(
        select(func.count()).select_from(SupervisionStep).where(SupervisionStep.order_id == order.order_id)
    )
    _note(session, order, (seq or 0) + 1, what, actor, text, now)
    alerts.tell(
        session,
        await _other(session, order, what) - {actor},
        order.ticket_no,
        "supervision",
        {"event": what.value},
        now,
    )
    await session.flush()


async def _other(session: AsyncSession, order: SupervisionOrder, what: OrderAct) -> set[str]:
    """Whose turn it is. A number of another installation is somebody else's here."""
    if what not in BY_THE_UNIT:
        return await alerts.leads_of(session, order.center_id)
    return {order.issued_by} if await auth.works_here(session, order.issuer_center) else set()


def allowed(order: SupervisionOrder, who: Principal) -> list[OrderAct]:
    """What this person may do to it now."""
    possible = _possible(order, who)
    return [act for state, act in NEXT if state == order.state and act in possible]


def _possible(order: SupervisionOrder, who: Principal) -> frozenset[OrderAct]:
    found: frozenset[OrderAct] = frozenset()
    if who.may(Permission.TICKET_LEAD) and order.center_id in who.visible_centers:
        found |= BY_THE_UNIT
    if who.may(Permission.TICKET_SUPERVISE) and order.issuer_center in who.visible_centers:
        found |= BY_THE_ISSUER
    return found


async def listed(
    session: AsyncSession, who: Principal, state: OrderState | None, ticket_no: str | None, limit: int
) -> Sequence[SupervisionOrder]:
    """Issued by, or to, one's own centre or one below; latest first."""
    mine = SupervisionOrder.center_id.in_(who.visible_centers) | SupervisionOrder.issuer_center.in_(who.visible_centers)
    query = select(SupervisionOrder).where(mine).order_by(SupervisionOrder.issued_at.desc()).limit(limit)
    if state is not None:
        query = query.where(SupervisionOrder.state == state.value)
    if ticket_no is not None:
        query = query.where(SupervisionOrder.ticket_no == ticket_no)
    return (await session.scalars(query)).all()


async def steps(session: AsyncSession, order_ids: Sequence[str]) -> dict[str, list[SupervisionStep]]:
    found = await session.scalars(
        select(SupervisionStep).where(SupervisionStep.order_id.in_(order_ids)).order_by(SupervisionStep.seq)
    )
    lists: dict[str, list[SupervisionStep]] = {order_id: [] for order_id in order_ids}
    for each in found:
        lists[each.order_id].append(each)
    return lists


async def remind(session: AsyncSession, now: datetime) -> int:
    """Orders whose unit has missed its time: counted, leaders and issuer told, and a new time begins."""
    late = await session.scalars(
        select(SupervisionOrder).where(SupervisionOrder.due_at <= now).with_for_update(skip_locked=True)
    )
    orders = late.all()
    for order in orders:
        order.late += 1
        order.due_at = due_after(OrderState(order.state), now)
        people = await alerts.leads_of(session, order.center_id) | await _other(session, order, OrderAct.SIGN)
        alerts.tell(session, people, order.ticket_no, "supervision", {"event": "late"}, now)
    return len(orders)


def _note(
    session: AsyncSession, order: SupervisionOrder, seq: int, act: OrderAct, actor: str, text: str, now: datetime
) -> None:
    session.add(
        SupervisionStep(
            order_id=order.order_id, seq=seq, act=act.value, state=order.state, at=now, actor=actor, text=text
        )
    )
