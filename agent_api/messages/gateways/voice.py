"""Telephone: the ACD is asked to ring the customer and to play what says it. At night it waits for the morning."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from acd.contracts.commands import SpeakNotice
from agent_api.agents.commands import CommandDesk
from agent_api.errors import Refused as CommandRefused
from agent_api.errors import Unavailable
from agent_api.messages.gateways.port import Letter
from agent_api.messages.workflow import Accepted, Fact, Postponed, Refused

FIRST, LAST = time(8), time(21)
"""When people may be rung (requirements.md 5.2: the widest window of any call we make)."""


class VoiceGateway:
    def __init__(self, commands: CommandDesk, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._commands = commands
        self._clock = clock
        self._zone = zone

    async def send(self, letter: Letter) -> Fact:
        """How it went comes later, as an event with the message's id."""
        now = self._clock()
        if not letter.prompts:
            return Refused("no words for the telephone", for_good=True)
        if (morning := self._when(now)) is not None:
            return Postponed(morning)
        try:
            command = SpeakNotice(
                command_id=uuid4(),
                not_after=self._commands.deadline(now),
                notice_id=letter.message_id,
                number=letter.address,
                language=_language(letter.language),
                prompts=letter.prompts,
            )
        except ValidationError:
            return Refused("bad number", for_good=True)
        try:
            await self._commands.do(command)
        except CommandRefused as refused:
            return Refused(refused.code)
        except Unavailable as away:
            return Refused(f"{away.what} is away")
        return Accepted(letter.message_id, receipt_follows=True)

    def _when(self, now: datetime) -> datetime | None:
        """The next morning; None: now."""
        local = now.astimezone(self._zone)
        if FIRST <= local.time() < LAST:
            return None
        day = local.date() if local.time() < FIRST else local.date() + timedelta(days=1)
        return datetime.combine(day, FIRST, self._zone)


def _language(language: str) -> Literal["zh", "en"]:
    return "en" if language == "en" else "zh"
