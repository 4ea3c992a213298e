"""A TCP proxy of the test between two installations: passes on, delays, refuses, or cuts in the middle of an answer."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random


@dataclass
class CutLink:
    """`mode`: whole, refuse, late (then whole), request (does not arrive), answer (arrives, its answer does not)."""

    target: int
    mode: str = "whole"
    dice: Random = field(default_factory=lambda: Random(5))
    cuts: dict[str, int] = field(default_factory=dict)
    port: int = 0
    _server: asyncio.Server | None = None
    _serving: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> "CutLink":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        mode = self.dice.choice(("whole", "refuse", "request", "answer", "late")) if self.mode == "any" else self.mode
        self.cuts[mode] = self.cuts.get(mode, 0) + 1
        try:
            if mode == "late":
                await asyncio.sleep(0.2)
            if mode != "refuse":
                await self._pass(reader, writer, mode)
        except OSError:
            pass
        finally:
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mode: str) -> None:
        """One request and its answer; the next one comes over a new connection, with a fate of its own."""
        request = await _message(reader)
        if mode == "request" or not request:
            return
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            to_writer.write(request)
            await to_writer.drain()
            answer = await _message(to_reader)
            writer.write(answer[: len(answer) // 2] if mode == "answer" else answer)
            await writer.drain()
        finally:
            to_writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message with its body."""
    with suppress(asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
        return head + await reader.readexactly(length)
    return b""
