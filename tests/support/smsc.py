"""A real SMS centre for tests: the npm package `smpp` in a Node process, in tests/support/smpp_peer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("smpp_peer")
Json = dict[str, Any]


class Smsc:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.port = 0
        self.seen: list[Json] = []
        self._news = asyncio.Condition()

    async def listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            event = json.loads(line)
            async with self._news:
                self.seen.append(event)
                self._news.notify_all()

    async def wait_for(self, what: Callable[[Json], bool], count: int = 1, within: float = 10) -> list[Json]:
        """The events that are so, when there are enough of them."""

        def found() -> list[Json]:
            return [event for event in self.seen if what(event)]

        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(lambda: len(found()) >= count)
        return found()

    async def submitted(self, count: int = 1) -> list[Json]:
        return await self.wait_for(lambda event: event["event"] == "submit", count)

    async def bound(self, count: int = 1) -> None:
        await self.wait_for(lambda event: event["event"] == "bound", count)

    async def write(self, number: str, text: str) -> None:
        """A customer writes."""
        await self._order({"do": "write", "from": number, "text": text})

    async def hang_up(self) -> None:
        await self._order({"do": "hangup"})

    async def close(self) -> None:
        """Hang up, and take no more calls."""
        await self._order({"do": "close"})

    async def _order(self, order: Json) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()


@asynccontextmanager
async def smsc() -> AsyncIterator[Smsc]:
    await asyncio.to_thread(_installed)
    process = await asyncio.create_subprocess_exec("node", str(FOLDER / "server.js"), stdin=-1, stdout=-1)
    running = Smsc(process)
    listening = asyncio.create_task(running.listen())
    try:
        (started,) = await running.wait_for(lambda event: event["event"] == "listening")
        running.port = started["port"]
        yield running
    finally:
        process.kill()
        await process.wait()
        await listening
        process._transport.close()  # type: ignore[attr-defined]


def _installed() -> None:
    """`make test` installs it where there is a network; the tests have none."""
    there = (FOLDER / "node_modules" / "smpp").is_dir()
    assert there, "the SMS centre is missing: docker/scripts/npm-packages.sh tests/support/smpp_peer"
