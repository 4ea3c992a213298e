"""All of messages joined: gateways by the settings, the sender, and the SMS centre's line. Made once, in app.py."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.commands import CommandDesk
from agent_api.db import Database
from agent_api.errors import Unavailable
from agent_api.messages import service, survey, workflow
from agent_api.messages.gateways.embedded import MailFolder, SmsSink, WorkList
from agent_api.messages.gateways.fax import FaxGateway
from agent_api.messages.gateways.mail import MailWriter, SmtpGateway
from agent_api.messages.gateways.port import Gateway
from agent_api.messages.gateways.smpp import SmppGateway
from agent_api.messages.gateways.sms_text import DELIVERED, Receipt
from agent_api.messages.gateways.voice import VoiceGateway
from agent_api.messages.outgoing import Channel
from agent_api.messages.pages import PageMaker
from agent_api.messages.sender import Sender
from agent_api.messages.settings import MessageSettings
from agent_api.observe import Check

log = structlog.get_logger(__name__)

RECEIPT_TRIES = 5
RECEIPT_PAUSE = 1.0


class PostOffice:
    def __init__(
        self,
        settings: MessageSettings,
        folder: Path,
        db: Database,
        commands: CommandDesk,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        """`folder`: the installation's; pages of faxes and unsent mails are kept below it."""
        self._db = db
        self._commands = commands
        self._zone = zone
        self._clock = clock
        self.pages = PageMaker(settings.fonts)
        self.fax = FaxGateway(folder / "fax" / "out", self.pages, commands, clock)
        self.smpp = SmppGateway(settings.smpp, self.receipt, self.text) if settings.sms == "smpp" else None
        self.sender = Sender(db, self._gateways(settings, folder), always(settings), clock)

    def _gateways(self, settings: MessageSettings, folder: Path) -> Mapping[Channel, Gateway]:
        writer = MailWriter(settings.mail.sender, settings.brand)
        return {
            Channel.SMS: self.smpp or SmsSink(self._db, self._clock),
            Channel.EMAIL: SmtpGateway(settings.mail, writer)
            if settings.mail.host
            else MailFolder(folder / "outbox", writer),
            Channel.FAX: self.fax,
            Channel.POST: WorkList(),
            Channel.VOICE: VoiceGateway(self._commands, self._clock, self._zone),
        }

    async def run(self) -> None:
        """The line to the SMS centre, until cancelled. Without one there is nothing to do."""
        if self.smpp is not None:
            await self.smpp.run()

    def checks(self) -> dict[str, Check]:
        """For /health: what can be down here."""
        return {} if self.smpp is None else {"sms": self._sms_trouble}

    async def _sms_trouble(self) -> str:
        return "" if self.smpp is None or self.smpp.up else "no line to the SMS centre: texts wait"

    async def receipt(self, receipt: Receipt) -> None:
        """It may be faster than our own note of what the SMS centre called the message."""
        arrived = receipt.state == DELIVERED
        fact = workflow.Arrived() if arrived else workflow.Refused(receipt.state.lower())
        for _ in range(RECEIPT_TRIES):
            if await self._written(
                lambda session: service.tell_receipt(session, receipt.gateway_id, fact, self._clock())
            ):
                return
            await asyncio.sleep(RECEIPT_PAUSE)
        log.warning("a receipt for no message of ours")

    async def text(self, number: str, text: str) -> None:
        """A customer wrote."""
        known = await self._written(lambda session: survey.answer(session, number, text, self._clock(), self._zone))
        log.info("a customer's text", answers_a_survey=known)

    async def _written(self, work: Callable[[AsyncSession], Awaitable[bool]]) -> bool:
        try:
            async with self._db.write() as session:
                return await work(session)
        except Unavailable as away:
            log.warning("what the SMS centre said could not be noted", what=away.what)
            return False


def always(settings: MessageSettings) -> Mapping[str, str]:
    return {"brand": settings.brand, "hotline": settings.hotline}
