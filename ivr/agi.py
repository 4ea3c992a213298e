"""One FastAGI session: commands out, answers in. Knows the protocol and its traps, nothing of menus.

The protocol has no message ids: an answer belongs to the last command. So whatever could shift the two against each
other (a line read too few, a late answer, a command split in two) ends the session instead.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MAX_COMMAND_BYTES = 2000  # res_agi reads a line into 2048 bytes and would take the rest for the next command
ANSWER_SECONDS = 5.0
PLAY_SECONDS = 180.0
ALL_KEYS = "0123456789*#"

_OK = re.compile(r"200 result=(?P<result>\S*)(?: \((?P<note>.*)\))?(?: endpos=(?P<endpos>[0-9]+))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNSAFE = re.compile(r"[^\w .+*#@:/-]")


class CallerGone(Exception):
    """The caller hung up, or Asterisk closed the session: a normal end."""


class CommandFailed(Exception):
    """The channel is alive but the command did not work: no such file, no such application, wrong usage."""


class ChannelStuck(Exception):
    """No answer in time. The socket is closed, the dialplan's failure path has the caller."""


class BadPeer(Exception):
    """What came is not FastAGI."""


@dataclass(frozen=True, slots=True)
class Reply:
    result: str
    note: str = ""
    """The word in parentheses: "timeout", or the value of a variable."""
    position: int = 0
    """Where playing stopped, in samples."""


