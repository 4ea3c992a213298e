"""What our centres have to say to others: put, taken, answered, tried again, given up. Never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.errors import NotFound, Refused
from agent_api.exchange import repository, schedule
from agent_api.exchange.models import OutMessage
from agent_api.exchange.wire import Ack, Message, Payload
from agent_api.exchange.words import Incoming, MessageType, Outgoing

LEASE = timedelta(seconds=60)
"""Whoever took a message and died has lost it after this."""


@dataclass(frozen=True, slots=True)
class Address:
    from_center: str
    to_center: str
    peer: str
    """Empty: both centres are here."""


async def put(
    session: AsyncSession,
    ticket_no: str,
    kind: MessageType,
    address: Address,
    payload: Payload,
    now: datetime,
    asked_by: str = "",
) -> OutMessage:
    link = await repository.link(session, ticket_no, address.peer)
    link.sent += 1
    message = OutMessage(
        message_id=str(uuid4()),
        from_center=address.from_center,
        to_center=address.to_center,
        peer_id=address.peer,
        type=kind.value,
        ticket_no=ticket_no,
        seq=link.sent,
        payload=payload.model_dump(mode="json"),
        act_id=payload.act_id,
        asked_by=asked_by,
        state=Outgoing.QUEUED.value,
        attempts=0,
        due_at=now,
        code="",
        created_at=now,
        answered_at=None,
    )
    session.add(message)
    return message


async def take_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[OutMessage]:
    """Those that may go now; they are ours until their lease is over."""
    taken = await repository.due(session, now, limit)
    for message in taken:
        message.state, message.due_at = Outgoing.SENT.value, now + LEASE
        message.attempts += 1
    return taken


def letter(message: OutMessage, now: datetime) -> Message:
    return Message(
        message_id=message.message_id,
        type=MessageType(message.type),
        from_center=message.from_center,
        to_center=message.to_center,
        ticket_no=message.ticket_no,
        seq=message.seq,
        sent_at=now,
        payload=Payload.model_validate(message.payload),
    )


async def answered(session: AsyncSession, message: OutMessage, ack: Ack, now: datetime) -> bool:
    """Whether the message is dead: the receiver refused it."""
    if message.answered_at is not None:
        return False
    if ack.state is Incoming.WAITING:
        return not await _send_missing(session, message, ack.missing, now)
    message.answered_at, message.due_at, message.code = now, None, ack.code
    message.state = (Outgoing.DEAD if ack.state is Incoming.REFUSED else Outgoing.ACKED).value
    return ack.state is Incoming.REFUSED


async def _send_missing(session: AsyncSession, message: OutMessage, missing: Collection[int], now: datetime) -> bool:
    """The receiver has forgotten earlier messages (an old backup): they go again, and this one behind them."""
    found = await repository.sent(session, message.peer_id, message.ticket_no, missing)
    if len(found) < len(set(missing)):
        message.state, message.due_at, message.code = Outgoing.DEAD.value, None, "exchange.gap"
        return False
    for earlier in found:
        if earlier.state != Outgoing.DEAD or earlier.answered_at is not None:
            earlier.state, earlier.due_at, earlier.answered_at, earlier.attempts = Outgoing.QUEUED.value, now, None, 0
    message.state, message.due_at = Outgoing.RETRY.value, now
    return True


def failed(message: OutMessage, code: str, retries: Sequence[timedelta], now: datetime) -> bool:
    """Nobody answered. Whether it is a dead letter now."""
    if message.answered_at is not None:
        return False
    message.code = code
    message.due_at = schedule.next_try(retries, message.attempts, now)
    message.state = (Outgoing.DEAD if message.due_at is None else Outgoing.RETRY).value
    return message.due_at is None


async def get(session: AsyncSession, message_id: str) -> OutMessage:
    found = await session.get(OutMessage, message_id, with_for_update=True)
    if found is None:
        raise NotFound("message", message_id)
    return found


def send_again(message: OutMessage, now: datetime) -> None:
    """By hand: a dead letter nobody answered, or one that waits for its next try."""
    if message.answered_at is not None or message.state not in (Outgoing.DEAD, Outgoing.RETRY):
        raise Refused("exchange.wrong_state", {"state": message.state})
    message.state, message.due_at, message.attempts = Outgoing.QUEUED.value, now, 0


def say_instead(message: OutMessage, kind: MessageType, payload: Payload, now: datetime) -> None:
    """A dead letter nobody answered goes with other contents, in its place of the order."""
    if not is_stuck(message):
        raise Refused("exchange.wrong_state", {"state": message.state})
    message.type, message.payload, message.act_id = kind.value, payload.model_dump(mode="json"), ""
    send_again(message, now)


def settle(message: OutMessage) -> None:
    """A dead letter its receiver refused holds up nothing: somebody has seen to what it said."""
    if not is_refused(message):
        raise Refused("exchange.wrong_state", {"state": message.state})
    message.state = Outgoing.SETTLED.value


def is_stuck(message: OutMessage) -> bool:
    return message.state == Outgoing.DEAD and message.answered_at is None


def is_refused(message: OutMessage) -> bool:
    return message.state == Outgoing.DEAD and message.answered_at is not None
