"""Events on their way: from the news of tickets to listeners, one after another, tried again until they arrive."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.db import Database
from agent_api.tickets import news
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, State
from agent_api.trouble_tickets import hub
from agent_api.trouble_tickets.errors import MEDIA, BadRequest
from agent_api.trouble_tickets.models import HubDelivery, HubListener, TicketExtra
from agent_api.trouble_tickets.settings import TroubleTicketSettings
from agent_api.trouble_tickets.view import trouble
from agent_api.trouble_tickets.words import events_of

log = structlog.get_logger(__name__)

BATCH = 100
LEASE = timedelta(minutes=1)
"""A replica that died while sending holds a listener's events up for so long."""
LONGEST_WAIT = timedelta(minutes=10)


class HubSender:
    def __init__(
        self,
        db: Database,
        settings: TroubleTicketSettings,
        clock: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._db = db
        self._settings = settings
        self._clock = clock
        self._transport = transport

    async def look(self) -> None:
        """News into events, and events out, until nothing is due."""
        while await self._take_news():
            pass
        while (claimed := await self._claim()) and await self._deliver(claimed):
            pass

    async def _take_news(self) -> bool:
        async with self._db.glance() as session:
            if not await news.pending(session, "hub", 1):
                return False
        async with self._db.write() as session:
            fresh = await news.pending(session, "hub", BATCH)
            if fresh and await hub.anybody_listens(session):
                for ticket_no, seq in fresh:
                    await self._tell(session, ticket_no, seq)
            if fresh:
                await news.all_done(session, "hub", fresh)
        return len(fresh) == BATCH

    async def _tell(self, session: AsyncSession, ticket_no: str, seq: int) -> None:
        """As the ticket stood after that act, not as it stands now."""
        case = await tickets.case(session, ticket_no)
        extra = await session.get(TicketExtra, ticket_no)
        before, after, at = State.DRAFT, State.DRAFT, case.row.created_at
        if seq > 0:
            entry = next(each for each in case.timeline if each.seq == seq)
            if entry.act == Act.SUBMIT.value and seq == 1:
                return  # the opening has told it
            before, after, at = State(entry.from_state), State(entry.to_state), entry.at
        shown = trouble(case.row, case.timeline, extra.values if extra else {}, self._settings.base_url, seq)
        await hub.tell(session, events_of(seq, before, after), case.row, shown, at, seq)

    async def _deliver(self, claimed: list[tuple[HubDelivery, HubListener]]) -> bool:
        """Whether any arrived. The client is made only now: its TLS context costs more than a look every second."""
        async with httpx.AsyncClient(
            transport=self._transport,
            timeout=self._settings.hub_timeout_seconds,
            follow_redirects=False,
            trust_env=False,
        ) as http:
            results = await asyncio.gather(*(self._post(http, delivery, listener) for delivery, listener in claimed))
        async with self._db.write() as session:
            for (delivery, _), failure in zip(claimed, results, strict=True):
                await self._settle(session, delivery.delivery_id, failure)
        return any(not failure for failure in results)

    async def _claim(self) -> list[tuple[HubDelivery, HubListener]]:
        """The oldest event of every listener whose turn it is."""
        now = self._clock()
        heads = select(func.min(HubDelivery.delivery_id)).group_by(HubDelivery.listener_id)
        query = (
            select(HubDelivery, HubListener)
            .join(HubListener, HubListener.listener_id == HubDelivery.listener_id)
            .where(HubDelivery.delivery_id.in_(heads), HubDelivery.due_at <= now)
        )
        async with self._db.glance() as session:
            if (await session.execute(query.limit(1))).first() is None:
                return []
        locking = query.with_for_update(of=HubDelivery, skip_locked=True)
        async with self._db.write() as session:
            claimed = [(delivery, listener) for delivery, listener in await session.execute(locking)]
            for delivery, _ in claimed:
                delivery.due_at, delivery.attempts = now + LEASE, delivery.attempts + 1
                delivery.first_tried_at = delivery.first_tried_at or now
        return claimed

    async def _post(self, http: httpx.AsyncClient, delivery: HubDelivery, listener: HubListener) -> str:
        """Nothing when it arrived, else why not. The host is checked again: the allow-list may have changed."""
        try:
            hub.check_callback(listener.callback, self._settings.hub_hosts)
            answer = await http.post(listener.callback, json=delivery.body, headers={"Content-Type": MEDIA})
        except (httpx.HTTPError, BadRequest) as error:
            return type(error).__name__
        return "" if answer.is_success else f"status {answer.status_code}"

    async def _settle(self, session: AsyncSession, delivery_id: int, failure: str) -> None:
        delivery = await session.get(HubDelivery, delivery_id)
        listener = await session.get(HubListener, delivery.listener_id) if delivery else None
        if delivery is None or listener is None:
            return  # the listener is gone
        now = self._clock()
        if not failure:
            listener.failing_since = None
            await session.delete(delivery)
            return
        listener.failing_since = listener.failing_since or now
        delivery.due_at = now + min(timedelta(seconds=5) * 2 ** min(delivery.attempts - 1, 10), LONGEST_WAIT)
        gives_up = timedelta(hours=self._settings.hub_gives_up_after_hours)
        if delivery.first_tried_at is not None and now - delivery.first_tried_at > gives_up:
            log.error("an event did not reach its listener", listener=listener.listener_id, failure=failure)
            await session.delete(delivery)
