"""All of the written channels joined: files, scanner, mailbox, fax spool, replies. Made once, in app.py."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.channels import limits, repository, service
from agent_api.channels.answering import Clerk
from agent_api.channels.arrivals import Arrived
from agent_api.channels.checking import FileChecker
from agent_api.channels.fax import FaxIntake
from agent_api.channels.files import ContactFiles
from agent_api.channels.filling import House
from agent_api.channels.mail.box import ImapBox
from agent_api.channels.mail.intake import MailIntake
from agent_api.channels.registering import Registration, Registry
from agent_api.channels.scanner import Scanner, scanner_of
from agent_api.db import Database
from agent_api.jobs import Job
from agent_api.observe import Check
from agent_api.settings import Settings

CHECKED_EVERY = timedelta(seconds=2)


class ContactOffice:
    def __init__(self, settings: Settings, db: Database, clock: Callable[[], datetime]) -> None:
        own, messages = settings.channels, settings.messages
        self._db = db
        self._clock = clock
        self._mailbox = own.mailbox
        self.scanner: Scanner | None = scanner_of(own)
        self.files = ContactFiles(settings.attachments_folder / "contacts", own.most_files)
        self.registry = Registry(self.files, settings.attachments_folder, settings.zone)
        self.clerk = Clerk(House(messages.brand, messages.hotline, settings.zone))
        self.checker = FileChecker(db, self.files, self.scanner, settings.attachments_folder, clock)
        self.fax = FaxIntake(db, settings.fax_folder, self.registry, clock)
        self.box = ImapBox(own.mailbox)
        self.mail = MailIntake(db, self.box, self.registry, messages.mail.sender, clock)

    async def take_in(self, arrived: Arrived, wanted: Registration) -> str:
        """A contact whose type is known: received and registered in one transaction; the ticket's number."""
        now = self._clock()
        async with self._db.write() as session:
            row = await service.receive(session, arrived, now, self.registry.zone)
            self.files.keep(session, row, arrived.files, now)
            await session.flush()
            who = system(await auth.center(session, row.center_id))
            return (await self.registry.register(session, row, wanted, who, now)).row.ticket_no

    def jobs(self) -> tuple[Job, ...]:
        always = (
            Job("check files of contacts", CHECKED_EVERY, self.checker.look),
            Job("take over faxes", CHECKED_EVERY, self.fax.look),
            Job("forget sessions of customers", timedelta(minutes=10), self.tidy),
        )
        mail = (Job("fetch mails", self._mailbox.every, self.mail.look),) if self._mailbox.host else ()
        return (*always, *mail)

    async def tidy(self) -> None:
        now = self._clock()
        async with self._db.write() as session:
            await repository.forget_before(session, now - limits.HOUR, now)

    def checks(self) -> dict[str, Check]:
        """For /health: what can be down here."""
        return {"mailbox": self._mail_trouble} if self._mailbox.host else {}

    async def _mail_trouble(self) -> str:
        return self.box.trouble
