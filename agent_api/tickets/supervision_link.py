"""Steps of a supervision order between installations: each keeps the order, the ticket's timeline carries them.

The order of both sides is the one issued at the same moment. Never commits.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.tickets import ledger, supervision
from agent_api.tickets.flows.parts import moment
from agent_api.tickets.models import SupervisionOrder
from agent_api.tickets.supervision_flow import TITLES, OrderAct, OrderState, step
from agent_api.tickets.words import Act, Happening, Refusal

STEP, ISSUED, TEXT = "supervision", "issued_at", "text"


async def tell(
    session: AsyncSession, order: SupervisionOrder, what: OrderAct, text: str, who: Principal, now: datetime
) -> None:
    """Into the timeline, where the other party of the order works at another installation."""
    both = {order.center_id, order.issuer_center}
    if all([await auth.works_here(session, center_id) for center_id in both]):
        return
    case = await ledger.case(session, order.ticket_no, for_update=True)
    data = {STEP: what.value, ISSUED: order.issued_at.isoformat(), TEXT: text[:500]}
    comment = f"督办{TITLES[what]}" + (f"：{text}" if text else "")
    await ledger.write(session, case, Happening(Act.CORRESPOND, now, comment[:1000], data), who)


async def heard(session: AsyncSession, ticket_no: str, data: Mapping[str, str], actor: str, at: datetime) -> None:
    """The other side's step. What does not fit here any more is left out: both timelines show it."""
    issued = moment(data.get(ISSUED, ""))
    if STEP not in data or issued is None or data[STEP] not in set(OrderAct):
        return
    what, text = OrderAct(data[STEP]), data.get(TEXT, "")
    order = await session.scalar(
        select(SupervisionOrder)
        .where(SupervisionOrder.ticket_no == ticket_no, SupervisionOrder.issued_at == issued)
        .with_for_update()
    )
    if order is None:
        return
    try:
        state = step(OrderState(order.state), what, text)
    except Refusal:
        return
    await supervision.advance(session, order, what, state, text, actor, at)
