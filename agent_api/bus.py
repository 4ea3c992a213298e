"""The only user of aiomqtt on this side: one connection loop in, one publish out. No meaning of messages here."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import aiomqtt
import structlog
from pydantic import BaseModel

from acd.contracts import topics
from acd.contracts.broker import BrokerSettings
from acd.contracts.codec import encode
from acd.contracts.commands import Command
from acd.contracts.snapshots import ProcessSnapshot
from agent_api.errors import Unavailable

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class BusMessage:
    topic: str
    payload: bytes
    received: float
    """Monotonic seconds of the event loop."""
    retained: bool = False
    """The broker had it before we asked."""


class _Handover(asyncio.Queue[aiomqtt.Message]):
    """Stands where aiomqtt keeps messages, and passes them on."""

    def __init__(self, deliver: Callable[[BusMessage], None]) -> None:
        super().__init__()
        self._deliver = deliver

    def put_nowait(self, item: aiomqtt.Message) -> None:
        if isinstance(item.payload, bytes):
            now = asyncio.get_running_loop().time()
            self._deliver(BusMessage(str(item.topic), item.payload, now, item.retain))


class Bus:
    def __init__(self, broker: BrokerSettings, consumer: str, deliver: Callable[[BusMessage], None]) -> None:
        """`deliver` is called for every message, in the event loop; it must neither block nor raise."""
        self._broker = broker
        self._consumer = consumer
        self._deliver = deliver
        self._client: aiomqtt.Client | None = None
        self.trouble = "not connected yet"
        """Empty while connected, else why not."""

    async def run(self, on_connected: Callable[[], Awaitable[None]]) -> None:
        """Connect, subscribe, receive; again and again until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._new_client() as client:
                    await self._receive(client, on_connected)
            except aiomqtt.MqttError as error:
                if self._client is not None:
                    pause = FIRST_PAUSE
                self._client = None
                self.trouble = f"broker {self._broker.host}:{self._broker.port} does not answer: {error}"
                log.warning("bus connection lost", reason=str(error))
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _receive(self, client: aiomqtt.Client, on_connected: Callable[[], Awaitable[None]]) -> None:
        # States need no delivery promise: the last one is retained and comes again with every subscription.
        await client.subscribe([(topics.ALL_EVENTS, 1), (topics.ALL_STATES, 0)])
        await client.publish(self._presence_topic, self._presence(up=True), qos=1, retain=True)
        self._client, self.trouble = client, ""
        log.info("bus connected", broker=self._broker.host, port=self._broker.port)
        await on_connected()
        async for _ in client.messages:
            pass  # messages went to `deliver`; this only waits for the end of the connection

    def _new_client(self) -> aiomqtt.Client:
        password = self._broker.password
        return aiomqtt.Client(
            self._broker.host,
            self._broker.port,
            username=self._broker.username,
            password=password.get_secret_value() if password else None,
            identifier=self._consumer,
            clean_session=False,
            keepalive=self._broker.keepalive_seconds,
            timeout=5,
            will=aiomqtt.Will(self._presence_topic, self._presence(up=False), qos=1, retain=True),
            # Iterating over messages costs two tasks for each; handing them over directly costs a function call.
            queue_type=cast("type[asyncio.Queue[aiomqtt.Message]]", lambda maxsize: _Handover(self._deliver)),
        )

    async def send(self, command: Command) -> None:
        await self.publish(topics.command_topic(command), command)

    async def publish(self, topic: str, message: BaseModel) -> None:
        """Raises Unavailable when the broker is away."""
        if self._client is None:
            raise Unavailable("bus")
        try:
            await self._client.publish(topic, encode(message), qos=1)
        except aiomqtt.MqttError as error:
            raise Unavailable("bus") from error

    async def say_goodbye(self) -> None:
        """Before an orderly end: the last will is only sent when we die."""
        if self._client is not None:
            with contextlib.suppress(aiomqtt.MqttError):
                await self._client.publish(self._presence_topic, self._presence(up=False), qos=1, retain=True)

    @property
    def _presence_topic(self) -> str:
        return topics.process_state_topic(self._consumer)

    def _presence(self, up: bool) -> bytes:
        return encode(ProcessSnapshot(at=datetime.now(UTC), process=self._consumer, up=up))
