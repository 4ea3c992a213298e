"""The bus. The only user of aiomqtt on this side: one reconnect loop, commands in, an outbox out.

aiomqtt neither reconnects nor keeps what could not be sent; both are done here. An event may be sent twice, never
overtaken by a later one. States are sent once (QoS 0), and all again on each new connection: what a broker forgot, or a
cut line swallowed, is set right by that.
"""

import asyncio
import logging
import math
import random
import socket
from collections import deque
from collections.abc import Callable, Iterable

import aiomqtt

from acd.adapters.clock import now
from acd.adapters.journal import Outgoing
from acd.contracts import topics
from acd.contracts.broker import BrokerSettings
from acd.contracts.codec import BadPayload, UnknownType, decode_command, encode
from acd.contracts.snapshots import ProcessSnapshot
from acd.core.facts import CommandArrived

log = logging.getLogger(__name__)

PROCESS = "acd"
OUTBOX_LIMIT = 100_000
"""Beyond it the oldest are dropped: the readers see the gap and ask the journal."""
AT_ONCE = 50
SEND_WITHIN = 10.0
RETRY_SECONDS = (0.2, 5.0)


class Bus:
    def __init__(self, broker: BrokerSettings, deliver: Callable[[CommandArrived], None]) -> None:
        self.detail = "not connected yet"
        self.dropped = 0
        self.bad_commands = 0
        self.sent = 0
        self._broker, self._deliver = broker, deliver
        self._outbox: deque[Outgoing] = deque()
        self._in_flight = 0
        self._shown: dict[str, Outgoing] = {}
        self._filled, self._drained = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def up(self) -> bool:
        return self.detail == "ok"

    def start(self) -> None:
        self._task = asyncio.create_task(self._stay_connected())

    def post(self, messages: Iterable[Outgoing]) -> None:
        """Queue for sending, in order. While there is no connection states are only remembered for the next one."""
        for message in messages:
            if message.retain:
                self._shown[message.topic] = message
            if self.up or not message.retain:
                self._outbox.append(message)
        while len(self._outbox) > OUTBOX_LIMIT:
            self._outbox.popleft()
            self.dropped += 1
        if self._outbox:
            self._filled.set()
            self._drained.clear()

    def backlog(self) -> int:
        """Messages not known to have been sent."""
        return len(self._outbox) + self._in_flight

    async def stop(self, within: float = 3.0) -> None:
        """Send what is queued, say good-bye, close."""
        self.post([_presence(up=False, detail={"state": "stopped"})])
        try:
            async with asyncio.timeout(within):
                if self.up:
                    await self._drained.wait()
        except TimeoutError:
            log.warning("the outbox was not empty at the end", extra={"messages": len(self._outbox)})
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    # ---- the connection -----------------------------------

    async def _stay_connected(self) -> None:
        delay = RETRY_SECONDS[0]
        while True:
            try:
                async with self._client() as client:
                    client.pending_calls_threshold = 2 * AT_ONCE
                    await client.subscribe(topics.ACD_COMMANDS, qos=1)
                    self._outbox.extendleft([*self._shown.values(), _presence(up=True, detail={})])
                    self._filled.set()
                    self.detail, delay = "ok", RETRY_SECONDS[0]
                    await self._serve(client)
            except* (aiomqtt.MqttError, TimeoutError) as problem:
                self.detail = f"no connection to the broker: {problem.exceptions[0]}"
                log.warning("bus lost", extra={"reason": self.detail})
            # Jitter: after a broker's restart not everybody comes at the same moment.
            await asyncio.sleep(delay * random.uniform(0.5, 1.5))
            delay = min(2 * delay, RETRY_SECONDS[1])

    def _client(self) -> aiomqtt.Client:
        gone = _presence(up=False, detail={"state": "lost"})
        password = self._broker.password
        return aiomqtt.Client(
            self._broker.host,
            self._broker.port,
            username=self._broker.username,
            password=password.get_secret_value() if password else None,
            identifier=PROCESS,
            # The broker keeps our commands while we are away; each says itself until when it may be done.
            clean_session=False,
            keepalive=self._broker.keepalive_seconds,
            will=aiomqtt.Will(gone.topic, gone.payload, qos=1, retain=True),
            timeout=SEND_WITHIN,
            # Small packets one after the other: with Nagle each would wait for the broker's delayed acknowledgement.
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )

    async def _serve(self, client: aiomqtt.Client) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._receive(client))
            group.create_task(self._send(client))

    async def _receive(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            payload = message.payload
            self._command(payload if isinstance(payload, bytes) else b"")

    def _command(self, payload: bytes) -> None:
        decoded = decode_command(payload)
        if isinstance(decoded, UnknownType):
            self.bad_commands += 1
            log.info("a command of an unknown type was ignored", extra={"type": decoded.type})
        elif isinstance(decoded, BadPayload):
            self.bad_commands += 1
            log.warning("a bad command was put aside", extra={"reason": decoded.reason})
            self.post([Outgoing(topics.DEAD_LETTER, decoded.reason.encode())])
        else:
            self._deliver(CommandArrived(decoded))

    async def _send(self, client: aiomqtt.Client) -> None:
        while True:
            await self._filled.wait()
            batch = [self._outbox.popleft() for _ in range(min(AT_ONCE, len(self._outbox)))]
            self._in_flight = len(batch)
            try:
                # Handed to the client in order, acknowledged together; one deadline for all, as each costs a timer.
                async with asyncio.timeout(SEND_WITHIN):
                    await asyncio.gather(*(self._publish(client, message) for message in batch))
            except BaseException:
                self._outbox.extendleft(message for message in reversed(batch) if not message.retain)
                raise
            finally:
                self._in_flight = 0
            self.sent += len(batch)
            if not self._outbox:
                self._filled.clear()
                self._drained.set()

    async def _publish(self, client: aiomqtt.Client, message: Outgoing) -> None:
        await client.publish(
            message.topic, message.payload, qos=0 if message.retain else 1, retain=message.retain, timeout=math.inf
        )


def _presence(*, up: bool, detail: dict[str, str]) -> Outgoing:
    snapshot = ProcessSnapshot(at=now(), process=PROCESS, up=up, detail=detail)
    return Outgoing(topics.process_state_topic(PROCESS), encode(snapshot), retain=True)


async def tail(broker: BrokerSettings, show: Callable[[bytes], None]) -> None:
    """Follow the events from now on, until cancelled. Raises aiomqtt.MqttError when the broker goes."""
    password = broker.password.get_secret_value() if broker.password else None
    async with aiomqtt.Client(broker.host, broker.port, username=broker.username, password=password) as client:
        await client.subscribe(topics.ALL_EVENTS)
        async for message in client.messages:
            if isinstance(message.payload, bytes):
                show(message.payload)
