"""A scripted Asterisk for FastAGI: a caller with a list of keys, and a raw line for faults a real one rarely shows."""

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterable

from ivr.observe import Metrics

HEADER = (
    "agi_network: yes\nagi_network_script: {script}\nagi_request: agi://127.0.0.1/{script}\n"
    "agi_channel: PJSIP/trunk-00000001\nagi_language: zh\nagi_type: PJSIP\nagi_uniqueid: n1-1.1\n"
    "agi_callerid: {caller}\nagi_calleridname: {caller}\nagi_extension: s\nagi_enhanced: 0.0\n"
)


def header(script: str = "main", caller: str = "13900000001", args: Iterable[str] = ("0", "n1-1.1", "10010")) -> bytes:
    lines = "".join(f"agi_arg_{place}: {value}\n" for place, value in enumerate(args, 1))
    return (HEADER.format(script=script, caller=caller) + lines + "\n").encode()


async def eventually(condition: Callable[[], bool], within: float = 5) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - polls with a deadline
            await asyncio.sleep(0.005)


def calls(metrics: Metrics, menu: str, outcome: str) -> float:
    return metrics.registry.get_sample_value("ivr_calls_total", {"menu": menu, "outcome": outcome}) or 0


class RawPeer:
    """One connection, byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, port: int, first: bytes | None = None) -> "RawPeer":
        peer = cls(*await asyncio.open_connection("127.0.0.1", port))
        peer.writer.write(header() if first is None else first)
        return peer

    async def command(self) -> str:
        """The next command; "" when the other side closed."""
        async with asyncio.timeout(5):
            return (await self.reader.readline()).decode().rstrip("\n")

    async def commands(self) -> list[str]:
        """Everything up to the close."""
        return [line async for line in self]

    def __aiter__(self) -> "RawPeer":
        return self

    async def __anext__(self) -> str:
        if line := await self.command():
            return line
        raise StopAsyncIteration

    def answer(self, line: str = "200 result=0") -> None:
        self.writer.write(line.encode() + b"\n")

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


class Phone:
    """A caller who presses `keys` one after the other whenever Asterisk takes keys, then stays silent.

    Keys are pressed at the end of prompts: GET DATA takes them, playing does not. A space in `keys` is silence, `!` is
    a hang-up. Recordings last eight seconds.
    """

    def __init__(self, keys: str = "") -> None:
        self.keys = list(keys)
        self.commands: list[str] = []
        self.gone = False
        self.variables: dict[str, str] = {}
        self.events: list[tuple[str, dict[str, str]]] = []

    async def call(self, port: int, first: bytes | None = None) -> "Phone":
        peer = await RawPeer.connect(port, first)
        try:
            async for command in peer:
                self.commands.append(command)
                peer.answer(self._answer(command))
        finally:
            await peer.close()
        return self

    @property
    def heard(self) -> list[str]:
        names = [
            match[1]
            for line in self.commands
            if (match := re.match(r'(?:STREAM FILE|GET DATA|EXEC Background) "([^"]*)"', line))
        ]
        return [prompt for chain in names for prompt in chain.split("&") if prompt]

    def _answer(self, command: str) -> str:
        self.gone = self.gone or (command.startswith("GET DATA") and self.keys[:1] == ["!"])
        if self.gone and not command.startswith("EXEC"):
            return "511 Command Not Permitted on a dead channel or intercept routine"
        match command.split(" "):
            case ["GET", "DATA", _, _, length]:
                return self._take(int(length))
            case ["WAIT", "FOR", "DIGIT", _]:
                key = self.keys.pop(0) if self.keys and self.keys[0] == "#" else ""
                return f"200 result={ord(key) if key else 0}"
            case ["EXEC", "MSet", *rest]:
                self.variables |= dict(pair.split("=", 1) for pair in " ".join(rest).strip('"').split(","))
            case ["EXEC", "UserEvent", *rest]:
                name, *fields = " ".join(rest).strip('"').split(",")
                self.events.append((name, dict(field.split(": ", 1) for field in fields)))
            case ["STREAM", "FILE", *_]:
                return "200 result=0 endpos=8000"
            case ["RECORD", "FILE", *_]:
                return f"200 result={ord('#')} (dtmf) endpos=64000"
        return "200 result=0"

    def _take(self, length: int) -> str:
        taken = ""
        while len(taken) < length:
            key = self.keys.pop(0) if self.keys else " "
            if key == "#":
                return f"200 result={taken}"
            if key == " ":
                return f"200 result={taken} (timeout)"
            taken += key
        return f"200 result={taken}"
