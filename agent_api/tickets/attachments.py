"""Files of tickets: kept under their id in a folder of our own, never served by path."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import SYSTEM, Principal
from agent_api.errors import Invalid, NotFound
from agent_api.tickets import files, repository, service
from agent_api.tickets.models import TicketAttachment

log = structlog.get_logger(__name__)
VOICE_MESSAGE = files.Kind.VOICE_MESSAGE
WAV = "audio/wav"
BYTES_A_SECOND = 16_000
WAV_HEADER = 44


class Scanner(Protocol):
    """Looks for malware."""

    async def finding(self, content: bytes) -> str:
        """Name of what was found; empty when it is clean. Raises Unavailable when nobody can say."""


async def store(
    session: AsyncSession,
    ticket_no: str,
    kind: str,
    media_type: str,
    file_name: str,
    content: bytes,
    who: Principal,
    now: datetime,
    *,
    folder: Path,
    scanner: Scanner | None = None,
) -> TicketAttachment:
    """Refuses what is too large, of a type that is not allowed, not what it says, or found to be harmful."""
    if len(content) > files.LARGEST:
        raise Invalid("attachment.too_large", {"largest": files.LARGEST})
    if not files.is_what_it_says(media_type, content):
        raise Invalid("attachment.wrong_type", {"allowed": sorted(files.TYPES)})
    if scanner is not None and (finding := await scanner.finding(content)):
        log.warning("a harmful file was refused", ticket_no=ticket_no, finding=finding, by=who.agent_no)
        raise Invalid("attachment.harmful")
    seconds = max(0, len(content) - WAV_HEADER) // BYTES_A_SECOND if media_type == WAV else 0
    row = _row(ticket_no, kind, seconds, now, who.agent_no)
    row.media_type, row.file_name, row.size = media_type, files.shown_name(file_name), len(content)
    kept = _place(folder, row)
    kept.write_bytes(content)
    kept.chmod(0o600)
    session.add(row)
    return row


def keep(session: AsyncSession, ticket_no: str, file: Path, seconds: int, folder: Path, now: datetime) -> bool:
    """A recording of our own. Copies: whoever put the file there removes it once the transaction is over.

    False: there is no such file.
    """
    if not file.is_file():
        log.warning("the recording of a ticket is gone", ticket_no=ticket_no)
        return False
    row = _row(ticket_no, VOICE_MESSAGE, 0, now, SYSTEM)
    row.media_type, row.file_name = WAV, ""
    kept = _place(folder, row)
    shutil.copyfile(file, kept)
    kept.chmod(0o600)
    row.seconds, row.size = seconds or length_of(kept), kept.stat().st_size
    session.add(row)
    return True


async def open_for(
    session: AsyncSession, ticket_no: str, attachment_id: str, who: Principal, folder: Path, now: datetime
) -> tuple[Path, TicketAttachment]:
    """The file, for who may see the ticket. Audited."""
    await service.get_for(session, ticket_no, who)
    found = await repository.attachment(session, ticket_no, attachment_id)
    if found is None or not (file := path_of(folder, found)).is_file():
        raise NotFound("attachment", attachment_id)
    action = "recording.play" if found.media_type == WAV else "attachment.read"
    await audit.record(session, who, action, now, subject="ticket", subject_id=ticket_no)
    return file, found


async def forget_before(session: AsyncSession, at: datetime, folder: Path) -> int:
    """Files of tickets that were closed before then; the tickets stay."""
    old = await repository.attachments_closed_before(session, at)
    for attachment in old:
        path_of(folder, attachment).unlink(missing_ok=True)
        await session.delete(attachment)
    return len(old)


def path_of(folder: Path, attachment: TicketAttachment) -> Path:
    return folder / f"{attachment.attachment_id}{files.suffix_of(attachment.media_type)}"


def length_of(file: Path) -> int:
    """Of a recording of ours (8 kHz, 16 bit), in whole seconds."""
    return max(0, file.stat().st_size - WAV_HEADER) // BYTES_A_SECOND


def _row(ticket_no: str, kind: str, seconds: int, now: datetime, added_by: str) -> TicketAttachment:
    return TicketAttachment(
        attachment_id=uuid4().hex,
        ticket_no=ticket_no,
        kind=kind,
        seconds=seconds,
        added_by=added_by,
        created_at=now,
    )


def _place(folder: Path, row: TicketAttachment) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path_of(folder, row)
