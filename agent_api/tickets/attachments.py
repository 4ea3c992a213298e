"""Files of tickets: taken over from a spool, kept under their id in a folder of our own, never served by path."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.errors import NotFound
from agent_api.tickets import repository, service
from agent_api.tickets.models import TicketAttachment

log = structlog.get_logger(__name__)
VOICE_MESSAGE = "voice_message"
BYTES_A_SECOND = 16_000
WAV_HEADER = 44


def keep(session: AsyncSession, ticket_no: str, file: Path, seconds: int, folder: Path, now: datetime) -> bool:
    """Copies: whoever put the file there removes it once the transaction is over. False: there is no such file."""
    if not file.is_file():
        log.warning("the recording of a ticket is gone", ticket_no=ticket_no)
        return False
    attachment_id = uuid4().hex
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = path_of(folder, attachment_id)
    shutil.copyfile(file, kept)
    kept.chmod(0o600)
    session.add(
        TicketAttachment(
            attachment_id=attachment_id,
            ticket_no=ticket_no,
            kind=VOICE_MESSAGE,
            seconds=seconds or length_of(kept),
            created_at=now,
        )
    )
    return True


async def open_for(
    session: AsyncSession, ticket_no: str, attachment_id: str, who: Principal, folder: Path, now: datetime
) -> Path:
    """The file, for who may see the ticket. Audited."""
    await service.get_for(session, ticket_no, who)
    found = await repository.attachment(session, ticket_no, attachment_id)
    if found is None or not (file := path_of(folder, found.attachment_id)).is_file():
        raise NotFound("attachment", attachment_id)
    await audit.record(session, who, "recording.play", now, subject="ticket", subject_id=ticket_no)
    return file


async def forget_before(session: AsyncSession, at: datetime, folder: Path) -> int:
    """Recordings of tickets that were closed before then; the tickets stay."""
    old = await repository.attachments_closed_before(session, at)
    for attachment in old:
        path_of(folder, attachment.attachment_id).unlink(missing_ok=True)
        await session.delete(attachment)
    return len(old)


def path_of(folder: Path, attachment_id: str) -> Path:
    return folder / f"{attachment_id}.wav"


def length_of(file: Path) -> int:
    """Of a recording of ours (8 kHz, 16 bit), in whole seconds."""
    return max(0, file.stat().st_size - WAV_HEADER) // BYTES_A_SECOND
