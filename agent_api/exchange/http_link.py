"""The wire to a peer: one signed request, one signed answer, within the deadline. Knows nothing of tickets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from pydantic import ValidationError

from agent_api.exchange import signing
from agent_api.exchange.wire import Ack, FileWish, Message

MESSAGES, FILES = "/exchange/v1/messages", "/exchange/v1/files"
LARGEST_FILE = 64 * 1024 * 1024


class NoAnswer(Exception):
    """Nothing usable came back; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PeerAddress:
    peer_id: str
    url: str
    key: str = field(repr=False)


class HttpLink:
    def __init__(self, deadline: timedelta, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._client = httpx.AsyncClient(timeout=deadline.total_seconds(), trust_env=False)

    async def post(self, peer: PeerAddress, own_name: str, message: Message) -> Ack:
        answer = await self._ask(peer, own_name, MESSAGES, message.model_dump_json().encode())
        try:
            return Ack.model_validate_json(answer.content)
        except ValidationError as error:
            raise NoAnswer("exchange.unreadable") from error

    async def fetch(self, peer: PeerAddress, own_name: str, wish: FileWish) -> tuple[bytes, str]:
        """Content and media type."""
        answer = await self._ask(peer, own_name, FILES, wish.model_dump_json().encode())
        if len(answer.content) > LARGEST_FILE:
            raise NoAnswer("exchange.unreadable")
        return answer.content, answer.headers.get("content-type", "application/octet-stream")

    async def _ask(self, peer: PeerAddress, own_name: str, path: str, body: bytes) -> httpx.Response:
        headers = signing.headers(peer.key, own_name, path, self._clock(), body)
        try:
            answer = await self._client.post(
                peer.url.rstrip("/") + path, content=body, headers=headers | {"Content-Type": "application/json"}
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer("exchange.unreachable") from error
        if answer.status_code != httpx.codes.OK:
            raise NoAnswer(_reason(answer))
        given, at = answer.headers.get(signing.SIGNATURE, ""), answer.headers.get(signing.TIME, "")
        # Bound to our request: an old answer to another one is worth nothing.
        if not signing.is_genuine(peer.key, headers[signing.SIGNATURE], at, given, answer.content, self._clock()):
            raise NoAnswer("exchange.not_genuine")
        return answer

    async def close(self) -> None:
        await self._client.aclose()


def _reason(answer: httpx.Response) -> str:
    try:
        code = answer.json()["code"]
    except (ValueError, KeyError, TypeError):
        return f"http.{answer.status_code}"
    return str(code)[:60]
