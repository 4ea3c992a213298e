"""What every endpoint that shows a customer's record depends on: the look is judged before anything is shown."""

from typing import Annotated

from fastapi import Depends

from agent_api.access import service
from agent_api.access.rules import AlarmKind
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.customers import scope
from agent_api.web import ContextDep, allowed


async def look(context: Context, who: Principal, customer_id: str) -> None:
    """Whoever may see this customer is shown the record in any case: an agent must not wait. The alarm comes first."""
    now, on_screen = context.clock(), context.hub.call_on_screen(who.agent_no)
    async with context.db.read() as session:
        await scope.check(session, who, customer_id)
        kind = await service.look_needs_alarm(session, who, customer_id, on_screen, now)
    if kind is not None:
        await raise_alarm(context, who, customer_id, kind)


async def raise_alarm(context: Context, who: Principal, customer_id: str, kind: AlarmKind) -> None:
    """In a transaction of its own: it stays when what was asked for is refused."""
    async with context.db.write() as session:
        await service.raise_alarm(session, who, customer_id, kind, context.clock(), context.settings.zone)


async def _looked(
    customer_id: str, context: ContextDep, who: Annotated[Principal, Depends(allowed(Permission.CUSTOMER_READ))]
) -> Principal:
    await look(context, who, customer_id)
    return who


Looking = Annotated[Principal, Depends(_looked)]
"""The signed-in person, who may read customers, and whose look at `customer_id` has been judged."""
