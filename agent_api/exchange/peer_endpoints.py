"""What other installations ask of us: every request and answer is signed with the peer's key."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ValidationError

from agent_api.auth import service as auth
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.exchange import files, inbox, keys, signing
from agent_api.exchange.http_link import FILES, MESSAGES, PeerAddress
from agent_api.exchange.models import Peer
from agent_api.exchange.ways import Ways
from agent_api.exchange.wire import Ack, FileWish, Message
from agent_api.web import ContextDep

router = APIRouter(tags=["exchange between installations"])
LARGEST_BODY = 1024 * 1024
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is a peer's beyond doubt."""

    peer: PeerAddress
    body: bytes
    signature: str


async def _genuine(request: Request, context: ContextDep) -> Asked:
    given = request.headers
    body = await request.body()
    async with context.db.read() as session:
        peer = await session.get(Peer, given.get(signing.PEER, ""))
    at, signature = given.get(signing.TIME, ""), given.get(signing.SIGNATURE, "")
    key = keys.key_of(peer, request.url.path, at, signature, body, context.clock()) if peer else None
    if peer is None or key is None:
        raise NotSignedIn("exchange.not_genuine")
    if peer.paused:
        raise Unavailable("exchange")
    if len(body) > LARGEST_BODY:
        raise Invalid("exchange.unreadable")
    return Asked(PeerAddress(peer.peer_id, peer.url, key), body, signature)


Genuine = Annotated[Asked, Depends(_genuine)]


@router.post(MESSAGES, response_model=Ack, responses=responses(NotSignedIn, Invalid, Unavailable))
async def take_message(asked: Genuine, context: ContextDep) -> Response:
    """One message of a centre behind the peer. The same message gets the same answer, however often it comes."""
    message = _read(Message, asked.body)
    now = context.clock()
    async with context.db.write() as session:
        ways = Ways(await auth.places(session))
        ack = await inbox.receive(session, asked.peer.peer_id, message, ways, now)
        peer = await session.get(Peer, asked.peer.peer_id)
        if peer is not None:
            peer.heard_at = now
    context.exchange.metrics.received.labels(asked.peer.peer_id, ack.state.value).inc()
    context.hub.work_changed({message.to_center, message.from_center})
    return _signed(asked, ack.model_dump_json().encode(), "application/json", context)


@router.post(FILES, responses=responses(NotSignedIn, Invalid, Unavailable))
async def give_file(asked: Genuine, context: ContextDep) -> Response:
    """An attachment or recording of a ticket that the peer holds too."""
    wish = _read(FileWish, asked.body)
    content, media_type = await files.for_peer(context, asked.peer.peer_id, wish)
    return _signed(asked, content, media_type, context)


def _read(model: type[Model], body: bytes) -> Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Invalid("exchange.unreadable") from error


def _signed(asked: Asked, content: bytes, media_type: str, context: ContextDep) -> Response:
    headers = signing.headers(asked.peer.key, asked.peer.peer_id, asked.signature, context.clock(), content)
    return Response(content, media_type=media_type, headers=headers)
