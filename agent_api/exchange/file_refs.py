"""Which files of a ticket can be got by way of us: ids go with the messages, contents do not."""

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.exchange.models import SharedTicket
from agent_api.exchange.wire import FileRef
from agent_api.recordings import service as recordings
from agent_api.tickets import service as tickets
from agent_api.tickets.models import TicketRow

RECORDING = "recording"


async def own(session: AsyncSession, row: TicketRow) -> list[FileRef]:
    """What of the ticket lies here."""
    refs = [
        FileRef(
            id=each.attachment_id, kind=each.kind, media_type=each.media_type, file_name=each.file_name,
            size=each.size, seconds=each.seconds,
        )
        for each in await tickets.attachments_of(session, row.ticket_no)
    ]  # fmt: skip
    if row.call_id and (kept := await recordings.of_call(session, row.call_id)) is not None and kept.size:
        refs.append(
            FileRef(
                id=row.call_id, kind=RECORDING, media_type="audio/flac", size=kept.size, seconds=kept.length_ms // 1000
            )
        )
    return refs


def learned(shared: SharedTicket, peer: str, refs: tuple[FileRef, ...]) -> None:
    """Remember which peer knows the way to which file."""
    known = {each["id"]: each for each in shared.files}
    fresh = {ref.id: ref.model_dump() | {"peer": peer} for ref in refs if ref.id not in known}
    if fresh:
        shared.files = [*shared.files, *fresh.values()]


async def known(session: AsyncSession, row: TicketRow, shared: SharedTicket | None) -> tuple[FileRef, ...]:
    """All one can get by way of us."""
    further = [FileRef.model_validate(each) for each in shared.files] if shared else []
    return (*await own(session, row), *further)
