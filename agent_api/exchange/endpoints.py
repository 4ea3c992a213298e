"""The exchange for the desk: boxes of the centres one sees, dead letters, sending again, files of other sides."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.codes import message_of
from agent_api.errors import Denied, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.exchange import files, keys, outbox, service
from agent_api.exchange.models import InMessage, OutMessage
from agent_api.exchange.schemas import (
    BoxCounts,
    ExchangeOut,
    InMessageOut,
    OutMessageOut,
    PeerOut,
    RemoteFile,
    Resent,
    Why,
)
from agent_api.exchange.words import TYPE_TITLES, Incoming, MessageType, Outgoing
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/exchange", tags=["exchange"])

MayRead = Annotated[Principal, Depends(allowed(Permission.EXCHANGE_READ))]
MayResend = Annotated[Principal, Depends(allowed(Permission.EXCHANGE_RESEND))]
MayReadTickets = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]


@router.get("", responses=responses(NotSignedIn, Denied))
async def read_exchange(who: MayRead, session: Reading, context: ContextDep) -> ExchangeOut:
    """How it stands with the peers, and what lies in the boxes of one's centre and those below."""
    here, places = await auth.installation(session), await auth.places(session)
    waiting, dead = await service.waiting_per_peer(session), await service.dead_per_peer(session)
    peers = [
        PeerOut(
            peer=each.peer_id,
            centers=sorted(place.center_id for place in places.values() if place.home == each.peer_id),
            paused=each.paused,
            heard_at=each.heard_at,
            trouble=each.trouble,
            trouble_text=message_of(each.trouble) if each.trouble else "",
            key_due=keys.standing(each, context.clock()) != "good",
            key_standing=keys.standing(each, context.clock()),
            key_days=keys.days_old(each, context.clock()),
            waiting=waiting.get(each.peer_id, 0),
            dead=dead.get(each.peer_id, 0),
        )
        for each in await service.peers(session)
    ]
    counted = await service.counts(session, who)
    boxes = [BoxCounts(center_id=center_id, **found) for center_id, found in sorted(counted.items())]
    return ExchangeOut(installation=here.name if here else "", peers=peers, boxes=boxes)


@router.get("/outbox", responses=responses(NotSignedIn, Denied))
async def read_outbox(
    who: MayRead, session: Reading, state: Annotated[list[Outgoing] | None, Query()] = None
) -> list[OutMessageOut]:
    """Latest first, at most 200."""
    return [out_message(each) for each in await service.outbox_of(session, who, [one.value for one in state or []])]


@router.get("/inbox", responses=responses(NotSignedIn, Denied))
async def read_inbox(
    who: MayRead, session: Reading, state: Annotated[list[Incoming] | None, Query()] = None
) -> list[InMessageOut]:
    return [_in_message(each) for each in await service.inbox_of(session, who, [one.value for one in state or []])]


@router.post("/outbox/{message_id}/resend", responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def send_again(
    message_id: str, who: MayResend, session: Writing, context: ContextDep, body: Why | None = None
) -> OutMessageOut:
    """A dead letter that nobody answered, or one that waits for its next try."""
    reason = body.reason if body else ""
    return out_message(await service.send_again(session, message_id, reason, who, context.clock()))


@router.post("/outbox/{message_id}/skip", responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def skip(message_id: str, body: Why, who: MayResend, session: Writing, context: ContextDep) -> OutMessageOut:
    """Give up what a dead letter said: the whole ticket goes in its place, and what waits behind it goes on."""
    return out_message(await service.skip(session, message_id, body.reason, who, context.clock()))


@router.post("/outbox/{message_id}/settle", responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def settle(message_id: str, body: Why, who: MayResend, session: Writing, context: ContextDep) -> OutMessageOut:
    """A dead letter its receiver refused: somebody has seen to what it said."""
    return out_message(await service.settle(session, message_id, body.reason, who, context.clock()))


@router.post("/peers/{peer}/resend", responses=responses(NotSignedIn, Denied, NotFound))
async def send_all_again(peer: str, who: MayResend, session: Writing, context: ContextDep) -> Resent:
    """Every dead letter to this peer that nobody answered."""
    return Resent(count=await service.send_all_again(session, peer, who, context.clock()))


@router.post("/tickets/{ticket_no}/ask", status_code=204, responses=responses(NotSignedIn, Denied, NotFound, Refused))
async def ask_for_all(ticket_no: str, who: MayResend, session: Writing, context: ContextDep) -> None:
    """QUERY: have the accepting side send the whole ticket again."""
    await service.ask_for_all(session, ticket_no, who, context.clock())


@router.get("/tickets/{ticket_no}/files", responses=responses(NotSignedIn, Denied, NotFound))
async def list_remote_files(ticket_no: str, who: MayReadTickets, session: Reading) -> list[RemoteFile]:
    """Attachments and recordings of the ticket that lie at other installations."""
    return [RemoteFile(**each.model_dump()) for each in await files.elsewhere(session, ticket_no, who)]


@router.get("/tickets/{ticket_no}/files/{file_id}", responses=responses(NotSignedIn, Denied, NotFound, Unavailable))
async def fetch_remote_file(ticket_no: str, file_id: str, who: MayReadTickets, context: ContextDep) -> Response:
    """Fetched from where it lies. Audited."""
    found = await files.for_person(context, ticket_no, file_id, who)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(found.content, media_type=found.media_type, headers=headers)


def out_message(row: OutMessage) -> OutMessageOut:
    names = (
        "message_id", "from_center", "to_center", "type", "ticket_no", "seq", "state", "attempts", "due_at", "code",
        "created_at", "answered_at",
    )  # fmt: skip
    flags = {
        "may_resend": row.answered_at is None and row.state in (Outgoing.DEAD, Outgoing.RETRY),
        "may_skip": outbox.is_stuck(row),
        "may_settle": outbox.is_refused(row),
    }
    return OutMessageOut.model_validate({name: getattr(row, name) for name in names} | _words(row) | flags)


def _in_message(row: InMessage) -> InMessageOut:
    names = (
        "message_id", "from_center", "to_center", "type", "ticket_no", "seq", "state", "code", "received_at", "done_at",
    )  # fmt: skip
    return InMessageOut.model_validate({name: getattr(row, name) for name in names} | _words(row))


def _words(row: InMessage | OutMessage) -> dict[str, str]:
    reason = message_of(row.code) if row.code else ""
    return {"peer": row.peer_id, "type_title": TYPE_TITLES[MessageType(row.type)], "reason": reason}
