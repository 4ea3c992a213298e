"""A job: mails become contacts, each in one transaction, and are marked seen only after it. Twice is once."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import SYSTEM, system
from agent_api.channels import answering, registering, repository, service
from agent_api.channels.arrivals import Arrived, ArrivedFile, kind_of
from agent_api.channels.flow import Fact
from agent_api.channels.mail.box import Fetched
from agent_api.channels.mail.reading import OURS, ReadMail, read
from agent_api.channels.models import Interaction
from agent_api.channels.registering import Registration, Registry
from agent_api.customers import service as customers
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.messages import service as messages
from agent_api.tickets import service as tickets
from agent_api.tickets.files import Kind
from agent_api.tickets.words import Channel, TicketType

log = structlog.get_logger(__name__)
TICKET_NO = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{14}(?!\d)")


class Box(Protocol):
    async def unseen(self) -> list[Fetched]: ...

    async def mark_seen(self, uids: list[str]) -> None: ...


class MailIntake:
    def __init__(
        self, db: Database, box: Box, registry: Registry, own_address: str, clock: Callable[[], datetime]
    ) -> None:
        """`own_address`: mails from ourselves are never answered."""
        self._db = db
        self._box = box
        self._registry = registry
        self._own = own_address.lower()
        self._clock = clock

    async def look(self) -> int:
        """How many mails were taken. What could not be stored stays unseen and comes again."""
        done: list[str] = []
        try:
            for fetched in await self._box.unseen():
                await self._take(fetched)
                done.append(fetched.uid)
        finally:
            await self._box.mark_seen(done)
        return len(done)

    async def _take(self, fetched: Fetched) -> None:
        try:
            mail = read(fetched.raw)
        except Exception as error:  # whatever a stranger sends, the next mail is read
            log.error("a mail cannot be read", exc_info=error)
            mail = ReadMail("", "", "", "", "", (), "broken", False, "")
        source = source_of(mail, fetched.raw)
        async with self._db.write() as session:
            if await service.known(session, source) is None:
                await self._store(session, mail, source, fetched.raw)

    async def _store(self, session: AsyncSession, mail: ReadMail, source: str, raw: bytes) -> None:
        now = self._clock()
        arrived = Arrived(
            Channel.EMAIL,
            source,
            now,
            address=mail.address,
            name=mail.name,
            subject=mail.subject,
            body=mail.text,
            kind=kind_of(mail.subject, mail.text),
            thread=mail.message_id,
            readable=mail.readable,
            note=mail.automatic,
        )
        row = await service.receive(session, arrived, now, self._registry.zone)
        original = ArrivedFile(Kind.MAIL, f"{row.interaction_id}.eml", "message/rfc822", raw)
        self._registry.files.keep(session, row, (original, *mail.files), now)
        await session.flush()
        await self._go_on(session, row, mail, now)

    async def _go_on(self, session: AsyncSession, row: Interaction, mail: ReadMail, now: datetime) -> None:
        if mail.bounce_of:
            await self._bounced(session, mail.bounce_of, now)
        if not mail.readable:
            await self._ask_again(session, row, mail, now)
        elif mail.automatic or mail.address == self._own:
            await service.advance(session, row, Fact.FILED, SYSTEM, now, mail.automatic or "own address")
        elif mail.spam:
            await service.advance(session, row, Fact.JUDGED_SPAM, SYSTEM, now, "marked by the mail server")
        elif (ticket_no := await _ticket_of(session, row, mail)) is not None:
            await self._registry.follow_up(session, row, ticket_no, now)
        else:
            who = system(await auth.center(session, row.center_id))
            await self._registry.register(session, row, Registration(TicketType(row.kind)), who, now)

    async def _ask_again(self, session: AsyncSession, row: Interaction, mail: ReadMail, now: datetime) -> None:
        """Nothing could be read: a person may have sent it, a machine is not asked."""
        if not mail.address or mail.automatic or mail.address == self._own:
            return
        if await registering.tell(session, row, "contact.resend", {"contact_no": row.interaction_id}, now):
            await service.advance(session, row, Fact.ASKED_AGAIN, SYSTEM, now)

    async def _bounced(self, session: AsyncSession, message_id: str, now: datetime) -> None:
        try:
            message = await messages.get(session, message_id)
        except NotFound:
            return
        row = await answering.bounced(session, message, now)
        log.info("a mail of ours came back", message_id=message_id, interaction_id=row.interaction_id if row else "")


def source_of(mail: ReadMail, raw: bytes) -> str:
    """The same mail twice (moved back, marked unread, delivered by two ways) has the same."""
    named = f"{mail.address} {mail.message_id}".encode() if mail.message_id else raw
    return f"mail:{hashlib.sha256(named).hexdigest()}"


async def _ticket_of(session: AsyncSession, row: Interaction, mail: ReadMail) -> str | None:
    """By what it answers, or by the number in its subject. Anybody can write those: the sender must be the ticket's."""
    for message_id in (found for each in mail.answers for found in OURS.findall(each)):
        try:
            about: str = (await messages.get(session, message_id)).about
        except NotFound:
            continue
        if TICKET_NO.fullmatch(about) and await _is_theirs(session, row, about):
            return about
    earlier = await repository.by_thread(session, mail.answers)
    if earlier is not None and earlier.address == row.address:
        return earlier.ticket_no
    named: list[str] = TICKET_NO.findall(mail.subject)
    for ticket_no in named:
        if await _is_theirs(session, row, ticket_no):
            return ticket_no
    return None


async def _is_theirs(session: AsyncSession, row: Interaction, ticket_no: str) -> bool:
    try:
        ticket = (await tickets.case(session, ticket_no)).row
    except NotFound:
        return False
    if any(each.address == row.address for each in await repository.of_ticket(session, ticket_no)):
        return True
    if ticket.customer_id is None:
        return False
    return (await customers.get(session, ticket.customer_id)).email.lower() == row.address
