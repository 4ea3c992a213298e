"""Tickets of other installations, written as the exchange says. Decides nothing, never commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.tickets import consequences, ledger, news, repository, service
from agent_api.tickets.models import TicketEvent, TicketNews, TicketRow
from agent_api.tickets.thresholds import rules as thresholds
from agent_api.tickets.words import Ticket

EXCHANGE = "exchange"


async def find(session: AsyncSession, ticket_no: str) -> tuple[TicketRow, list[TicketEvent]] | None:
    """Locked until the transaction is over."""
    row = await repository.by_number(session, ticket_no, for_update=True)
    return None if row is None else (row, list(await repository.timeline(session, ticket_no)))


def first_of(row: TicketRow) -> Ticket:
    """As it was opened."""
    return service.rebuilt(row, [])


def limits_of(said: Mapping[str, Sequence[int]]) -> dict[str, list[int]] | None:
    """Limits of the accepting centre, as a ticket keeps them: by them its due moments are the same at every side."""
    return thresholds.known(said) or None


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


async def follow(session: AsyncSession, row: TicketRow, timeline: Sequence[TicketEvent], places: Iterable[int]) -> None:
    """What follows from acts done elsewhere, as from our own: people are told, orders issued, customers written to."""
    for place in places:
        entry, until = timeline[place], timeline[: place + 1]
        if await auth.works_here(session, entry.center_id):
            continue  # it was done here, and followed then
        case = ledger.TicketCase(row, until, ledger.rebuilt(row, until))
        who = replace(system(await auth.center(session, entry.center_id)), agent_no=entry.actor)
        # Who has the same number here is somebody else, and to be told.
        await consequences.follow(session, case, replace(ledger.happening(entry), actor=""), who)
