"""From acts to messages: who has to hear of what happened to a ticket. Never commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.errors import NotFound, Refused
from agent_api.exchange import copies, file_refs, outbox, replica, repository
from agent_api.exchange.copies import Held
from agent_api.exchange.form import form_of
from agent_api.exchange.models import InMessage, OutMessage
from agent_api.exchange.outbox import Address
from agent_api.exchange.replica import Replica, Send
from agent_api.exchange.ways import Ways, unit_of
from agent_api.exchange.wire import Entry, FileRef, Payload
from agent_api.exchange.words import Incoming, Kind, MessageType, Outgoing, type_of
from agent_api.tickets import news
from agent_api.tickets.replicas import EXCHANGE
from agent_api.tickets.words import SYSTEM_ACTS, Act


async def spread(session: AsyncSession, ticket_no: str, ways: Ways, now: datetime) -> set[str]:
    """Everything our own people did to the ticket and nobody else knows yet. The centres it concerns."""
    await repository.lock(session, ticket_no)
    if (ticket := await copies.held(session, ticket_no)) is None:
        return set()
    # Asked after the ticket is held: an act in between would be counted among the wrong ones.
    if not (numbers := await news.pending_of(session, EXCHANGE, ticket_no)):
        return set()
    for seq in numbers:
        await news.done(session, EXCHANGE, ticket_no, seq)
    # Whatever is written from elsewhere is written after a spread, so the unknown acts are the last ones.
    acts = ticket.replica.entries[-len(numbers) :]
    for entry in acts:
        await _between_own_centers(session, ticket, entry, ways, now)
    await _to_peers(session, ticket, acts, ways, now)
    return {ticket.row.center_id, ticket.row.owner_center}


async def _to_peers(session: AsyncSession, ticket: Held, acts: Sequence[Entry], ways: Ways, now: datetime) -> None:
    after, sends = ticket.replica, list[Send]()
    if ticket.shared is not None:
        after, sends = replica.acted(after, len(acts))
    after, more = replica.tell(after, _peers(ticket, after, ways))
    if ticket.shared is None and not more:
        return
    await copies.save(session, ticket, after, now)
    await post(session, ticket, [*sends, *more], ways, now)


async def tell_on(session: AsyncSession, ticket: Held, after: Replica, ways: Ways, now: datetime) -> None:
    """Save what came from one side, and pass on what now has its place."""
    after, sends = replica.tell(after, _peers(ticket, after, ways))
    await copies.save(session, ticket, after, now)
    await post(session, ticket, sends, ways, now)


def _peers(ticket: Held, after: Replica, ways: Ways) -> set[str]:
    if ways.lead_nowhere:
        return set()
    certain = after.entries[: after.confirmed]
    tier = replica.state_of(after.first, certain).tier
    return {ways.peer_to(unit) for unit in ways.units(ticket.row.center_id, tier, certain)} - {""}


async def post(session: AsyncSession, ticket: Held, sends: Iterable[Send], ways: Ways, now: datetime) -> None:
    sends = list(sends)
    refs = await file_refs.known(session, ticket.row, ticket.shared) if sends else ()
    for send in sends:
        payload = await _completed(session, ticket, send.payload, refs, now)
        said = payload.entries[-1] if payload.entries else None
        address = Address(_speaker(said, ways), _listener(ticket, send.peer, ways), send.peer)
        await outbox.put(session, ticket.row.ticket_no, _type(payload), address, payload, now, send.asked_by)


async def _completed(
    session: AsyncSession, ticket: Held, payload: Payload, refs: Sequence[FileRef], now: datetime
) -> Payload:
    filled = payload.kind is Kind.COPY
    form = await form_of(session, ticket.row, ticket.timeline, refs, now) if filled else None
    return payload.model_copy(update={"files": tuple(refs), "form": form})


async def say_all_instead(session: AsyncSession, ticket: Held, message: OutMessage, now: datetime) -> None:
    """In the place of a message that cannot be taken: the whole ticket, or towards its home the question for it."""
    if message.peer_id == ticket.replica.upstream:
        payload = Payload(kind=Kind.QUESTION)
    else:
        refs = await file_refs.known(session, ticket.row, ticket.shared)
        payload = await _completed(session, ticket, replica.whole(ticket.replica), refs, now)
    outbox.say_instead(message, _type(payload), payload, now)


async def question(session: AsyncSession, ticket_no: str, ways: Ways, now: datetime) -> None:
    """Ask the accepting side for the whole timeline."""
    ticket = await copies.held(session, ticket_no)
    if ticket is None:
        raise NotFound("ticket", ticket_no)
    if not ticket.replica.upstream:
        raise Refused("ticket.owned_here")
    await post(session, ticket, [Send(ticket.replica.upstream, Payload(kind=Kind.QUESTION))], ways, now)


def _type(payload: Payload) -> MessageType:
    match payload.kind:
        case Kind.QUESTION:
            return MessageType.QUERY
        case Kind.VERDICT:
            return MessageType.COMMENT
        case Kind.COPY:
            last = payload.entries[-1].act if payload.entries else Act.ASSIGN
            return MessageType.ESCALATE if last is Act.ESCALATE else MessageType.ASSIGN
        case _:
            return type_of(payload.entries[0].act.value)


def _speaker(said: Entry | None, ways: Ways) -> str:
    return said.center_id if said is not None and ways.works_here(said.center_id) else ways.front()


def _listener(ticket: Held, peer: str, ways: Ways) -> str:
    for center_id in (unit_of(ticket.row.target), ticket.row.center_id):
        if ways.peer_to(center_id) == peer:
            return center_id
    return ways.front(peer)


async def _between_own_centers(session: AsyncSession, ticket: Held, entry: Entry, ways: Ways, now: datetime) -> None:
    """The same messages, delivered in this transaction: the ticket is there already."""
    if entry.act in SYSTEM_ACTS or not ways.works_here(entry.center_id):
        return
    for to in sorted({ticket.row.center_id, *_named(ticket, entry, ways)} - {entry.center_id}):
        if ways.works_here(to):
            payload = Payload(kind=Kind.LOCAL, entries=(entry,))
            address = Address(entry.center_id, to, "")
            kind = type_of(entry.act.value)
            _deliver(session, await outbox.put(session, ticket.row.ticket_no, kind, address, payload, now), now)


def _named(ticket: Held, entry: Entry, ways: Ways) -> set[str]:
    said = {unit_of(entry.data.get("target", "")), unit_of(entry.data.get("subtask", ""))}
    return {each for each in {unit_of(ticket.row.target), *said} if each in ways.places}


def _deliver(session: AsyncSession, message: OutMessage, now: datetime) -> None:
    message.state, message.due_at, message.answered_at, message.attempts = Outgoing.ACKED.value, None, now, 1
    session.add(
        InMessage(
            message_id=message.message_id,
            from_center=message.from_center,
            to_center=message.to_center,
            peer_id="",
            type=message.type,
            ticket_no=message.ticket_no,
            seq=message.seq,
            payload=message.payload,
            state=Incoming.DONE.value,
            code="",
            received_at=now,
            done_at=now,
        )
    )
