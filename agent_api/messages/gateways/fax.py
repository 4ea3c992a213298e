"""Fax: the pages are written where Asterisk can read them, and the ACD is asked to have them sent."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from acd.contracts.commands import SendFax
from agent_api.agents.commands import CommandDesk
from agent_api.errors import Refused as CommandRefused
from agent_api.errors import Unavailable
from agent_api.messages.gateways.port import Letter
from agent_api.messages.pages import PageMaker
from agent_api.messages.workflow import Accepted, Fact, Refused

KEPT = timedelta(days=2)
READABLE, PASSABLE = 0o644, 0o755  # by Asterisk, which is another user


class FaxGateway:
    def __init__(self, folder: Path, pages: PageMaker, commands: CommandDesk, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._pages = pages
        self._commands = commands
        self._clock = clock

    async def send(self, letter: Letter) -> Fact:
        """How it went comes later, as an event with the message's id."""
        try:
            path = await asyncio.to_thread(self._write, letter)
            command = SendFax(
                command_id=uuid4(),
                not_after=self._commands.deadline(self._clock()),
                fax_id=letter.message_id,
                number=letter.address,
                file=str(path),
            )
        except ValidationError:
            return Refused("bad fax number", for_good=True)
        except (Unavailable, OSError) as error:
            return Refused(f"pages: {type(error).__name__}")
        try:
            await self._commands.do(command)
        except CommandRefused as refused:
            return Refused(refused.code)
        except Unavailable as away:
            return Refused(f"{away.what} is away")
        return Accepted(letter.message_id, receipt_follows=True)

    async def tidy(self) -> None:
        """Pages whose message is surely over are deleted: they hold what only the customer may know."""
        await asyncio.to_thread(self._forget_before, self._clock() - KEPT)

    def _forget_before(self, at: datetime) -> None:
        for path in self._folder.glob("*.tiff"):
            if path.stat().st_mtime < at.timestamp():
                path.unlink(missing_ok=True)

    def _write(self, letter: Letter) -> Path:
        if letter.document is not None:
            pages = self._pages.of_document(letter.document, letter.text)
        else:
            pages = self._pages.of_text(letter.subject, letter.text)
        self._folder.mkdir(mode=PASSABLE, parents=True, exist_ok=True)
        path = self._path(letter.message_id)
        path.write_bytes(pages)
        os.chmod(path, READABLE)
        return path

    def _path(self, message_id: str) -> Path:
        return (self._folder / f"{message_id}.tiff").resolve()
