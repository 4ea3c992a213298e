"""Who can speak a text: a port and two programs behind it, each started for one text. They run at low priority."""

import asyncio
import shutil
from collections.abc import Sequence
from typing import Protocol

from agent_api.errors import Unavailable

DEADLINE_SECONDS = 300.0
VOICES = {"zh": "cmn-latn-pinyin", "en": "en-us"}
"""espeak-ng's plain `cmn` reads Chinese as English letters."""


class Engine(Protocol):
    name: str

    async def speak(self, text: str, language: str) -> bytes:
        """A WAV of any rate. Raises Unavailable."""
        ...


class Program:
    """Runs a command that reads the text from its input and writes a WAV to its output. {language} is filled in."""

    def __init__(self, name: str, command: Sequence[str], deadline: float = DEADLINE_SECONDS) -> None:
        self.name = name
        self._command = tuple(command)
        self._deadline = deadline

    async def speak(self, text: str, language: str) -> bytes:
        command = [part.replace("{language}", language) for part in self._command]
        try:
            process = await asyncio.create_subprocess_exec(
                "nice", "-n", "15", *command, stdin=-1, stdout=-1, stderr=asyncio.subprocess.DEVNULL
            )
        except OSError:
            raise Unavailable(f"speech engine {self.name}") from None
        try:
            async with asyncio.timeout(self._deadline):
                sound, _ = await process.communicate(text.encode())
        except TimeoutError:
            raise Unavailable(f"speech engine {self.name}") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not sound:
            raise Unavailable(f"speech engine {self.name}")
        return sound


class Espeak:
    """Debian's espeak-ng: plain but quick. Understandable in English; in Chinese only a stopgap until recorded."""

    name = "espeak-ng"

    async def speak(self, text: str, language: str) -> bytes:
        return await Program(
            self.name, ("espeak-ng", "-v", VOICES[language], "-s", "150", "--stdin", "--stdout"), 60
        ).speak(text, language)


def available(command: Sequence[str]) -> list[Engine]:
    """Best first: the command of the settings when there is one, then what is installed."""
    engines: list[Engine] = [Program("command", command)] if command else []
    return [*engines, Espeak()] if shutil.which("espeak-ng") else engines
