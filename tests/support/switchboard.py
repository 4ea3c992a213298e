"""Commands to the ACD over the real bus as agent_api sends them, and every event it publishes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import aiomqtt

from acd.contracts import events, topics
from acd.contracts.codec import encode
from acd.contracts.commands import COMMAND
from acd.contracts.events import EVENT, Event
from tests.support.processes import eventually_async
from tests.support.stack import Line

VALID = timedelta(seconds=10)
DONE_WITHIN = 10.0
EventT = TypeVar("EventT")


class Switchboard:
    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self.events: list[Event] = []
        self._signed_in: set[str] = set()

    async def listen(self) -> None:
        async for message in self._client.messages:
            assert isinstance(message.payload, bytes)
            self.events.append(EVENT.validate_json(message.payload))

    async def ask(self, command_type: str, **fields: Any) -> str:
        """Send a command; the code of the refusal, empty when it was done."""
        head = {"command_id": uuid4(), "not_after": datetime.now(UTC) + VALID}
        command = COMMAND.validate_python({"type": command_type, **head, **fields})
        await self._client.publish(topics.command_topic(command), encode(command), qos=1)

        async def is_answered() -> bool:
            return any(done.command_id == command.command_id for done in self.all_of(events.CommandDone))

        await eventually_async(is_answered, f"an answer to {command_type}")
        return next(done.code for done in self.all_of(events.CommandDone) if done.command_id == command.command_id)

    async def signs_in(self, agent: str, queue: str) -> None:
        """Of this queue alone, and ready now, whatever was before."""
        self._signed_in.add(agent)
        assert not await self.ask("agent.login", agent_id=agent, queues=(queue,), skills={queue: 5})
        assert not await self.ask("agent.ready", agent_id=agent)

    async def sign_all_out(self) -> None:
        """Whoever still talks leaves after the call."""
        for agent in self._signed_in:
            await self.ask("agent.logout", agent_id=agent)

    async def does(self, command_type: str, **fields: Any) -> None:
        """Have it done; while the agent number is spoken the ACD still says no."""

        async def is_done() -> bool:
            code = await self.ask(command_type, **fields)
            assert code in ("", "call.wrong_state"), code
            return code == ""

        await eventually_async(is_done, f"{command_type} is done", DONE_WITHIN)

    def all_of(self, kind: type[EventT]) -> list[EventT]:
        return [event for event in self.events if isinstance(event, kind)]

    def of_call(self, call_id: str, kind: type[EventT]) -> list[EventT]:
        return [event for event in self.all_of(kind) if getattr(event, "call_id", "") == call_id]

    async def says(self, kind: type[EventT], /, within: float = 10, **fields: Any) -> EventT:
        """Wait for an event with these fields."""

        def found() -> list[EventT]:
            return [e for e in self.all_of(kind) if all(getattr(e, name) == value for name, value in fields.items())]

        async def is_said() -> bool:
            return bool(found())

        await eventually_async(is_said, f"{kind.__name__} with {fields}", within)
        return found()[-1]


@asynccontextmanager
async def switchboard(line: Line) -> AsyncIterator[Switchboard]:
    settings = line.installation.settings
    async with aiomqtt.Client(
        "127.0.0.1",
        settings.mqtt_port,
        username="agent_api",
        password=line.installation.credentials.mqtt_agent_api,
        identifier=f"switchboard-{uuid4().hex[:8]}",
    ) as client:
        await client.subscribe(f"{topics.PREFIX}/evt/#", qos=1)
        board = Switchboard(client)
        listening = asyncio.create_task(board.listen())
        try:
            yield board
        finally:
            await board.sign_all_out()
            listening.cancel()
