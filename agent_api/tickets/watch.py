"""Does what a ticket's agenda says when its time comes: warnings once each, ends of pauses, escalation, supervision."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.db import Database
from agent_api.errors import Refused
from agent_api.tickets import alerts, ledger, news, repository, service, supervision, workflow
from agent_api.tickets.agenda import Due
from agent_api.tickets.calendar.days import unpublished
from agent_api.tickets.calendar.legal import ZONE
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.warnings import shares_of
from agent_api.tickets.words import Act, Happening, State

log = structlog.get_logger(__name__)
AT_ONCE = 200
MOST_OF_ONE = 40
ALERTS_KEPT = timedelta(days=30)
NEWS_KEPT = timedelta(days=7)


class ClockWatch:
    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def look(self) -> int:
        """How many things were done."""
        now = self._clock()
        async with self._db.read() as session:
            due = await repository.wanting_attention(session, now, AT_ONCE)
        done = 0
        for ticket_no in due:
            try:
                done += await self._attend(ticket_no, now)
            except Refused as refused:
                log.error("a ticket's agenda cannot be done", ticket_no=ticket_no, code=refused.code)
        async with self._db.write() as session:
            return done + await supervision.remind(session, now)

    async def tidy(self) -> None:
        """Alerts nobody looked at, and news of a consumer that is not there."""
        now = self._clock()
        if missing := unpublished(now.astimezone(ZONE).date()):
            log.warning("no official working days for a year: only weekends are off", years=missing)
        async with self._db.write() as session:
            await alerts.forget_before(session, now - ALERTS_KEPT)
            await news.forget_before(session, "hub", now - NEWS_KEPT)

    async def _attend(self, ticket_no: str, now: datetime) -> int:
        """One transaction a ticket, so that one that cannot be done keeps no other waiting."""
        async with self._db.write() as session:
            case = await service.case(session, ticket_no, for_update=True)
            who = system(await auth.center(session, case.row.center_id))
            for done in range(MOST_OF_ONE):
                waiting = [due for due in ledger.coming_up(case, now) if due.at <= now]
                if not waiting:
                    ledger.copy_attention(case, now)
                    return done
                case = await service.do(session, case, _happening(waiting[0], now), who)
                for more in _besides(case, waiting[0], now):
                    case = await service.do(session, case, more, who)
            return MOST_OF_ONE


def _happening(due: Due, now: datetime) -> Happening:
    return Happening(due.act, now, "", due.data)


def _besides(case: TicketCase, due: Due, now: datetime) -> list[Happening]:
    """What the warnings after the whole limit bring, where the flow knows it."""
    if due.data.get("clock") != "operational":
        return []
    warning, more = shares_of(case.ticket.limits).name_of(int(due.data["percent"])), []
    possible = workflow.allowed(case.ticket, now)
    if warning == "escalate" and case.ticket.state is State.PROCESSING and Act.ESCALATE in possible:
        more.append(Happening(Act.ESCALATE, now, "", {"reason": "OVERDUE"}))
    if warning == "supervise" and Act.SUPERVISE in possible:
        more.append(Happening(Act.SUPERVISE, now, "处理时限已超过两倍"))
    return more
