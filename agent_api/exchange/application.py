"""What a peer's message does to the ticket here, and what goes on from here. Never commits; raises Refused."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.exchange import copies, distribution, file_refs, replica, repository
from agent_api.exchange.copies import Held
from agent_api.exchange.form import details_of
from agent_api.exchange.models import OutMessage, SharedTicket
from agent_api.exchange.replica import Refused, Send
from agent_api.exchange.ways import Ways
from agent_api.exchange.wire import Message, Payload
from agent_api.exchange.words import Kind, Outgoing


async def apply(session: AsyncSession, message: Message, peer: str, ways: Ways, now: datetime) -> None:
    ticket = await copies.held(session, message.ticket_no)
    match message.payload.kind:
        case Kind.COPY:
            await _take_copy(session, ticket, message.payload, peer, ways, now)
        case Kind.NEWS:
            known = _from_home(ticket, peer)
            after = replica.heard(known.replica, message.payload.base, message.payload.entries)
            await distribution.tell_on(session, known, after, ways, now)
        case Kind.PROPOSAL:
            await _take_proposal(session, ticket, message.payload, peer, ways, now)
        case Kind.VERDICT:
            known = _from_home(ticket, peer)
            await take_back(session, known, message.payload.act_id, message.payload.code, ways, now)
        case Kind.QUESTION:
            known = _shared(ticket)
            whole = [Send(peer, replica.whole(known.replica))]
            await distribution.post(session, known, whole, ways, now)
        case _:
            raise Refused("exchange.unreadable")
    if (shared := await session.get(SharedTicket, message.ticket_no)) is not None:
        file_refs.learned(shared, peer, message.payload.files)


async def _take_copy(
    session: AsyncSession, ticket: Held | None, payload: Payload, peer: str, ways: Ways, now: datetime
) -> None:
    if payload.form is None or ways.peer_to(payload.form.home_center) != peer:
        raise Refused("exchange.not_home")
    if ticket is None:
        ticket = await copies.open_copy(session, payload.form, peer, now)
    elif ticket.shared is None or ticket.shared.upstream != peer:
        raise Refused("exchange.number_taken")
    else:
        ticket.row.details = ticket.row.details | details_of(payload.form)
    await distribution.tell_on(session, ticket, replica.replaced(ticket.replica, payload.entries), ways, now)


async def _take_proposal(
    session: AsyncSession, ticket: Held | None, payload: Payload, peer: str, ways: Ways, now: datetime
) -> None:
    known, entry = _shared(ticket), payload.entries[0]
    if ways.peer_to(entry.center_id) != peer or peer not in known.replica.told:
        raise Refused("exchange.foreign_center")
    after, sends = replica.proposed(known.replica, peer, entry)
    await distribution.tell_on(session, known, after, ways, now)
    await distribution.post(session, known, sends, ways, now)


async def take_back(session: AsyncSession, ticket: Held, act_id: str, code: str, ways: Ways, now: datetime) -> None:
    """An act of ours, or one we passed on, was refused by the accepting side."""
    await copies.save(session, ticket, replica.withdrawn(ticket.replica, act_id), now)
    carried = await repository.proposal(session, act_id, ticket.row.ticket_no)
    if carried is None:
        return
    carried.state, carried.code = Outgoing.DEAD.value, code
    await pass_verdict_on(session, ticket, carried, ways, now)


async def refused_by_peer(session: AsyncSession, message: OutMessage, ways: Ways, now: datetime) -> None:
    """A message of ours is dead for good: an act it carried does not count."""
    ticket = await copies.held(session, message.ticket_no)
    if ticket is None or not message.act_id:
        return
    await copies.save(session, ticket, replica.withdrawn(ticket.replica, message.act_id), now)
    await pass_verdict_on(session, ticket, message, ways, now)


async def pass_verdict_on(session: AsyncSession, ticket: Held, carried: OutMessage, ways: Ways, now: datetime) -> None:
    if carried.asked_by:
        verdict = Payload(kind=Kind.VERDICT, act_id=carried.act_id, code=carried.code)
        await distribution.post(session, ticket, [Send(carried.asked_by, verdict)], ways, now)


def _shared(ticket: Held | None) -> Held:
    if ticket is None or ticket.shared is None:
        raise Refused("exchange.unknown_ticket")
    return ticket


def _from_home(ticket: Held | None, peer: str) -> Held:
    known = _shared(ticket)
    if known.replica.upstream != peer:
        raise Refused("exchange.not_home")
    return known
