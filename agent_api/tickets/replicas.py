"""Tickets of other installations, written as the exchange says. Decides nothing, never commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.tickets import news, repository, service
from agent_api.tickets.models import TicketEvent, TicketNews, TicketRow
from agent_api.tickets.words import Ticket

EXCHANGE = "exchange"


async def find(session: AsyncSession, ticket_no: str) -> tuple[TicketRow, list[TicketEvent]] | None:
    """Locked until the transaction is over."""
    row = await repository.by_number(session, ticket_no, for_update=True)
    return None if row is None else (row, list(await repository.timeline(session, ticket_no)))


def first_of(row: TicketRow) -> Ticket:
    """As it was opened."""
    return service.rebuilt(row, [])


async def rewrite(
    session: AsyncSession,
    row: TicketRow,
    timeline: Sequence[TicketEvent],
    kept: int,
    more: Sequence[TicketEvent],
    now: datetime,
) -> list[TicketEvent]:
    """The timeline's first `kept` entries, followed by `more`. Listeners are told of what is new."""
    for old in timeline[kept:]:
        await session.delete(old)
    others = [consumer for consumer in news.CONSUMERS if consumer != EXCHANGE]
    await session.execute(
        delete(TicketNews).where(
            TicketNews.ticket_no == row.ticket_no, TicketNews.seq > kept, TicketNews.consumer.in_(others)
        )
    )
    await session.flush()
    for seq, entry in enumerate(more, kept + 1):
        entry.ticket_no, entry.seq = row.ticket_no, seq
        session.add_all(
            TicketNews(consumer=consumer, ticket_no=row.ticket_no, seq=seq, at=entry.at) for consumer in others
        )
    session.add_all(more)
    written = [*timeline[:kept], *more]
    service.refresh(row, written, now)
    await session.flush()
    return written
