"""The wire of the manager interface. The only user of panoramisk, which is not trusted with bytes, order or silence.

Events are handed over by one synchronous callback in the order of the wire. Nothing is sent twice: what a lost link
swallowed is derived again from the state after the resync.
"""

import asyncio
import logging
from collections.abc import Callable

from panoramisk.ami_protocol import AMIProtocol
from panoramisk.manager import Manager
from panoramisk.message import Message as PanoramiskMessage

from acd.adapters.ami_actions import Headers, checked
from acd.core.messages.headers import Message

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 1
LARGEST_MESSAGE = 1 << 20
END = b"\r\n\r\n"
# panoramisk re-sends unanswered actions after a reconnect unless they are named here: an Originate would ring twice.
NEVER_SENT_AGAIN = (
    "ping",
    "login",
    "redirect",
    "hangup",
    "setvar",
    "originate",
    "queueadd",
    "queueremove",
    "queuepause",
    "status",
    "queuestatus",
    "mixmonitormute",
    "playdtmf",
)
PINGS_OF_ITS_OWN = 1_000_000
"""Seconds: panoramisk's pings are never checked for an answer, so ours replace them."""


class NotConnected(Exception):
    """There is no socket to write to."""


def parse(raw: bytes) -> Message:
    """One whole message, decoded at once: a character split over two reads stays whole."""
    message: dict[str, str | list[str]] = {}
    for line in raw.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon:
            continue
        value = value.removeprefix(" ")
        known = message.get(name)
        if known is None:
            message[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            message[name] = [known, value]
    return message


class _Protocol(AMIProtocol):  # type: ignore[misc]
    """Frames bytes, refuses control characters, and passes events by panoramisk's dispatching."""

    def __init__(
        self,
        on_event: Callable[[Message], None],
        wanted: frozenset[bytes],
        tap: Callable[[bytes], object] | None,
    ) -> None:
        self.on_event, self.wanted, self.tap = on_event, wanted, tap
        self.buffer = b""
        self.greeted = False
        self.last_byte = asyncio.get_running_loop().time()

    def data_received(self, data: bytes) -> None:
        self.last_byte = asyncio.get_running_loop().time()
        if self.tap is not None:
            self.tap(data)
        self.buffer += data
        if not self.greeted:
            _, newline, rest = self.buffer.partition(b"\r\n")
            if not newline:
                return
            self.greeted, self.buffer = True, rest
        *whole, self.buffer = self.buffer.split(END)
        for raw in whole:
            self._receive(raw.lstrip(b"\r\n"))
        if len(self.buffer) > LARGEST_MESSAGE:
            log.error("an AMI message without end: link closed")
            self.transport.abort()

    def _receive(self, raw: bytes) -> None:
        if raw.startswith(b"Event: ") and raw[7 : raw.find(b"\r\n")] not in self.wanted:
            return  # more than half of what Asterisk tells is of no interest: not worth reading
        message = parse(raw)
        # Event before Response: the event OriginateResponse carries a header Response of its own.
        if "Event" in message:
            self.on_event(message)
        elif "Response" in message:
            self.handle_message(PanoramiskMessage(message))

    def send(self, data: Headers, as_list: bool | None = False) -> "asyncio.Future[PanoramiskMessage]":
        answer: asyncio.Future[PanoramiskMessage] = super().send(checked(dict(data)), as_list=as_list)
        return answer


class _Manager(Manager):  # type: ignore[misc]
    """Manager that stays down once told so."""

    stopped = False
    on_nobody: Callable[[], None]

    def connect(self, *args: object, **options: object) -> object:
        return None if self.stopped else super().connect()

    def connection_made(self, connecting: "asyncio.Future[object]") -> None:
        if isinstance(connecting.exception(), ConnectionRefusedError):
            self.on_nobody()
        super().connection_made(connecting)


class AmiWire:
    """One manager connection that comes back by itself: the wanted events in, actions out, no meaning."""

    def __init__(
        self,
        host: str,
        port: int,
        username: str,
        secret: str,
        *,
        on_event: Callable[[Message], None],
        wanted: frozenset[str],
        on_lost: Callable[[], None],
        on_refused: Callable[[], None],
        on_nobody: Callable[[], None],
        tap: Callable[[bytes], object] | None = None,
    ) -> None:
        """`on_refused`: our user or secret; `on_nobody`: the machine is there, but nothing listens."""
        self._on_refused = on_refused
        names = frozenset(name.encode() for name in wanted)
        self._manager = _Manager(
            loop=asyncio.get_running_loop(),
            host=host,
            port=port,
            username=username,
            secret=secret,
            ping_delay=PINGS_OF_ITS_OWN,
            ping_interval=PINGS_OF_ITS_OWN,
            reconnect_timeout=RECONNECT_SECONDS,
            protocol_factory=lambda: _Protocol(on_event, names, tap),
            forgetable_actions=NEVER_SENT_AGAIN,
            on_connect=lambda manager: manager.authenticated_future.add_done_callback(self._answered_login),
            on_disconnect=lambda *_: on_lost(),
        )
        self._manager.on_nobody = on_nobody

    def open(self) -> None:
        self._manager.connect()

    def close(self) -> None:
        self._manager.stopped = True
        self._manager.close()

    def abort(self) -> None:
        """Drop the connection; a new one is made."""
        if self.connected():
            self._manager.protocol.transport.abort()

    def connected(self) -> bool:
        protocol = self._manager.protocol
        return protocol is not None and not protocol.closed

    def silent_seconds(self) -> float:
        """Since the last byte; 0 while there is no connection."""
        if not self.connected():
            return 0.0
        since: float = self._manager.protocol.last_byte
        return asyncio.get_running_loop().time() - since

    def send(self, headers: Headers) -> "asyncio.Future[PanoramiskMessage]":
        """Write the action now and return its answer to come. Raises NotConnected, or UnsafeValue.

        The answer of a lost connection never comes: wait with a deadline.
        """
        if not self.connected():
            raise NotConnected
        answer: asyncio.Future[PanoramiskMessage] = self._manager.send_action(headers, as_list=False)
        return answer

    def _answered_login(self, answer: "asyncio.Future[PanoramiskMessage]") -> None:
        if not answer.cancelled() and not answer.result().success:
            self._on_refused()
