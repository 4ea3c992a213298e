"""What other systems have yet to be told of tickets: written with each act, taken away when told. Never commits."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.tickets.models import TicketEvent, TicketNews, TicketRow

CONSUMERS = ("exchange", "hub")
"""The exchange between tiers, and the listeners of trouble tickets (TMF621)."""


def note(session: AsyncSession, entry: TicketEvent) -> None:
    """In the transaction of the act itself: neither is ever there without the other."""
    session.add_all(
        TicketNews(consumer=consumer, ticket_no=entry.ticket_no, seq=entry.seq, at=entry.at) for consumer in CONSUMERS
    )


def opened(session: AsyncSession, ticket: TicketRow) -> None:
    """For the hub a ticket's opening is news, too, and has the number nought."""
    session.add(TicketNews(consumer="hub", ticket_no=ticket.ticket_no, seq=0, at=ticket.created_at))


async def pending(
    session: AsyncSession, consumer: str, limit: int, but: Collection[str] = ()
) -> Sequence[tuple[str, int]]:
    """Ticket and number of the act, in the order they happened; of one ticket never out of order."""
    found = await session.execute(
        select(TicketNews.ticket_no, TicketNews.seq)
        .where(TicketNews.consumer == consumer, TicketNews.ticket_no.not_in(but))
        .order_by(TicketNews.news_id)
        .limit(limit)
    )
    return [(ticket_no, seq) for ticket_no, seq in found]


async def pending_of(session: AsyncSession, consumer: str, ticket_no: str) -> Sequence[int]:
    found = await session.scalars(
        select(TicketNews.seq)
        .where(TicketNews.consumer == consumer, TicketNews.ticket_no == ticket_no)
        .order_by(TicketNews.seq)
    )
    return found.all()


async def done(session: AsyncSession, consumer: str, ticket_no: str, seq: int) -> None:
    await session.execute(
        delete(TicketNews).where(
            TicketNews.consumer == consumer, TicketNews.ticket_no == ticket_no, TicketNews.seq == seq
        )
    )


async def all_done(session: AsyncSession, consumer: str, told: Sequence[tuple[str, int]]) -> None:
    place = tuple_(TicketNews.ticket_no, TicketNews.seq)
    await session.execute(delete(TicketNews).where(TicketNews.consumer == consumer, place.in_(told)))


async def forget_before(session: AsyncSession, consumer: str, at: datetime) -> None:
    """For a consumer that may be missing in an installation."""
    await session.execute(delete(TicketNews).where(TicketNews.consumer == consumer, TicketNews.at < at))
