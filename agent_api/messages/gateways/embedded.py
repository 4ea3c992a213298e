"""Gateways that need nobody: an SMS sink, a mail folder and a work list."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from agent_api.db import Database
from agent_api.messages.gateways.mail import MailWriter
from agent_api.messages.gateways.port import Letter
from agent_api.messages.models import SinkText
from agent_api.messages.workflow import Accepted, ByHand, Fact, Refused


class SmsSink:
    """Keeps texts in the database, where the desk and tests read them."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def send(self, letter: Letter) -> Fact:
        async with self._db.write() as session:
            session.add(
                SinkText(message_id=letter.message_id, number=letter.address, text=letter.text, at=self._clock())
            )
        return Accepted()


class MailFolder:
    """Keeps mails as files, readable by this process's user only."""

    def __init__(self, folder: Path, writer: MailWriter) -> None:
        self._folder = folder
        self._writer = writer

    async def send(self, letter: Letter) -> Fact:
        try:
            mail = self._writer.mail(letter)
        except ValueError:
            return Refused("bad address", for_good=True)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{letter.message_id}.eml"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(mail.as_bytes())
        return Accepted()


class WorkList:
    """Letters: a person prints and posts them, and says so in the desk."""

    async def send(self, letter: Letter) -> Fact:
        return ByHand()
