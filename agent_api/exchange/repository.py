"""Queries of the exchange."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from agent_api.db import lock_until_commit
from agent_api.exchange.models import InMessage, OutMessage, Peer, SharedTicket, TicketLink
from agent_api.exchange.words import Incoming, Outgoing

_LOCKS = 0x0E0C << 32


async def lock(session: AsyncSession, ticket_no: str) -> None:
    """Nobody else moves this ticket between installations until the commit; it may not exist yet."""
    await (await session.connection()).run_sync(lock_until_commit, _LOCKS + crc32(ticket_no.encode()))


async def peers(session: AsyncSession) -> Sequence[Peer]:
    return (await session.scalars(select(Peer).order_by(Peer.peer_id))).all()


async def links(session: AsyncSession, ticket_no: str) -> dict[str, TicketLink]:
    found = await session.scalars(select(TicketLink).where(TicketLink.ticket_no == ticket_no))
    return {each.peer_id: each for each in found}


async def link(session: AsyncSession, ticket_no: str, peer_id: str) -> TicketLink:
    found = await session.get(TicketLink, (ticket_no, peer_id))
    if found is None:
        found = TicketLink(ticket_no=ticket_no, peer_id=peer_id, sent=0, received=0, told=None)
        session.add(found)
    return found


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Its time has come, its peer is not paused, and no earlier message of the ticket waits for its answer."""
    earlier = aliased(OutMessage)
    blocked = exists().where(
        earlier.peer_id == OutMessage.peer_id,
        earlier.ticket_no == OutMessage.ticket_no,
        earlier.seq < OutMessage.seq,
        earlier.answered_at.is_(None),
    )
    waiting = (Outgoing.QUEUED.value, Outgoing.RETRY.value, Outgoing.SENT.value)
    paused = select(Peer.peer_id).where(Peer.paused.is_(True))
    return and_(OutMessage.state.in_(waiting), OutMessage.due_at <= now, ~blocked, OutMessage.peer_id.not_in(paused))


async def any_due(session: AsyncSession, now: datetime) -> bool:
    found = await session.scalar(select(OutMessage.message_id).where(_is_due(now)).limit(1))
    return found is not None


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[OutMessage]:
    """Oldest first; locked, and passed over where another process has them."""
    found = await session.scalars(
        select(OutMessage)
        .where(_is_due(now))
        .order_by(OutMessage.created_at, OutMessage.seq)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def sent(session: AsyncSession, peer_id: str, ticket_no: str, numbers: Collection[int]) -> Sequence[OutMessage]:
    found = await session.scalars(
        select(OutMessage).where(
            OutMessage.peer_id == peer_id, OutMessage.ticket_no == ticket_no, OutMessage.seq.in_(numbers)
        )
    )
    return found.all()


async def proposal(session: AsyncSession, act_id: str, ticket_no: str) -> OutMessage | None:
    """The message that carried this act towards the accepting centre."""
    found: OutMessage | None = await session.scalar(
        select(OutMessage)
        .where(OutMessage.act_id == act_id, OutMessage.ticket_no == ticket_no)
        .order_by(OutMessage.seq.desc())
        .limit(1)
    )
    return found


async def waiting(session: AsyncSession, peer_id: str, ticket_no: str, seq: int) -> InMessage | None:
    found: InMessage | None = await session.scalar(
        select(InMessage).where(
            InMessage.peer_id == peer_id,
            InMessage.ticket_no == ticket_no,
            InMessage.seq == seq,
            InMessage.state == Incoming.WAITING,
        )
    )
    return found


async def at_place(session: AsyncSession, peer_id: str, ticket_no: str, seq: int) -> bool:
    found = await session.scalar(
        select(InMessage.message_id).where(
            InMessage.peer_id == peer_id, InMessage.ticket_no == ticket_no, InMessage.seq == seq
        )
    )
    return found is not None


async def known_numbers(session: AsyncSession, peer_id: str, ticket_no: str) -> set[int]:
    found = await session.scalars(
        select(InMessage.seq).where(InMessage.peer_id == peer_id, InMessage.ticket_no == ticket_no)
    )
    return set(found)


async def outbox_page(
    session: AsyncSession, centers: Collection[str], states: Collection[str], limit: int
) -> Sequence[OutMessage]:
    """Latest first. A message that passes through belongs to the centre that speaks for this installation."""
    query = select(OutMessage).where(OutMessage.from_center.in_(centers))
    if states:
        query = query.where(OutMessage.state.in_(states))
    query = query.order_by(OutMessage.created_at.desc(), OutMessage.seq.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def inbox_page(
    session: AsyncSession, centers: Collection[str], states: Collection[str], limit: int
) -> Sequence[InMessage]:
    query = select(InMessage).where(InMessage.to_center.in_(centers))
    if states:
        query = query.where(InMessage.state.in_(states))
    return (
        await session.scalars(query.order_by(InMessage.received_at.desc(), InMessage.seq.desc()).limit(limit))
    ).all()


async def outbox_counts(session: AsyncSession) -> list[tuple[str, str, str, int]]:
    """Centre, peer, state, how many."""
    columns = (OutMessage.from_center, OutMessage.peer_id, OutMessage.state)
    found = await session.execute(select(*columns, func.count()).group_by(*columns))
    return [(center, peer, state, count) for center, peer, state, count in found]


async def inbox_counts(session: AsyncSession) -> list[tuple[str, str, str, int]]:
    columns = (InMessage.to_center, InMessage.peer_id, InMessage.state)
    found = await session.execute(select(*columns, func.count()).group_by(*columns))
    return [(center, peer, state, count) for center, peer, state, count in found]


async def dead_of_peer(session: AsyncSession, peer_id: str) -> Sequence[OutMessage]:
    found = await session.scalars(
        select(OutMessage).where(
            OutMessage.peer_id == peer_id, OutMessage.state == Outgoing.DEAD, OutMessage.answered_at.is_(None)
        )
    )
    return found.all()


async def shared_with(session: AsyncSession, peer_id: str, ticket_no: str) -> bool:
    found = await session.get(TicketLink, (ticket_no, peer_id))
    return found is not None and await session.get(SharedTicket, ticket_no) is not None


async def forget_before(session: AsyncSession, at: datetime) -> None:
    """Messages that were answered before then; dead ones without an answer stay until somebody decides."""
    await session.execute(delete(OutMessage).where(OutMessage.answered_at < at))
    await session.execute(delete(InMessage).where(InMessage.done_at < at))
