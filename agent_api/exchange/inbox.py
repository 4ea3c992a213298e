"""What comes from a peer: each message is taken once, in its order, and answered the same every time. Never commits."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.exchange import application, distribution, repository
from agent_api.exchange.models import InMessage, TicketLink
from agent_api.exchange.replica import Refused
from agent_api.exchange.ways import Ways
from agent_api.exchange.wire import Ack, Message, Payload
from agent_api.exchange.words import Incoming, MessageType


async def receive(session: AsyncSession, peer: str, message: Message, ways: Ways, now: datetime) -> Ack:
    await repository.lock(session, message.ticket_no)
    known = await session.get(InMessage, message.message_id)
    link = await repository.link(session, message.ticket_no, peer)
    if known is not None:
        return await _said(session, known, link)
    if message.seq <= link.received or await repository.at_place(session, peer, message.ticket_no, message.seq):
        return Ack(message_id=message.message_id, state=Incoming.REFUSED, code="exchange.seq_taken")
    kept = _kept(peer, message, now)
    session.add(kept)
    await session.flush()
    if message.seq == link.received + 1:
        await _take(session, kept, link, ways, now)
        await _take_waiting(session, link, ways, now)
    return await _said(session, kept, link)


async def _take(session: AsyncSession, message: InMessage, link: TicketLink, ways: Ways, now: datetime) -> None:
    """Own acts of the ticket go out first: their places would move."""
    await distribution.spread(session, message.ticket_no, ways, now)
    try:
        async with session.begin_nested():
            await application.apply(session, letter(message), message.peer_id, ways, now)
        message.state = Incoming.DONE.value
    except Refused as refused:
        # The savepoint's end made them forget what they hold.
        await session.refresh(message)
        await session.refresh(link)
        message.state, message.code = Incoming.REFUSED.value, refused.code
    link.received, message.done_at = message.seq, now


async def _take_waiting(session: AsyncSession, link: TicketLink, ways: Ways, now: datetime) -> None:
    while (following := await repository.waiting(session, link.peer_id, link.ticket_no, link.received + 1)) is not None:
        await _take(session, following, link, ways, now)


async def _said(session: AsyncSession, message: InMessage, link: TicketLink) -> Ack:
    state = Incoming(message.state)
    missing: set[int] = set()
    if state is Incoming.WAITING:
        here = await repository.known_numbers(session, message.peer_id, message.ticket_no)
        missing = set(range(link.received + 1, message.seq)) - here
    return Ack(message_id=message.message_id, state=state, code=message.code, missing=tuple(sorted(missing)))


def _kept(peer: str, message: Message, now: datetime) -> InMessage:
    return InMessage(
        message_id=message.message_id,
        from_center=message.from_center,
        to_center=message.to_center,
        peer_id=peer,
        type=message.type.value,
        ticket_no=message.ticket_no,
        seq=message.seq,
        payload=message.payload.model_dump(mode="json"),
        state=Incoming.WAITING.value,
        code="",
        received_at=now,
        done_at=None,
    )


def letter(kept: InMessage) -> Message:
    return Message(
        message_id=kept.message_id,
        type=MessageType(kept.type),
        from_center=kept.from_center,
        to_center=kept.to_center,
        ticket_no=kept.ticket_no,
        seq=kept.seq,
        sent_at=kept.received_at,
        payload=Payload.model_validate(kept.payload),
    )
