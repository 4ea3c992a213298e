"""Creates tickets and does what the workflow allows to them. Never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.calls import service as calls
from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import Denied, NotFound, Refused
from agent_api.tickets import clocks, news, repository, workflow
from agent_api.tickets.duties import PERMISSION_OF
from agent_api.tickets.models import TicketAttachment, TicketEvent, TicketRow
from agent_api.tickets.repository import TicketFilter
from agent_api.tickets.words import (
    FINISHED,
    FLOW_OF,
    Act,
    Channel,
    Happening,
    Level,
    Refusal,
    State,
    Ticket,
    TicketType,
)

PREFIXES = {
    TicketType.COMPLAINT: "TS",
    TicketType.CONSULT: "ZX",
    TicketType.FAULT: "ZA",
    TicketType.SUGGESTION: "JY",
    TicketType.PRAISE: "BY",
    TicketType.MESSAGE: "LY",
    TicketType.FRAUD: "JB",
    TicketType.URGENT: "JJ",
    TicketType.ORDER: "BL",
}
REPEAT_WITHIN = timedelta(days=30)
DISPATCHING = frozenset({Act.TO_DISPATCH.value, Act.ASSIGN.value, Act.FORWARD.value})
TOLD_WHEN_ANSWERED = frozenset(
    {TicketType.FAULT, TicketType.SUGGESTION, TicketType.PRAISE, TicketType.MESSAGE, TicketType.FRAUD}
)
_CITY_ROLES = frozenset({"city_receiver", "city_handler", "city_leader"})


@dataclass(frozen=True, slots=True)
class NewTicket:
    type: TicketType
    title: str
    description: str
    category: str
    level: Level = Level.NORMAL
    call_id: str | None = None
    customer_id: str | None = None
    contact_number: str | None = None
    limit_hours: int | None = None
    source: str | None = None
    channel: Channel = Channel.VOICE
    reason_code: str = ""
    external_id: str = ""
    external_system: str = ""


@dataclass(frozen=True, slots=True)
class TicketCase:
    """A ticket with its timeline, and what the timeline makes of it."""

    row: TicketRow
    timeline: Sequence[TicketEvent]
    ticket: Ticket


async def create(session: AsyncSession, new: NewTicket, who: Principal, now: datetime, zone: ZoneInfo) -> TicketCase:
    """A complaint is submitted at once (number given in the call); everything else waits in its first state."""
    customer_id, number = new.customer_id, new.contact_number or ""
    if new.call_id is not None:
        call = await calls.get(session, new.call_id)
        customer_id, number = customer_id or call.customer_id, number or call.caller_number
    customer = await customers.get(session, customer_id) if customer_id else None
    number = number or (customer.contact_number if customer else "")
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
    first = workflow.start(new.type, who.center.level, new.level)
    row = TicketRow(
        ticket_no=await next_number(session, PREFIXES[new.type], now, zone),
        type=new.type.value,
        state=first.state.value,
        title=new.title,
        description=new.description,
        category=new.category,
        level=new.level.value,
        vip=customer is not None and customer.level == "vip",
        tier=who.center.level,
        customer_id=customer.customer_id if customer else None,
        call_id=new.call_id,
        contact_number=number,
        repeat_of=await _repeat_of(session, new, customer, now),
        created_by=who.agent_no,
        center_id=who.center.center_id,
        target=who.center.center_id,
        limit_hours=new.limit_hours,
        source=new.source,
        channel=new.channel.value,
        reason_code=new.reason_code,
        external_id=new.external_id,
        external_system=new.external_system,
        flow=FLOW_OF[new.type],
        first_level=new.level.value,
        round=1,
        urge_count=0,
        return_count=0,
        created_at=now,
        updated_at=now,
    )
    _copy(row, first, now)
    _copy_limits(row, [], now)
    session.add(row)
    await session.flush()
    news.opened(session, row)
    case = TicketCase(row, [], first)
    if new.type is TicketType.COMPLAINT:
        return await do(session, case, Happening(Act.SUBMIT, now), who)
    return case


async def act(
    session: AsyncSession, ticket_no: str, what: Act, who: Principal, now: datetime, comment: str, data: dict[str, str]
) -> TicketCase:
    case = await get_for(session, ticket_no, who, for_update=True)
    permission = PERMISSION_OF.get(what)
    if permission is None or not who.may(permission):
        raise Denied("ticket.forbidden_event", {"event": what.value})
    if what is Act.FORWARD:
        data = data | {"target_tier": await _tier_of(session, data.get("target", ""))}
    done = await do(session, case, Happening(what, now, comment, data), who)
    if what is Act.NOTIFY or (what in (Act.ANSWER, Act.REPLY) and done.ticket.type in TOLD_WHEN_ANSWERED):
        await _tell_answer(session, done.row, now)
    return done


async def _tell_answer(session: AsyncSession, row: TicketRow, now: datetime) -> None:
    customer = await customers.get(session, row.customer_id) if row.customer_id else None
    values, about = {"ticket_no": row.ticket_no}, row.ticket_no
    if customer is not None:
        numbers = (row.contact_number,)
        await notices.tell(session, customer, "ticket.answered", values, now, numbers=numbers, about=about)
    elif row.contact_number:
        await notices.tell_number(session, row.contact_number, "ticket.answered", values, now, about=about)


async def _tier_of(session: AsyncSession, target: str) -> str:
    """The tier of a centre; nothing for a department."""
    return next((each.level for each in await auth.all_centers(session) if each.center_id == target), "")


async def get_for(session: AsyncSession, ticket_no: str, who: Principal, for_update: bool = False) -> TicketCase:
    """The ticket, if this person may see it: city units see their own."""
    row = await repository.by_number(session, ticket_no, for_update)
    if row is not None and who.roles <= _CITY_ROLES and not {row.center_id, row.target} & who.visible_centers:
        raise Denied("auth.forbidden", {"ticket_no": ticket_no})
    return await case(session, ticket_no)


async def case(session: AsyncSession, ticket_no: str, for_update: bool = False) -> TicketCase:
    """Whoever asks."""
    row = await repository.by_number(session, ticket_no, for_update)
    if row is None:
        raise NotFound("ticket", ticket_no)
    timeline = await repository.timeline(session, ticket_no)
    return TicketCase(row, timeline, rebuilt(row, timeline))


def rebuilt(row: TicketRow, timeline: Sequence[TicketEvent]) -> Ticket:
    first = workflow.start(TicketType(row.type), row.tier, Level(row.level))
    return workflow.rebuild(
        first, (Happening(Act(entry.act), entry.at, entry.comment, entry.data) for entry in timeline)
    )


def allowed_for(ticket: Ticket, who: Principal, now: datetime) -> list[Act]:
    return [
        what
        for what in workflow.allowed(ticket, now)
        if (permission := PERMISSION_OF.get(what)) is not None and who.may(permission)
    ]


async def search(
    session: AsyncSession, wanted: TicketFilter, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int, dict[str, list[TicketEvent]]]:
    rows, total = await repository.search(session, wanted, limit, offset)
    return rows, total, await repository.timelines(session, [row.ticket_no for row in rows])


async def all_of_customer(session: AsyncSession, customer_id: str) -> Sequence[TicketRow]:
    """Also the finished ones, latest first."""
    return await repository.of_customer(session, customer_id, [])


async def timelines(session: AsyncSession, ticket_nos: Collection[str]) -> dict[str, list[TicketEvent]]:
    return await repository.timelines(session, ticket_nos)


async def all_of_type(session: AsyncSession, kind: TicketType, limit: int) -> Sequence[TicketRow]:
    """The last changed."""
    rows, _ = await repository.search(session, TicketFilter(None, kind, None, None), limit, 0)
    return rows


async def open_of_customer(session: AsyncSession, customer_id: str) -> Sequence[TicketRow]:
    return await repository.of_customer(session, customer_id, [state.value for state in FINISHED])


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


async def do(session: AsyncSession, case: TicketCase, done: Happening, who: Principal) -> TicketCase:
    """One act, as the workflow allows it; who may do what is `act`'s business."""
    try:
        after = workflow.step(case.ticket, done)
    except Refusal as refusal:
        raise Refused(refusal.code, {"state": case.ticket.state.value, "event": done.act.value}) from refusal
    entry = TicketEvent(
        ticket_no=case.row.ticket_no,
        seq=len(case.timeline) + 1,
        act=done.act.value,
        from_state=case.ticket.state.value,
        to_state=after.state.value,
        at=done.at,
        actor=who.agent_no,
        role=",".join(sorted(who.roles)),
        center_id=who.center.center_id,
        comment=done.comment,
        data=dict(done.data),
    )
    session.add(entry)
    news.note(session, entry)
    timeline = [*case.timeline, entry]
    _copy(case.row, after, done.at)
    _copy_limits(case.row, timeline, done.at)
    await session.flush()
    return TicketCase(case.row, timeline, after)


