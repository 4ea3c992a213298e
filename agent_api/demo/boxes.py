"""The boxes of the demo's centres: what its tickets said between them. A peer that joins later is told none of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.exchange import distribution
from agent_api.exchange.ways import Ways
from agent_api.tickets import news
from agent_api.tickets.replicas import EXCHANGE

MOST = 1000


async def fill(session: AsyncSession, now: datetime) -> None:
    await session.flush()
    ways = Ways(await auth.places(session))
    pending = await news.pending(session, EXCHANGE, MOST)
    for ticket_no in dict.fromkeys(ticket_no for ticket_no, _ in pending):
        await distribution.spread(session, ticket_no, ways, now)