class AgiSession:
    """Commands are sent one at a time by the one task that owns the session."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        request: Mapping[str, str],
        count: Callable[[str], None] = lambda command: None,
    ) -> None:
        self.request = request
        self._reader = reader
        self._writer = writer
        self._count = count
        self._hung_up = False

    async def stream_file(self, sound: str, escape_keys: str = ALL_KEYS, start: int = 0) -> Reply:
        """Play one sound. The result is the ASCII code of the key that stopped it, "0" when it played to the end."""
        return await self._send("STREAM FILE", f"{quoted(sound)} {quoted(escape_keys)} {start}", PLAY_SECONDS)

    async def background(self, sounds: tuple[str, ...]) -> Reply:
        """Play sounds back to back in one command, stopped by any key. Result as for stream_file.

        Asterisk drops the rest of the chain without an error when a file is missing: see ivr.prompts.
        """
        return await self._send("EXEC Background", quoted("&".join(sounds)), PLAY_SECONDS)

    async def get_data(self, sound: str, timeout_ms: int, length: int) -> Reply:
        """Play (an empty name plays nothing) and take keys up to `length`, `#` or a pause of `timeout_ms`.

        Unlike the application Read it leaves no trace of the keys in channel variables or events.
        """
        seconds = PLAY_SECONDS + (length + 1) * timeout_ms / 1000
        return await self._send("GET DATA", f"{quoted(sound)} {timeout_ms} {length}", seconds)

    async def wait_for_digit(self, timeout_ms: int) -> Reply:
        return await self._send("WAIT FOR DIGIT", str(timeout_ms), ANSWER_SECONDS + timeout_ms / 1000)

    async def record_file(self, file: str, longest_ms: int) -> Reply:
        """Tone, then record into `file`.wav until `#`. The note is "hangup" when the caller ended it that way."""
        self._count("RECORD FILE")
        line = f"RECORD FILE {quoted(file)} wav {quoted('#')} {longest_ms} BEEP"
        reply = await self._exchange(line, PLAY_SECONDS + longest_ms / 1000, last_words=True)
        if reply.note == "hangup":
            self._hung_up = True
        elif reply.result == "-1":
            raise CommandFailed("RECORD FILE")
        return reply

    async def user_event(self, name: str, fields: Mapping[str, str], after_hangup: bool = False) -> None:
        """With `after_hangup` it is sent although the caller has gone: Asterisk takes it as long as it listens."""
        body = quoted(",".join([name, *(f"{key}: {cleaned(value)}" for key, value in fields.items())]))
        if not after_hangup:
            await self._send("EXEC UserEvent", body, ANSWER_SECONDS)
        elif not self._writer.is_closing():
            await self._exchange(f"EXEC UserEvent {body}", ANSWER_SECONDS, last_words=True)

    async def set_variables(self, values: Mapping[str, str]) -> None:
        """Set all in one command, in order; a name starting with `__` is inherited by other legs."""
        body = ",".join(f"{name}={cleaned(value)}" for name, value in values.items())
        await self._send("EXEC MSet", quoted(body), ANSWER_SECONDS)

    def close(self) -> None:
        self._hung_up = True
        self._writer.close()

    async def _send(self, command: str, arguments: str, seconds: float) -> Reply:
        self._count(command)
        reply = await self._exchange(f"{command} {arguments}", seconds)
        if reply.result == "-2":
            raise CommandFailed(f"{command}: no such application")
        if reply.result == "-1":
            await self._exchange("CHANNEL STATUS", ANSWER_SECONDS, check=True)
            raise CommandFailed(command)
        return reply

    async def _exchange(self, line: str, seconds: float, check: bool = False, last_words: bool = False) -> Reply:
        """One command, one answer. With `check`, a channel that is not up counts as gone. `last_words` still count."""
        if self._hung_up and not last_words:
            raise CallerGone
        if _CONTROL.search(line):
            raise ValueError("control character in an AGI command")
        data = line.encode() + b"\n"
        if len(data) > MAX_COMMAND_BYTES:
            raise ValueError("AGI command too long")
        try:
            async with asyncio.timeout(seconds):
                self._writer.write(data)
                reply = await self._answer()
        except TimeoutError:
            # A late answer would be taken for the next command's: this session is over.
            self.close()
            raise ChannelStuck(line.split('"', 1)[0].strip()) from None
        except OSError:
            self._hung_up = True
            raise CallerGone from None
        if (self._hung_up and not last_words) or (check and reply.result != "6"):
            self._hung_up = True
            raise CallerGone
        return reply

    async def _answer(self) -> Reply:
        while True:
            line = await self._line()
            if match := _OK.match(line):
                return Reply(match["result"], match["note"] or "", int(match["endpos"] or 0))
            if line == "HANGUP":  # a notice between answers, not an answer
                self._hung_up = True
            elif line.startswith("511"):
                self._hung_up = True
                raise CallerGone
            elif line.startswith("520-"):
                while not line.startswith("520 "):
                    line = await self._line()
                raise CommandFailed("wrong usage")
            elif line.startswith(("510", "520", "503")):
                raise CommandFailed(line[:60])
            elif not line.startswith("100"):
                self.close()
                raise BadPeer("unknown answer")

    async def _line(self) -> str:
        try:
            line = await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            self._hung_up = True
            raise CallerGone from None
        except asyncio.LimitOverrunError:
            self.close()
            raise BadPeer("line too long") from None
        return line.decode(errors="replace").rstrip("\r\n")


async def read_request(reader: asyncio.StreamReader, seconds: float) -> dict[str, str]:
    """The header Asterisk sends first. BadPeer when it is not one, too long (the reader's limit) or too slow."""
    try:
        async with asyncio.timeout(seconds):
            raw = await reader.readuntil(b"\n\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, OSError) as error:
        raise BadPeer(f"no FastAGI request: {type(error).__name__}") from None
    lines = raw.decode(errors="replace").split("\n")
    request = dict(line.split(": ", 1) for line in lines if ": " in line)
    if "agi_network_script" not in request:
        raise BadPeer("no FastAGI request: no script named")
    return request


def quoted(argument: str) -> str:
    """One argument of a command, whatever it holds. Control characters are refused where the command is sent."""
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'


def cleaned(value: str) -> str:
    """A value inside an application's argument list, where commas, quotes and the like have a meaning."""
    return _UNSAFE.sub("_", value)[:200]
