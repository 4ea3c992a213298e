"""Commands to the ACD and the wait for their answer. Knows nothing of topics or HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID, uuid4

from acd.contracts.commands import Command
from acd.contracts.events import CommandDone
from agent_api.errors import Refused, Unavailable

Send = Callable[[Command], Awaitable[None]]


class Stamp(TypedDict):
    """What every command begins with."""

    command_id: UUID
    not_after: datetime


class CommandDesk:
    """Sends a command and waits for the event that says it was done or refused."""

    def __init__(self, send: Send, timeout: timedelta) -> None:
        self._send = send
        self.timeout = timeout
        self._waiting: dict[UUID, asyncio.Future[CommandDone]] = {}

    def deadline(self, now: datetime) -> datetime:
        """`not_after` of a command somebody waits for: done later, it would surprise."""
        return now + self.timeout

    def stamp(self, now: datetime) -> Stamp:
        """A new command's id and deadline."""
        return Stamp(command_id=uuid4(), not_after=self.deadline(now))

    async def do(self, command: Command) -> None:
        """Raises Refused with the ACD's code, or Unavailable when it does not answer in time."""
        answer: asyncio.Future[CommandDone] = asyncio.get_running_loop().create_future()
        self._waiting[command.command_id] = answer
        try:
            async with asyncio.timeout(self.timeout.total_seconds()):
                await self._send(command)
                done = await answer
        except TimeoutError as error:
            raise Unavailable("acd") from error
        finally:
            del self._waiting[command.command_id]
        if not done.ok:
            raise Refused(done.code or "command.refused")

    def answered(self, done: CommandDone) -> None:
        """Called by the intake for every answer on the bus, also those to other replicas."""
        waiting = self._waiting.get(done.command_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(done)
