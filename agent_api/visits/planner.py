"""Plans visits after finished work, follows tickets that were answered otherwise, counts what is late. A job."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.customers import service as customers
from agent_api.customers.models import Product
from agent_api.db import Database
from agent_api.emergency.models import EmergencyCase
from agent_api.orders.models import OrderRow
from agent_api.tickets import alerts
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import Level
from agent_api.visits import repository, service
from agent_api.visits.flow import State
from agent_api.visits.repository import ASKING
from agent_api.visits.rules import Rule, Subject, When, rule_for, sampled
from agent_api.visits.service import Matter

AT_ONCE = 200
LOOKED_BACK = timedelta(days=2)
OVERLAP = timedelta(minutes=10)
"""What another replica wrote may be seen later than its time says."""
TO_TELL = frozenset({"satisfied", "neutral", "unreached"})

Found = list[tuple[Rule, Matter]]


class VisitPlanner:
    def __init__(self, db: Database, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._looked: datetime | None = None

    async def look(self) -> int:
        """How many were planned."""
        now = self._clock()
        since = (self._looked or now - LOOKED_BACK + OVERLAP) - OVERLAP
        await self._follow(now)
        planned = 0
        async with self._db.read() as session:
            found = [*await _tickets(session, since), *await _orders(session, since), *await _stops(session, since)]
        for rule, matter in found:
            planned += await self._plan(rule, matter, now)
        if len(found) < AT_ONCE:
            self._looked = now
        return planned

    async def _plan(self, rule: Rule, matter: Matter, now: datetime) -> bool:
        """False: another replica was faster."""
        try:
            async with self._db.write() as session:
                await service.plan(session, rule, matter, now, self._zone)
        except IntegrityError:
            return False
        return True

    async def _follow(self, now: datetime) -> None:
        async with self._db.write() as session:
            for visit, ticket in await repository.answered_elsewhere(session, AT_ONCE):
                said = ticket.satisfaction if ticket.round == visit.round else ""
                visit.state = (State.DONE if said in TO_TELL else State.CANCELLED).value
                visit.result, visit.closed_at, visit.held_until = said if said in TO_TELL else "", now, None
            for visit in await repository.held_too_long(session, now):
                visit.state, visit.agent_no, visit.held_until = State.PLANNED.value, "", None
            for visit in await repository.late(session, now, AT_ONCE):
                visit.overdue = True
                if visit.subject_kind == Subject.TICKET:
                    people = await alerts.leads_of(session, visit.center_id)
                    alerts.tell(session, people, visit.subject_no, "visit_late", {"visit_no": visit.visit_no}, now)


async def _tickets(session: AsyncSession, since: datetime) -> Found:
    """Accepted here: the accepting centre asks the customer."""
    here = {each.center_id for each in (await auth.places(session)).values() if each.home is None}
    found: Found = []
    for row in await repository.tickets_to_ask(session, since, AT_ONCE):
        when = When.CALLBACK if row.state in ASKING else When.CLOSED
        rule = rule_for(Subject.TICKET, when, row.type)
        if rule and row.center_id in here and _unasked(row, when) and sampled(rule, row.ticket_no):
            found.append((rule, _of_ticket(row)))
    return found


def _unasked(row: TicketRow, when: When) -> bool:
    """Nobody has asked the customer yet, and there is somebody to ask."""
    return bool(row.contact_number) and row.parent_no is None and (when is When.CALLBACK or not row.satisfaction)


def _of_ticket(row: TicketRow) -> Matter:
    return Matter(
        Subject.TICKET,
        row.ticket_no,
        row.title,
        row.center_id,
        row.contact_number,
        row.customer_id,
        row.round,
        row.created_by,
        row.vip or row.level != Level.NORMAL,
    )


async def _orders(session: AsyncSession, since: datetime) -> Found:
    found: Found = []
    for row in await repository.orders_to_ask(session, since, AT_ONCE):
        rule = rule_for(Subject.ORDER, When.CLOSED, row.result or "")
        if rule and sampled(rule, row.order_no):
            customer = await customers.get(session, row.customer_id)
            found.append((rule, _of_order(row, customer.contact_number or row.number)))
    return found


def _of_order(row: OrderRow, number: str) -> Matter:
    owner = row.created_by if row.created_by.isdigit() else ""
    return Matter(
        Subject.ORDER, row.order_no, f"{row.order_no} {row.service}", row.center_id, number, row.customer_id, 1, owner
    )


async def _stops(session: AsyncSession, since: datetime) -> Found:
    found: Found = []
    for case in await repository.emergencies_to_ask(session, since, AT_ONCE):
        rule = rule_for(Subject.EMERGENCY, When.CLOSED, case.kind)
        if rule and sampled(rule, str(case.case_id)):
            found.append((rule, await _of_stop(session, case)))
    return found


async def _of_stop(session: AsyncSession, case: EmergencyCase) -> Matter:
    """Not on the line that was lost."""
    line = await session.get_one(Product, case.product_id)
    customer = await customers.get(session, line.customer_id)
    number = customer.alternative_number or customer.contact_number
    title = f"紧急停机 {case.review_ticket or case.case_id}"
    return Matter(
        Subject.EMERGENCY, str(case.case_id), title, customer.center_id, number, customer.customer_id, fast=True
    )
