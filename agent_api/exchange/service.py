"""Peers, the two boxes of a centre, and what people do about dead letters. Never commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied, NotFound, Refused
from agent_api.exchange import application, copies, distribution, outbox, repository
from agent_api.exchange.models import InMessage, OutMessage, Peer
from agent_api.exchange.ways import Ways
from agent_api.exchange.words import Outgoing

PAGE = 200


async def join(session: AsyncSession, peer_id: str, url: str, key: str, centers: Sequence[str], now: datetime) -> None:
    """Exchange with this installation, which leads to these centres. Again with other values: they are changed."""
    known = await session.get(Peer, peer_id)
    if known is None:
        peer = Peer(peer_id=peer_id, url=url, key=key, paused=False, created_at=now, heard_at=None, trouble="")
        peer.key_since = now
        session.add(peer)
    else:
        known.key_since = now if known.key != key else known.key_since
        known.url, known.key = url, key
    await auth.lead_to(session, peer_id, centers)


async def peer(session: AsyncSession, peer_id: str) -> Peer:
    found = await session.get(Peer, peer_id, with_for_update=True)
    if found is None:
        raise NotFound("peer", peer_id)
    return found


async def peers(session: AsyncSession) -> Sequence[Peer]:
    return await repository.peers(session)


async def outbox_of(session: AsyncSession, who: Principal, states: Sequence[str]) -> Sequence[OutMessage]:
    return await repository.outbox_page(session, who.visible_centers, states, PAGE)


async def inbox_of(session: AsyncSession, who: Principal, states: Sequence[str]) -> Sequence[InMessage]:
    return await repository.inbox_page(session, who.visible_centers, states, PAGE)


async def send_again(session: AsyncSession, message_id: str, reason: str, who: Principal, now: datetime) -> OutMessage:
    message = await _own(session, message_id, who)
    outbox.send_again(message, now)
    await _note(session, message, "exchange.resend", reason, who, now)
    return message


async def skip(session: AsyncSession, message_id: str, reason: str, who: Principal, now: datetime) -> OutMessage:
    """What it said is given up, the ticket goes as a whole in its place: what waits behind it can go on."""
    message = await _own(session, message_id, who)
    await repository.lock(session, message.ticket_no)
    ticket = await copies.held(session, message.ticket_no)
    if ticket is None or not outbox.is_stuck(message):
        raise Refused("exchange.wrong_state", {"state": message.state})
    message.code = "exchange.skipped"
    if message.act_id:
        await application.refused_by_peer(session, message, Ways(await auth.places(session)), now)
        ticket = await copies.held(session, message.ticket_no) or ticket
    await distribution.say_all_instead(session, ticket, message, now)
    await _note(session, message, "exchange.skip", reason, who, now)
    return message


async def settle(session: AsyncSession, message_id: str, reason: str, who: Principal, now: datetime) -> OutMessage:
    message = await _own(session, message_id, who)
    outbox.settle(message)
    await _note(session, message, "exchange.settle", reason, who, now)
    return message


async def _own(session: AsyncSession, message_id: str, who: Principal) -> OutMessage:
    message = await outbox.get(session, message_id)
    if message.from_center not in who.visible_centers:
        raise Denied("auth.forbidden", {"message_id": message_id})
    return message


async def _note(
    session: AsyncSession, message: OutMessage, action: str, reason: str, who: Principal, now: datetime
) -> None:
    said = f"{message.ticket_no}: {reason}" if reason else message.ticket_no
    await audit.record(session, who, action, now, subject="message", subject_id=message.message_id, reason=said)


async def send_all_again(session: AsyncSession, peer_id: str, who: Principal, now: datetime) -> int:
    """Every dead letter to a peer that nobody answered, of the centres this person sees."""
    if await session.get(Peer, peer_id) is None:
        raise NotFound("peer", peer_id)
    dead = [each for each in await repository.dead_of_peer(session, peer_id) if each.from_center in who.visible_centers]
    for message in dead:
        outbox.send_again(message, now)
    await audit.record(
        session, who, "exchange.resend", now, subject="peer", subject_id=peer_id, reason=f"{len(dead)} messages"
    )
    return len(dead)


async def ask_for_all(session: AsyncSession, ticket_no: str, who: Principal, now: datetime) -> None:
    """The accepting side's whole timeline, instead of ours: after an old backup was put back."""
    await distribution.question(session, ticket_no, Ways(await auth.places(session)), now)
    await audit.record(session, who, "exchange.query", now, subject="ticket", subject_id=ticket_no)


async def counts(session: AsyncSession, who: Principal) -> dict[str, dict[str, dict[str, int]]]:
    """Centre -> box -> state -> how many, of the centres this person sees."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for box, rows in (
        ("outbox", await repository.outbox_counts(session)),
        ("inbox", await repository.inbox_counts(session)),
    ):
        for center_id, _, state, count in rows:
            if center_id in who.visible_centers:
                states = found.setdefault(center_id, {"outbox": {}, "inbox": {}})[box]
                states[state] = states.get(state, 0) + count
    return found


async def dead_per_peer(session: AsyncSession) -> dict[str, int]:
    dead: dict[str, int] = {}
    for _, peer_id, state, count in await repository.outbox_counts(session):
        if state == Outgoing.DEAD:
            dead[peer_id] = dead.get(peer_id, 0) + count
    return dead


async def waiting_per_peer(session: AsyncSession) -> dict[str, int]:
    waiting: dict[str, int] = {}
    for _, peer_id, state, count in await repository.outbox_counts(session):
        if state not in (Outgoing.DEAD, Outgoing.ACKED, Outgoing.SETTLED):
            waiting[peer_id] = waiting.get(peer_id, 0) + count
    return waiting


async def forget_before(session: AsyncSession, at: datetime) -> None:
    await repository.forget_before(session, at)
