"""Carries: acts into messages, messages to peers, answers back. Any number of replicas may run one."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from agent_api.auth import service as auth
from agent_api.db import Database
from agent_api.errors import Refused
from agent_api.exchange import application, distribution, outbox, repository
from agent_api.exchange.http_link import NoAnswer, PeerAddress
from agent_api.exchange.metrics import ExchangeMetrics
from agent_api.exchange.models import OutMessage, Peer
from agent_api.exchange.settings import ExchangeSettings
from agent_api.exchange.ways import Ways
from agent_api.exchange.wire import Ack, Message
from agent_api.tickets import news
from agent_api.tickets.replicas import EXCHANGE

log = structlog.get_logger(__name__)
AT_ONCE = 16
NEWS_AT_ONCE = 200
TRIED_AGAIN = timedelta(minutes=5)


class Link(Protocol):
    async def post(self, peer: PeerAddress, own_name: str, message: Message) -> Ack:
        """Raises NoAnswer."""


class Watchers(Protocol):
    """Whoever looks at the board of work."""

    def work_changed(self, centers: Iterable[str]) -> None: ...
    def dead_letter(self, center_id: str, ticket_no: str, code: str) -> None: ...


class Carrier:
    def __init__(
        self,
        db: Database,
        link: Link,
        settings: ExchangeSettings,
        clock: Callable[[], datetime],
        metrics: ExchangeMetrics,
        watchers: Watchers,
    ) -> None:
        self._db = db
        self._link = link
        self._settings = settings
        self._clock = clock
        self._metrics = metrics
        self._watchers = watchers
        self._put_off: dict[str, datetime] = {}
        """Tickets that could not be told of, and when they are tried again: they keep no other waiting."""

    async def look(self) -> None:
        """Until nothing is left to do now."""
        while await self.spread_news() + await self.send_due():
            pass

    async def spread_news(self) -> int:
        """Tickets whose acts were turned into messages."""
        now = self._clock()
        self._put_off = {ticket_no: until for ticket_no, until in self._put_off.items() if until > now}
        async with self._db.glance() as session:
            pending = await news.pending(session, EXCHANGE, NEWS_AT_ONCE, but=self._put_off)
            if not pending:
                return 0
            ways = Ways(await auth.places(session))
        concerned: set[str] = set()
        for ticket_no in dict.fromkeys(ticket_no for ticket_no, _ in pending):
            try:
                async with self._db.write() as session:
                    concerned |= await distribution.spread(session, ticket_no, ways, now)
            except Refused as refused:
                self._put_off[ticket_no] = now + TRIED_AGAIN
                log.error("acts on a ticket cannot be told", ticket_no=ticket_no, code=refused.code)
        if concerned:
            self._watchers.work_changed(concerned)
        return len(pending)

    async def send_due(self) -> int:
        """Messages that were tried."""
        now = self._clock()
        async with self._db.glance() as session:
            if not await repository.any_due(session, now):
                return 0
            peers = {each.peer_id: each for each in await repository.peers(session)}
            here = await auth.installation(session)
        async with self._db.write() as session:
            taken = list(await outbox.take_due(session, now, AT_ONCE))
        own_name = here.name if here else ""
        await asyncio.gather(*(self._send(message, peers.get(message.peer_id), own_name) for message in taken))
        return len(taken)

    async def _send(self, message: OutMessage, peer: Peer | None, own_name: str) -> None:
        try:
            if peer is None:
                raise NoAnswer("exchange.unknown_peer")
            where = PeerAddress(peer.peer_id, peer.url, peer.key)
            answer: Ack | str = await self._link.post(where, own_name, outbox.letter(message, self._clock()))
        except NoAnswer as error:
            answer = error.code
        await self._note(message, answer)

    async def _note(self, message: OutMessage, answer: Ack | str) -> None:
        now, peer_id = self._clock(), message.peer_id
        async with self._db.write() as session:
            await repository.lock(session, message.ticket_no)
            fresh = await outbox.get(session, message.message_id)
            peer = await session.get(Peer, peer_id)
            if isinstance(answer, Ack):
                dead = await outbox.answered(session, fresh, answer, now)
                if dead and fresh.answered_at is not None:
                    await distribution.spread(session, fresh.ticket_no, ways := Ways(await auth.places(session)), now)
                    await application.refused_by_peer(session, fresh, ways, now)
            else:
                dead = outbox.failed(fresh, answer, self._settings.retries, now)
            if peer is not None:
                peer.trouble = "" if isinstance(answer, Ack) else answer
                peer.heard_at = now if isinstance(answer, Ack) else peer.heard_at
            code = fresh.code
        (self._metrics.sent if isinstance(answer, Ack) else self._metrics.failures).labels(peer_id).inc()
        if dead:
            self._alarm(message, code)

    def _alarm(self, message: OutMessage, code: str) -> None:
        self._metrics.dead.labels(message.peer_id).inc()
        log.error("a message between centres is dead", message_id=message.message_id, peer=message.peer_id, code=code)
        self._watchers.dead_letter(message.from_center, message.ticket_no, code)
