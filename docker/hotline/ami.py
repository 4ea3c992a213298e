"""A minimal manager client for the outside world and `hotline status`: actions with a deadline, events to a callback.

The ACD's link (acd/adapters/ami.py, on panoramisk) is not used here: it reconnects, watches and translates for routing,
and what judges it must not depend on it. No reconnect: when this link is lost, the test, demo or check is over.
"""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

Message = dict[str, str]
ACTION_SECONDS = 5.0


class AmiError(Exception):
    """Asterisk cannot be reached, does not answer in time, or refused an action."""


class Ami:
    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, on_event: Callable[[Message], None]
    ) -> None:
        self._reader, self._writer, self._on_event = reader, writer, on_event
        self._ids = itertools.count(1)
        self._answers: dict[str, asyncio.Future[Message]] = {}
        self._task = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, port: int, user: str, secret: str, on_event: Callable[[Message], None]) -> "Ami":
        """Connect on loopback and sign in; raises AmiError."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError as error:
            raise AmiError(f"no Asterisk answers on port {port}: {error}") from error
        await reader.readline()  # "Asterisk Call Manager/x.y.z"
        ami = cls(reader, writer, on_event)
        try:
            await ami.action("Login", Username=user, Secret=secret)
        except AmiError:
            await ami.close()
            raise
        return ami

    async def action(self, name: str, **headers: Any) -> Message:
        """Send one action and return its answer. A header given as a list is repeated."""
        action_id = str(next(self._ids))
        lines = [f"Action: {name}", f"ActionID: {action_id}"]
        for header, value in headers.items():
            lines += [f"{header}: {_plain(item)}" for item in (value if isinstance(value, list) else [value])]
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._answers[action_id] = answer
        try:
            async with asyncio.timeout(ACTION_SECONDS):
                self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
                await self._writer.drain()
                message = await answer
        except (TimeoutError, ConnectionError) as error:
            raise AmiError(f"{name}: no answer") from error
        finally:
            self._answers.pop(action_id, None)
        if message["Response"] not in {"Success", "Goodbye"}:
            raise AmiError(f"{name}: {message.get('Message', '')}")
        return message

    @property
    def is_lost(self) -> bool:
        return self._task.done()

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._writer.close()

    async def _read(self) -> None:
        try:
            while True:
                block = await self._reader.readuntil(b"\r\n\r\n")
                message = dict(line.split(": ", 1) for line in block.decode().split("\r\n") if ": " in line)
                # The event OriginateResponse has a header Response too: look for Event first.
                if "Event" in message:
                    self._on_event(message)
                elif answer := self._answers.get(message.get("ActionID", "")):
                    answer.set_result(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("link lost"))


def _plain(value: object) -> str:
    text = str(value)
    if any(ord(character) < 32 for character in text):
        raise ValueError("control character in an action")
    return text
