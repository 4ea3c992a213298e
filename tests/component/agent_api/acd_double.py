"""Speaks for the ACD on a real broker: publishes events and states, answers commands, replays its journal.

Only for what a real ACD would not do on demand: be silent, refuse, skip numbers, repeat itself.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import aiomqtt

from acd.contracts import codec, topics
from acd.contracts.broker import BrokerSettings
from acd.contracts.commands import Command, ReplayEvents
from acd.contracts.events import Event
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot
from tests.support.events import Stream


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class AcdDouble:
    client: aiomqtt.Client
    stream: Stream = field(default_factory=lambda: Stream(at=now()))
    commands: list[Command] = field(default_factory=list)
    refuse_with: str = ""
    silent: bool = False
    forgotten: bool = False
    """True: the journal knows nothing any more."""
    before_done: list[Event] = field(default_factory=list)
    """Published before the next command is answered."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def publish(self, *events: Event) -> None:
        """All of them before anything else is published, in this order."""
        async with self._turn:
            for event in events:
                await self.client.publish(topics.event_topic(event), codec.encode(event), qos=1)

    async def raw(self, topic: str, payload: bytes, retain: bool = False) -> None:
        await self.client.publish(topic, payload, qos=1, retain=retain)

    async def show(self, snapshot: AgentSnapshot | QueueSnapshot | ProcessSnapshot) -> None:
        match snapshot:
            case AgentSnapshot():
                topic = topics.agent_state_topic(snapshot.agent_id)
            case QueueSnapshot():
                topic = topics.queue_state_topic(snapshot.queue)
            case ProcessSnapshot():
                topic = topics.process_state_topic(snapshot.process)
        await self.client.publish(topic, codec.encode(snapshot), qos=1, retain=True)

    async def serve(self) -> None:
        await self.client.subscribe(topics.ACD_COMMANDS, qos=1)
        await self.show(ProcessSnapshot(at=now(), process="acd", up=True))
        async for message in self.client.messages:
            command = codec.decode_command(bytes(message.payload))
            assert not isinstance(command, codec.UnknownType | codec.BadPayload), command
            self.commands.append(command)
            if not self.silent:
                await self._answer(command)

    async def _answer(self, command: Command) -> None:
        code = self.refuse_with
        if isinstance(command, ReplayEvents):
            code = "replay.unknown_stream" if self.forgotten or command.stream != self.stream.stream else ""
            if not code:
                await self.publish(*self.after(command.after_seq))
        await self.publish(*self.before_done)
        self.before_done.clear()
        await self.publish(self.stream.add("command.done", command_id=command.command_id, ok=not code, code=code))

    def after(self, seq: int) -> list[Event]:
        return [event for event in self.stream.events if event.seq > seq]

    def replays(self) -> list[ReplayEvents]:
        return [command for command in self.commands if isinstance(command, ReplayEvents)]

    def acts(self) -> list[Command]:
        """What people asked for; a replay is asked for whenever something was missed."""
        return [command for command in self.commands if not isinstance(command, ReplayEvents)]


@asynccontextmanager
async def acd_double(broker: BrokerSettings) -> AsyncIterator[AcdDouble]:
    async with aiomqtt.Client(broker.host, broker.port, identifier=f"acd-{uuid4().hex[:8]}") as client:
        double = AcdDouble(client)
        serving = asyncio.create_task(double.serve())
        yield double
        while not serving.done():  # the wait_for inside aiomqtt can swallow a cancellation (Python 3.11)
            serving.cancel()
            await asyncio.wait([serving], timeout=1)


def agent_state(agent_no: str, state: str, call_id: str | None = None, center: str = "js") -> AgentSnapshot:
    return AgentSnapshot.model_validate(
        {"at": now(), "agent_id": agent_no, "center_id": center, "state": state, "since": now(), "call_id": call_id}
    )


def shuffled_pairs(events: Iterable[Event]) -> list[Event]:
    """Every two neighbours swapped."""
    found = list(events)
    for index in range(0, len(found) - 1, 2):
        found[index], found[index + 1] = found[index + 1], found[index]
    return found
