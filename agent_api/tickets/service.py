"""The one entrance to tickets for other features and the desk. Never commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.customers.models import Customer
from agent_api.errors import Denied, Refused
from agent_api.exchange import home_rule
from agent_api.tickets import consequences, ledger, opening, repository, searching, workflow
from agent_api.tickets.duties import PERMISSION_OF
from agent_api.tickets.ledger import Moved, TicketCase, case, clocks_of, rebuilt, refresh, visits_states
from agent_api.tickets.models import TicketAttachment, TicketEvent, TicketRow
from agent_api.tickets.opening import PREFIXES, NewTicket, next_number
from agent_api.tickets.searching import TicketFilter, has_part
from agent_api.tickets.words import Act, Happening, Ticket, TicketType

__all__ = [
    "PREFIXES", "NewTicket", "TicketCase", "TicketFilter", "act", "case", "clocks_of", "create", "do", "get_for",
    "has_part", "next_number", "open_case", "rebuilt", "refresh", "search", "visits_states",
]  # fmt: skip

DISPATCHING = frozenset({Act.TO_DISPATCH.value, Act.ASSIGN.value, Act.FORWARD.value})


async def create(session: AsyncSession, new: NewTicket, who: Principal, now: datetime, zone: ZoneInfo) -> TicketCase:
    """A complaint is submitted at once (number given in the call); everything else waits in its first state."""
    customer, number = await opening.completed(session, new)
    return await open_case(session, new, customer, number, who, now, zone)


async def open_case(
    session: AsyncSession,
    new: NewTicket,
    customer: Customer | None,
    number: str,
    who: Principal,
    now: datetime,
    zone: ZoneInfo,
) -> TicketCase:
    """As it stands in `new`: nothing is looked up."""
    found = await opening.open_row(session, new, customer, number, who, now, zone)
    if new.type is TicketType.COMPLAINT and not new.draft:
        found = await do(session, found, Happening(Act.SUBMIT, now), who)
    await consequences.opened(session, found, now)
    return found


async def act(
    session: AsyncSession, ticket_no: str, what: Act, who: Principal, now: datetime, comment: str, data: dict[str, str]
) -> TicketCase:
    found = await get_for(session, ticket_no, who, for_update=True)
    permission = PERMISSION_OF.get(what)
    if permission is None or not who.may(permission):
        raise Denied("ticket.forbidden_event", {"event": what.value})
    await _check_home(session, found.row, what, data)
    return await do(session, found, Happening(what, now, comment, data), who)


async def _check_home(session: AsyncSession, row: TicketRow, what: Act, data: Mapping[str, str]) -> None:
    """Where tickets move between installations, each side does what is its own: a sub-task who was asked for it."""
    places = await auth.places(session)
    here = {each.center_id for each in places.values() if each.home is None}
    worked_on_by = data.get("subtask", row.target) if what is Act.FINISH_SUBTASK else row.target
    unit = worked_on_by.partition("/")[0]
    if code := home_rule.refusal(what, row.center_id in here, unit in here or unit not in places):
        raise Refused(code, {"event": what.value})


async def do(session: AsyncSession, case: TicketCase, done: Happening, who: Principal) -> TicketCase:
    """One act and what follows from it, as the workflow allows it; who may do what is `act`'s business."""
    done = replace(done, actor=done.actor or who.agent_no)
    done = replace(done, data=await consequences.prepared(session, case, done, who))
    after = await ledger.write(session, case, done, who)
    await consequences.follow(session, after, done, who)
    return after


async def get_for(session: AsyncSession, ticket_no: str, who: Principal, for_update: bool = False) -> TicketCase:
    """The ticket, if this person may see it: city units see their own."""
    found = await case(session, ticket_no, for_update)
    if who.is_city_unit and not _units(found) & who.visible_centers:
        raise Denied("auth.forbidden", {"ticket_no": ticket_no})
    return found


def _units(case: TicketCase) -> set[str]:
    """Centres that have, or had, to do with it."""
    asked = (each.unit for each in case.ticket.subtasks)
    helpers = (unit.partition("/")[0] for unit in (*case.ticket.helpers, *asked))
    return {case.row.center_id, case.row.owner_center, *helpers, *(entry.center_id for entry in case.timeline)}


def allowed_for(ticket: Ticket, who: Principal, now: datetime) -> list[Act]:
    return [
        what
        for what in workflow.allowed(ticket, now)
        if (permission := PERMISSION_OF.get(what)) is not None and who.may(permission)
    ]


async def search(
    session: AsyncSession, wanted: TicketFilter, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int]:
    return await searching.search(session, wanted, limit, offset)


async def moves(session: AsyncSession, rows: Iterable[TicketRow]) -> dict[str, Sequence[Moved]]:
    """What the clocks of these tickets are told by."""
    return dict(await repository.moves(session, [row.ticket_no for row in rows]))


async def relatives(session: AsyncSession, ticket_no: str) -> tuple[list[str], list[str]]:
    """Numbers that were merged into this one, and cases of this incident."""
    return await repository.relatives(session, ticket_no)


async def all_of_customer(session: AsyncSession, customer_id: str) -> Sequence[TicketRow]:
    """Also the finished ones, latest first."""
    return await repository.of_customer(session, customer_id, only_open=False)


async def timelines(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, list[TicketEvent]]:
    return await repository.timelines(session, ticket_nos)


async def all_of_type(session: AsyncSession, kind: TicketType, limit: int) -> Sequence[TicketRow]:
    """The last changed."""
    rows, _ = await searching.search(session, TicketFilter(type=kind.value), limit, 0)
    return rows


async def open_of_customer(session: AsyncSession, customer_id: str) -> Sequence[TicketRow]:
    return await repository.of_customer(session, customer_id)


async def attachments_of(session: AsyncSession, ticket_no: str) -> Sequence[TicketAttachment]:
    return await repository.attachments(session, ticket_no)


async def numbers_of_calls(session: AsyncSession, call_ids: Collection[str]) -> dict[str, list[str]]:
    return await repository.numbers_of_calls(session, call_ids)


async def call_of(session: AsyncSession, ticket_no: str) -> set[str]:
    """The call this ticket was opened in; none for a ticket that does not exist, too."""
    row = await repository.by_number(session, ticket_no)
    return {row.call_id} if row is not None and row.call_id else set()


async def calls_still_needed(session: AsyncSession, call_ids: Collection[str], closed_after: datetime) -> set[str]:
    """Those of a ticket that is open, or was closed after then."""
    return await repository.calls_still_needed(session, call_ids, closed_after)


async def dispatched_calls(session: AsyncSession, start: datetime, end: datetime) -> set[str]:
    """Calls from which a ticket went to a back office (created_ticket of requirements.md 3.1)."""
    return await repository.dispatched_calls(session, start, end + timedelta(days=1), DISPATCHING)
