"""Messages for other features: put one on its way in the caller's transaction. Never commits, never sends."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.errors import NotFound, Refused
from agent_api.messages import repository, workflow
from agent_api.messages.models import Message, SinkText
from agent_api.messages.outgoing import Channel, Outgoing, Route
from agent_api.messages.templates import catalogue
from agent_api.messages.texts import service as texts
from agent_api.messages.workflow import Delivery, Fact, State


async def queue(session: AsyncSession, outgoing: Outgoing, now: datetime) -> str:
    """Id of the message; it is sent after the caller's commit, within a second or two.

    Raises Refused("message.no_address") when no route has an address, KeyError for an unknown template or a value
    that is missing (both are our own mistakes).
    """
    template = catalogue()[outgoing.template]
    if missing := template.names() - outgoing.values.keys():
        raise KeyError(f"{outgoing.template} needs {', '.join(sorted(missing))}")
    try:
        delivery = workflow.begin(outgoing.routes, now, outgoing.expires_at)
    except ValueError:
        raise Refused("message.no_address") from None
    words = await texts.in_force(session, outgoing.template, outgoing.center_id)
    message = Message(
        message_id=str(uuid4()),
        template=outgoing.template,
        language=outgoing.language,
        values=dict(outgoing.values),
        wording=words.words if words else None,
        document=asdict(outgoing.document) if outgoing.document else None,
        customer_id=outgoing.customer_id,
        call_id=outgoing.call_id,
        about=outgoing.about,
        expires_at=outgoing.expires_at,
        created_at=now,
    )
    _write(message, delivery, now)
    session.add(message)
    return message.message_id


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return await repository.is_due(session, now)


async def take_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Message]:
    """Messages to send now; until their new `due_at` no other replica sends them."""
    taken = []
    for message in await repository.due(session, now, limit):
        change(message, workflow.Taken(), now)
        if not delivery_of(message).finished:
            taken.append(message)
    return taken


async def get(session: AsyncSession, message_id: str) -> Message:
    message = await repository.by_id(session, message_id)
    if message is None:
        raise NotFound("message", message_id)
    return message


async def tell(session: AsyncSession, message_id: str, fact: Fact, now: datetime) -> Message:
    """Something happened to a message."""
    message = await get(session, message_id)
    change(message, fact, now)
    return message


async def tell_receipt(session: AsyncSession, gateway_id: str, fact: Fact, now: datetime) -> bool:
    """The gateway's receipt; False when the message is not ours."""
    message = await repository.by_gateway_id(session, gateway_id)
    if message is not None:
        change(message, fact, now)
    return message is not None


async def page(
    session: AsyncSession, customer_id: str | None, call_id: str | None, state: str | None, limit: int
) -> Sequence[Message]:
    return await repository.page(session, customer_id, call_id, state, limit)


async def forget_before(session: AsyncSession, at: datetime) -> None:
    """Messages, answers and the sink's texts that are older than they must be kept."""
    await repository.forget_before(session, at)


async def sink_texts(session: AsyncSession, number: str, limit: int = 20) -> Sequence[SinkText]:
    """What the embedded gateway took for this number, latest first."""
    return await repository.sink_texts(session, number, limit)


def change(message: Message, fact: Fact, now: datetime) -> None:
    _write(message, workflow.step(delivery_of(message), fact, now), now)
    if catalogue()[message.template].secret and delivery_of(message).finished:
        message.values = {}


def delivery_of(message: Message) -> Delivery:
    return Delivery(
        State(message.state),
        Route(Channel(message.channel), message.address),
        tuple(Route(Channel(each["channel"]), each["address"]) for each in message.fallbacks),
        message.attempts,
        message.due_at,
        message.gateway_id,
        message.receipt,
        message.error,
        message.expires_at,
    )


def _write(message: Message, delivery: Delivery, now: datetime) -> None:
    message.state = delivery.state.value
    message.channel, message.address = delivery.route.channel.value, delivery.route.address
    message.fallbacks = [asdict(route) for route in delivery.fallbacks]
    message.attempts, message.due_at = delivery.attempts, delivery.due_at
    message.gateway_id, message.receipt, message.error = delivery.gateway_id, delivery.receipt, delivery.error
    message.updated_at = now