def refresh(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> None:
    """What lists read, after the timeline was changed from elsewhere."""
    _copy(row, rebuilt(row, timeline), now)
    _copy_limits(row, timeline, now)


def _copy(row: TicketRow, ticket: Ticket, now: datetime) -> None:
    row.state, row.target = ticket.state.value, ticket.target or row.target
    row.handling_tier, row.leader, row.merged_into = ticket.tier, ticket.leader, ticket.merged_into or None
    row.owner_center, row.owner = row.target.partition("/")[0][:20], ""
    row.is_regulator, row.overdue = ticket.regulator, ticket.overdue
    row.round, row.urge_count, row.return_count = ticket.round, ticket.urges, ticket.returns
    row.closed_at, row.updated_at = ticket.closed_at, now


async def next_number(session: AsyncSession, prefix: str, now: datetime, zone: ZoneInfo) -> str:
    """Number of a ticket or an order: prefix, local day, code of the installation if there are several, count."""
    day = now.astimezone(zone).date()
    here = await auth.installation(session)
    count = await repository.next_number(session, prefix, day)
    return f"{prefix}{day:%Y%m%d}{here.number_code if here else ''}{count:06d}"


async def _repeat_of(session: AsyncSession, new: NewTicket, customer: Customer | None, now: datetime) -> str | None:
    if new.type is not TicketType.COMPLAINT or customer is None:
        return None
    return await repository.same_matter(session, customer.customer_id, new.category, now - REPEAT_WITHIN)


def visits_states(row: TicketRow, timeline: Sequence[TicketEvent]) -> list[tuple[State, datetime]]:
    """Each state the ticket was in, with the time it entered it."""
    visits = [(workflow.START[TicketType(row.type)], row.created_at)]
    for entry in timeline:
        if State(entry.to_state) is not visits[-1][0]:
            visits.append((State(entry.to_state), entry.at))
    return visits


def clocks_of(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> list[clocks.Clock]:
    visits = [clocks.Visit(state, at) for state, at in visits_states(row, timeline)]
    own_limit = timedelta(hours=row.limit_hours) if row.limit_hours else None
    return clocks.clocks(TicketType(row.type), Level(row.level), row.vip, visits, now, own_limit)


def _copy_limits(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> None:
    """When the clocks run out, as far as one can say now."""
    running = {clock.id: clock for clock in clocks_of(row, timeline, now) if clock.running}
    row.due_at = running["operational"].due_at if "operational" in running else None
    row.legal_due_at = running["legal"].due_at if "legal" in running else None
    yellow = [clock.yellow_at for clock in running.values() if clock.yellow_at is not None]
    row.yellow_at = min(yellow, default=None)


def used(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> float:
    """Share of its limit that the most urgent clock of a ticket has used."""
    return max(clock.spent / clock.limit for clock in clocks_of(row, timeline, now))
