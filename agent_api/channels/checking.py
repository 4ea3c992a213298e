"""A job: files that wait are scanned; clean ones go to their ticket, infected ones apart. Nobody sees one before."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.channels import repository
from agent_api.channels.files import SHOWN, ContactFiles
from agent_api.channels.models import Interaction, InteractionFile
from agent_api.channels.scanner import Scanner
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.tickets import attachments

log = structlog.get_logger(__name__)
AT_ONCE = 20


class FileChecker:
    def __init__(
        self,
        db: Database,
        files: ContactFiles,
        scanner: Scanner | None,
        attachments_folder: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._files = files
        self._scanner = scanner
        self._attachments = attachments_folder
        self._clock = clock

    async def look(self) -> int:
        """How many were checked. Raises Unavailable while the scanner is away: they wait."""
        async with self._db.read() as session:
            waiting = await repository.waiting_files(session, AT_ONCE)
        for file_id in waiting:
            await self._check(file_id)
        return len(waiting)

    async def _check(self, file_id: str) -> None:
        async with self._db.read() as session:
            file = await session.get_one(InteractionFile, file_id)
        try:
            content = self._files.raw_content_of(file)
        except NotFound:
            content, finding = b"", "gone"
        else:
            finding = await self._scanner.finding(content) if self._scanner else ""
        async with self._db.write() as session:
            file = await session.get_one(InteractionFile, file_id, with_for_update=True)
            if file.state != "waiting":
                return  # another replica was faster
            if finding:
                file.state, file.finding = "infected", finding[:100]
                log.warning("a harmful file of a contact", interaction_id=file.interaction_id, finding=finding)
            else:
                file.state = "clean" if self._scanner else "unchecked"
                row = await session.get_one(Interaction, file.interaction_id)
                await to_ticket(session, row, file, content, self._attachments, self._clock())
        if finding and content:
            self._files.put_apart(file)


async def to_ticket(
    session: AsyncSession, row: Interaction, file: InteractionFile, content: bytes, folder: Path, now: datetime
) -> None:
    """A copy among the ticket's attachments, once: as soon as there is a ticket and the file may be seen."""
    if row.ticket_no is None or file.attachment_id or file.state not in SHOWN:
        return
    who = system(await auth.center(session, row.center_id))
    kept = await attachments.store(
        session, row.ticket_no, file.kind, file.media_type, file.file_name, content, who, now, folder=folder
    )
    file.attachment_id = kept.attachment_id
