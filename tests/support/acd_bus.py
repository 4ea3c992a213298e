"""The ACD by its bus, as agent_api has it: sends commands, keeps what is told."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import aiomqtt
from pydantic import BaseModel

from acd.contracts.codec import decode_event, encode
from acd.contracts.commands import CancelCallback, CloseQueue, Command, ConfigureRouting
from acd.contracts.events import CallbackBooked, CallbackClosed, CommandDone, Event
from acd.contracts.ids import QueueName
from acd.contracts.routing import RoutingTable
from acd.contracts.topics import ALL_EVENTS, command_topic
from acd.settings import load_table
from tests.support.processes import eventually_async
from tests.support.stack import Line

EventT = TypeVar("EventT", bound=BaseModel)
SHIPPED = Path(__file__).parents[2] / "acd" / "queues.toml"


class AcdBus:
    """Use `listening`. `events` are in the order they came."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self.events: list[Event] = []

    async def listen(self) -> None:
        async for message in self._client.messages:
            event = decode_event(bytes(message.payload))
            if isinstance(event, BaseModel):
                self.events.append(event)

    def all_of(self, kind: type[EventT], fits: Callable[[EventT], bool] = lambda event: True) -> list[EventT]:
        return [event for event in self.events if isinstance(event, kind) and fits(event)]

    async def told(
        self, kind: type[EventT], fits: Callable[[EventT], bool] = lambda event: True, within: float = 15
    ) -> EventT:
        """The newest such event, waited for."""
        await eventually_async(lambda: _answer(bool(self.all_of(kind, fits))), f"{kind.__name__} is told", within)
        return self.all_of(kind, fits)[-1]

    async def do(self, command: Command) -> CommandDone:
        await self._client.publish(command_topic(command), encode(command), qos=1)
        return await self.told(CommandDone, lambda done: done.command_id == command.command_id)

    async def configure(self, queues: tuple[str, ...] = ("general",), **changed: object) -> None:
        """The shipped table with these rules for these queues."""
        table = load_table(SHIPPED)
        rules = tuple(
            type(rule).model_validate(rule.model_dump() | changed) if rule.name in queues else rule
            for rule in table.queues
        )
        newer = RoutingTable.model_validate(table.model_dump() | {"queues": rules, "version": int(time.time() * 1000)})
        done = await self.do(ConfigureRouting(**head(), table=newer))
        assert done.ok, done.code

    async def forget_promises(self) -> None:
        """What a test leaves behind must not be dialled in the next one."""
        closed = {event.callback_id for event in self.all_of(CallbackClosed)}
        for booked in self.all_of(CallbackBooked, lambda booked: booked.callback_id not in closed):
            await self.do(CancelCallback(**head(), callback_id=booked.callback_id))

    async def close_queue(self, closed: bool) -> None:
        command = CloseQueue(**head(), queue=QueueName("general"), closed=closed, by="8101")
        assert (await self.do(command)).ok


def head() -> dict[str, Any]:
    """What every command carries."""
    return {"command_id": uuid4(), "not_after": datetime.now(UTC) + timedelta(seconds=10)}


@asynccontextmanager
async def listening(line: Line) -> AsyncIterator[AcdBus]:
    """Lives through restarts of the ACD; the broker must stay."""
    installation = line.installation
    client = aiomqtt.Client(
        "127.0.0.1",
        installation.settings.mqtt_port,
        username="agent_api",
        password=installation.credentials.mqtt_agent_api,
        identifier=f"test-{uuid4().hex[:8]}",
    )
    async with client:
        await client.subscribe(ALL_EVENTS, qos=1)
        bus = AcdBus(client)
        reading = asyncio.create_task(bus.listen())
        try:
            yield bus
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _answer(value: bool) -> bool:
    return value
