"""A small HTTP server on a free port: one answer for every POST, and what was asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


class HttpStub:
    def __init__(self) -> None:
        self.status = 200
        self.body: bytes = b"{}"
        self.asked: list[Any] = []
        self.port = 0

    def say(self, answer: Any) -> None:
        self.body = json.dumps(answer).encode()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
                self.asked.append(json.loads(await reader.readexactly(int(headers["content-length"]))))
                head = f"HTTP/1.1 {self.status} X\r\ncontent-length: {len(self.body)}\r\n\r\n"
                writer.write(head.encode() + self.body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@asynccontextmanager
async def http_stub() -> AsyncIterator[HttpStub]:
    stub = HttpStub()
    server = await asyncio.start_server(stub.serve, "127.0.0.1", 0)
    stub.port = server.sockets[0].getsockname()[1]
    yield stub
    server.close()
