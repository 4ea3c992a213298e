"""Files of shared tickets travel by their id and are fetched where they lie, when somebody asks for one.

A file of an installation further on is asked for on the way there, hop by hop.
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import NotFound, Unavailable
from agent_api.exchange import repository
from agent_api.exchange.file_refs import RECORDING
from agent_api.exchange.http_link import NoAnswer, PeerAddress
from agent_api.exchange.models import Peer, SharedTicket
from agent_api.exchange.wire import FileRef, FileWish
from agent_api.recordings import service as recordings
from agent_api.tickets import attachments
from agent_api.tickets import service as tickets


@dataclass(frozen=True, slots=True)
class Found:
    content: bytes
    media_type: str


async def elsewhere(session: AsyncSession, ticket_no: str, who: Principal) -> list[FileRef]:
    """For who may see the ticket."""
    await tickets.get_for(session, ticket_no, who)
    shared = await session.get(SharedTicket, ticket_no)
    return [FileRef.model_validate(each) for each in shared.files] if shared else []


async def for_person(context: Context, ticket_no: str, file_id: str, who: Principal) -> Found:
    """A file that lies elsewhere. Audited here; the other side knows our installation asked."""
    async with context.db.write() as session:
        wanted = next((each for each in await elsewhere(session, ticket_no, who) if each.id == file_id), None)
        if wanted is None:
            raise NotFound("attachment", file_id)
        if wanted.kind == RECORDING:
            who.require(Permission.RECORDING_TICKET)
        await audit.record(
            session, who, "exchange.fetch", context.clock(), subject="ticket", subject_id=ticket_no, reason=file_id
        )
    return await _from_peer(context, FileWish(ticket_no=ticket_no, file_id=file_id))


async def for_peer(context: Context, peer_id: str, wish: FileWish) -> tuple[bytes, str]:
    async with context.db.read() as session:
        if not await repository.shared_with(session, peer_id, wish.ticket_no):
            raise NotFound("ticket", wish.ticket_no)
        found = await _here(context, session, wish)
    found = found or await _from_peer(context, wish, but=peer_id)
    return found.content, found.media_type


async def _here(context: Context, session: AsyncSession, wish: FileWish) -> Found | None:
    for each in await tickets.attachments_of(session, wish.ticket_no):
        file = attachments.path_of(context.settings.attachments_folder, each)
        if each.attachment_id == wish.file_id and file.is_file():
            return Found(file.read_bytes(), each.media_type)
    row = (await tickets.case(session, wish.ticket_no)).row
    kept = await recordings.of_call(session, row.call_id) if row.call_id else None
    if row.call_id == wish.file_id and kept is not None and kept.key:
        pieces = context.recordings.vault.pieces(kept.key, kept.size, 0, kept.size, kept.sealed)
        return Found(b"".join([piece async for piece in pieces]), "audio/flac")
    return None


async def _from_peer(context: Context, wish: FileWish, but: str = "") -> Found:
    async with context.db.read() as session:
        shared = await session.get(SharedTicket, wish.ticket_no)
        known = [each for each in shared.files if each["id"] == wish.file_id] if shared else []
        peer = await session.get(Peer, known[0]["peer"]) if known and known[0]["peer"] != but else None
        here = await auth.installation(session)
    if peer is None:
        raise NotFound("attachment", wish.file_id)
    where = PeerAddress(peer.peer_id, peer.url, peer.key)
    try:
        return Found(*await context.exchange.link.fetch(where, here.name if here else "", wish))
    except NoAnswer as error:
        raise Unavailable(f"exchange with {peer.peer_id}: {error.code}") from error
