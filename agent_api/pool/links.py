"""Which orders settle which tickets; written from both sides. Never commits."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.pool.models import PoolOrder


async def link(session: AsyncSession, ticket_no: str, order_no: str, by: str, now: datetime) -> None:
    await session.merge(PoolOrder(ticket_no=ticket_no, order_no=order_no, agent_no=by, at=now))
    await session.flush()
