"""Looks for malware in files: ClamAV's clamd by its INSTREAM command, or nobody. It never sees where files lie."""

import asyncio
import struct
from typing import Protocol

from agent_api.channels.settings import ChannelSettings
from agent_api.errors import Unavailable

DEADLINE_SECONDS = 30.0
CHUNK = 64 * 1024


class Scanner(Protocol):
    async def finding(self, content: bytes) -> str:
        """Name of what was found; "" when it is clean. Raises Unavailable when nobody can say."""
        ...


class Clamd:
    def __init__(self, address: str) -> None:
        """`address`: host:port, or the path of a socket."""
        self._address = address

    async def finding(self, content: bytes) -> str:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                answer = await self._ask(content)
        except (OSError, TimeoutError, ValueError) as error:
            raise Unavailable("scanner") from error
        words = answer.removeprefix("stream: ")
        if words == "OK":
            return ""
        if words.endswith(" FOUND"):
            return words.removesuffix(" FOUND")
        raise Unavailable("scanner")  # "INSTREAM size limit exceeded. ERROR" and the like

    async def _ask(self, content: bytes) -> str:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                writer.write(struct.pack("!L", len(chunk)) + chunk)
                await writer.drain()
            writer.write(struct.pack("!L", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0")).rstrip(b"\0").decode("utf-8", "replace")
        except asyncio.IncompleteReadError as error:
            raise ConnectionError("clamd closed the connection") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.startswith("/"):
            return await asyncio.open_unix_connection(self._address)
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host, int(port))


def scanner_of(settings: ChannelSettings) -> Scanner | None:
    """None: nobody looks, files are shown as not checked."""
    return Clamd(settings.clamd) if settings.scanner == "clamd" else None
