"""Which customers somebody may see: a city's back office those of its city, and those of its tickets. Never commits."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.customers import repository
from agent_api.customers.models import Customer
from agent_api.errors import Denied
from agent_api.tickets import service as tickets


def seen_by(who: Principal) -> ColumnElement[bool] | None:
    """None: every customer, as whoever answers the hotline must."""
    if not who.is_city_unit:
        return None
    of_the_city = Customer.center_id.in_(who.visible_centers)
    return or_(of_the_city, tickets.has_part(Customer.customer_id, who.visible_centers))


async def check(session: AsyncSession, who: Principal, customer_id: str) -> None:
    """Denied also for a customer that does not exist: whether there is one is nobody's business."""
    seen = seen_by(who)
    if seen is not None and not await repository.is_seen(session, customer_id, seen):
        raise Denied("auth.forbidden", {"customer_id": customer_id})
