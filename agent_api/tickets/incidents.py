"""Incidents: one ticket that many cases belong to, its answer theirs, its area's callers told. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.announcements import service as announcements
from agent_api.announcements.schemas import NoticeIn
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Refused
from agent_api.tickets import alerts, ledger, repository
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.limits import thresholds
from agent_api.tickets.models import TicketRow
from agent_api.tickets.thresholds import service as center_limits
from agent_api.tickets.words import Act, Happening, TicketType

MASS_FAULT = "notice/mass_fault"
ANNOUNCED = "announcement"
"""Detail of a ticket: the notice its area's callers hear."""
ANSWERED_BY = {Act.AUDIT_OK: "yes", Act.AUDIT_OK_NO_CALLBACK: "no", Act.REPAIR: "yes"}
"""Acts on the incident that answer its cases: whether each customer is called back."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Several customers of an area complain of the same."""

    type: str
    category: str
    area: str
    customers: int


async def check_parent(session: AsyncSession, case: TicketCase, parent_no: str) -> None:
    """An open ticket of the same type that is no case of another; cases of one's own stay one's own."""
    parent = await repository.by_number(session, parent_no)
    fits = (
        parent is not None
        and parent.ticket_no != case.row.ticket_no
        and parent.type == case.row.type
        and parent.parent_no is None
        and parent.closed_at is None
    )
    if not fits or await repository.children(session, case.row.ticket_no):
        raise Refused("ticket.bad_parent", {"parent": parent_no})


async def answer_cases(
    session: AsyncSession, parent: TicketCase, done: Happening, who: Principal
) -> list[tuple[TicketCase, Happening]]:
    """The incident's answer, given in each of its cases that has none yet."""
    called_back = ANSWERED_BY.get(done.act)
    if called_back is None:
        return []
    data = {"result": parent.ticket.result, "duty_reason": parent.ticket.duty_reason, "callback": called_back}
    follow = Happening(Act.FOLLOW, done.at, "", data | {"parent": parent.row.ticket_no})
    answered = []
    for row in await repository.children(session, parent.row.ticket_no):
        child = await ledger.case(session, row.ticket_no, for_update=True)
        try:
            answered.append((await ledger.write(session, child, follow, who), follow))
        except Refused:
            continue  # answered already, or closed
    return answered


async def suspect(session: AsyncSession, row: TicketRow, now: datetime) -> None:
    """Tells the dispatchers when this ticket is the one that makes it many."""
    if row.type not in (TicketType.COMPLAINT, TicketType.FAULT) or not row.area:
        return
    rules = (await center_limits.in_force(session, row.center_id)).severity
    count = await repository.customers_with(session, row.type, row.category, row.area, now - rules.mass_within)
    if count == rules.group_users:
        people = await alerts.staff_with(session, row.center_id, Permission.TICKET_DISPATCH)
        data = {"category": row.category, "area": row.area, "customers": str(count)}
        alerts.tell(session, people, row.ticket_no, "mass", data, now)


async def suspected(session: AsyncSession, centers: frozenset[str], now: datetime) -> Sequence[Suspicion]:
    """What may be an incident: as many customers as make a complaint MAJOR, and no incident for it yet."""
    rules = thresholds()
    rows = await repository.same_cause(session, centers, now - rules.mass_within, rules.group_users)
    return [Suspicion(*row) for row in rows]


async def announce(session: AsyncSession, row: TicketRow, who: Principal, now: datetime) -> str:
    """Callers of the area hear of the mass fault before the menu; the id of the notice."""
    if row.type != TicketType.FAULT or not row.area:
        raise Refused("ticket.no_area", {"ticket_no": row.ticket_no})
    fields = NoticeIn(
        center=row.center_id, title=f"大面积障碍 {row.ticket_no}", area=row.area, prompts=[MASS_FAULT], barge_in=False
    )
    notice = await announcements.create(session, who, fields, now)
    row.details = row.details | {ANNOUNCED: notice.announcement_id}
    return notice.announcement_id


async def silence(session: AsyncSession, row: TicketRow, now: datetime) -> None:
    """The fault is repaired: nobody hears of it any more."""
    notice_id = row.details.get(ANNOUNCED)
    if notice_id:
        await announcements.end(session, notice_id, now)
