"""Bus messages to contents: events and snapshots. What cannot be read goes to the dead letter topic with the reason."""

import base64
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from acd.contracts import codec, topics
from acd.contracts.commands import Command
from acd.contracts.events import Event
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot
from agent_api.bus import BusMessage
from agent_api.errors import Unavailable
from agent_api.inbox import STATE_PREFIX
from agent_api.observe import Metrics

log = structlog.get_logger(__name__)

Snapshot = AgentSnapshot | QueueSnapshot | ProcessSnapshot
ContentT = TypeVar("ContentT")
_BY_KIND: dict[str, type[Snapshot]] = {"agent": AgentSnapshot, "queue": QueueSnapshot, "process": ProcessSnapshot}


class Outgoing(Protocol):
    """The part of the bus that takes messages; both raise Unavailable."""

    async def send(self, command: Command) -> None: ...
    async def publish(self, topic: str, message: BaseModel) -> None: ...


class DeadLetter(BaseModel):
    topic: str
    reason: str
    payload_base64: str


@dataclass(frozen=True, slots=True)
class Item(Generic[ContentT]):
    """One message that could be read."""

    content: ContentT
    received: float
    retained: bool = False


class Reader:
    def __init__(self, out: Outgoing, metrics: Metrics) -> None:
        self._out = out
        self._metrics = metrics

    async def event(self, message: BusMessage) -> Item[Event] | None:
        match codec.decode_event(message.payload):
            case codec.UnknownType(kind):
                self._metrics.unknown.inc()
                log.info("event of unknown type ignored", type=kind)
            case codec.BadPayload(reason):
                await self.dead_letter(message.topic, message.payload, reason)
            case event:
                self._metrics.events.labels(event.type).inc()
                return Item(event, message.received)
        return None

    async def snapshot(self, message: BusMessage) -> Item[Snapshot] | None:
        kind = message.topic.removeprefix(STATE_PREFIX).split("/", 1)[0]
        if not message.payload or kind not in _BY_KIND:
            return None  # a retained state was cleared, or a newer publisher's kind
        try:
            content: Snapshot = _BY_KIND[kind].model_validate_json(message.payload)
        except ValidationError as error:
            reason = error.errors(include_input=False, include_url=False)[0]["msg"]
            await self.dead_letter(message.topic, message.payload, reason)
            return None
        return Item(content, message.received, message.retained)

    async def dead_letter(self, topic: str, payload: bytes, reason: str) -> None:
        self._metrics.dead_letters.inc()
        log.warning("message could not be used", topic=topic, reason=reason)
        letter = DeadLetter(topic=topic, reason=reason, payload_base64=base64.b64encode(payload[:4096]).decode())
        try:
            await self._out.publish(topics.DEAD_LETTER, letter)
        except Unavailable:
            log.warning("dead letter could not be published", topic=topic)
