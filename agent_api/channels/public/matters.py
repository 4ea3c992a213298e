"""A customer's own tickets on the public page: what may be shown of them, what the customer may do. Never commits."""

from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.channels import registering, repository, service
from agent_api.channels.models import ContactRating
from agent_api.channels.public.schemas import MatterOut, MatterRow, Progress, PublicComment
from agent_api.channels.public.sessions import Visitor
from agent_api.channels.registering import CUSTOMER, PUBLIC
from agent_api.errors import NotFound, Refused
from agent_api.tickets import service as tickets
from agent_api.tickets import workflow
from agent_api.tickets.models import TicketRow
from agent_api.tickets.service import TicketCase
from agent_api.tickets.words import INTERNAL_TYPES, Act, Happening, State, TicketType

May: TypeAlias = Literal["urge", "add", "withdraw", "rate"]
CLOSED = frozenset({State.CLOSED, State.ARCHIVED, State.CANCELLED, State.REJECTED})
ANSWERED = frozenset({State.ANSWERED, State.NOTIFIED, State.CALLBACK, State.REPAIRED, State.CUSTOMER_CONFIRM})
FRESH = frozenset({State.NEW, State.REPORTED, State.ASKED, State.ACCEPTED, State.DRAFT})
FOR_CUSTOMERS = frozenset({("public", "yes"), ("tell_customer", "yes")})
"""Marks of a comment that the customer may read."""
GOOD = 4
"""So many stars accept the result, fewer do not."""
_HIDDEN = frozenset(each.value for each in INTERNAL_TYPES)


async def own(session: AsyncSession, visitor: Visitor, zone: ZoneInfo) -> list[MatterRow]:
    """Latest first; none of our internal work items."""
    rows = [row for row in await tickets.all_of_customer(session, visitor.customer_id) if row.type not in _HIDDEN]
    return [_row(row, zone) for row in rows]


async def one(session: AsyncSession, visitor: Visitor, ticket_no: str, zone: ZoneInfo, now: datetime) -> MatterOut:
    return await shown(session, await own_case(session, visitor, ticket_no), zone, now)


async def own_case(session: AsyncSession, visitor: Visitor, ticket_no: str, for_update: bool = False) -> TicketCase:
    """Somebody else's ticket is as unknown as one that does not exist."""
    case = await tickets.case(session, ticket_no, for_update)
    if case.row.customer_id != visitor.customer_id or case.row.type in _HIDDEN:
        raise NotFound("ticket", ticket_no)
    return case


async def shown(session: AsyncSession, case: TicketCase, zone: ZoneInfo, now: datetime) -> MatterOut:
    rating = await repository.rating(session, case.row.ticket_no)
    progress = progress_of(State(case.row.state))
    return MatterOut.model_validate(
        _row(case.row, zone).model_dump()
        | {
            "text": case.row.description,
            "comments": await _comments(session, case),
            "result": case.ticket.result if progress in ("answered", "closed") else "",
            "may": possible(case, rating is not None, now),
            "rating": rating.stars if rating else None,
        }
    )


async def urge(session: AsyncSession, case: TicketCase, now: datetime) -> TicketCase:
    return await _do(session, case, Act.URGE, "", now)


async def add(session: AsyncSession, case: TicketCase, text: str, now: datetime) -> TicketCase:
    """The customer's words in the timeline."""
    if "add" not in possible(case, False, now):
        raise Refused("ticket.wrong_state", {"state": case.row.state})
    await registering.note(session, case, text, now)
    return await tickets.case(session, case.row.ticket_no)


async def withdraw(session: AsyncSession, case: TicketCase, text: str, now: datetime) -> TicketCase:
    return await _do(session, case, Act.WITHDRAW, text or "客户在自助页面撤回", now)


async def rate(session: AsyncSession, case: TicketCase, stars: int, text: str, now: datetime) -> TicketCase:
    """Once. A complaint that waits for the customer's word gets it by this."""
    if "rate" not in possible(case, False, now):
        raise Refused("ticket.wrong_state", {"state": case.row.state})
    if await repository.rating(session, case.row.ticket_no) is not None:
        raise Refused("contact.rated")
    session.add(ContactRating(ticket_no=case.row.ticket_no, stars=stars, comment=text, at=now))
    await session.flush()
    word = Act.SATISFIED if stars >= GOOD else Act.DISSATISFIED
    return await _do(session, case, word, text, now) if word in workflow.allowed(case.ticket, now) else case


def progress_of(state: State) -> Progress:
    """Of the many inner states the five a customer needs. Pure."""
    if state is State.INFO_REQUIRED:
        return "asked"
    if state in CLOSED:
        return "closed"
    if state in ANSWERED:
        return "answered"
    return "received" if state in FRESH else "working"


def possible(case: TicketCase, rated: bool, now: datetime) -> list[May]:
    acts = workflow.allowed(case.ticket, now)
    found: list[May] = []
    if Act.URGE in acts:
        found.append("urge")
    if progress_of(State(case.row.state)) not in ("answered", "closed"):
        found.append("add")
    if Act.WITHDRAW in acts:
        found.append("withdraw")
    if not rated and progress_of(State(case.row.state)) in ("answered", "closed") and case.ticket.result:
        found.append("rate")
    return found


async def _do(session: AsyncSession, case: TicketCase, act: Act, text: str, now: datetime) -> TicketCase:
    who = await registering.customer_principal(session, case.row.center_id)
    return await tickets.do(session, case, Happening(act, now, text, PUBLIC), who)


async def _comments(session: AsyncSession, case: TicketCase) -> list[PublicComment]:
    """What was written for the customer, or by the customer, in one order: in the timeline and beside it."""
    found = [
        PublicComment(at=entry.at, ours=entry.actor != CUSTOMER, text=entry.comment)
        for entry in case.timeline
        if entry.comment and (FOR_CUSTOMERS & set(entry.data.items()) or entry.act == Act.NEED_INFO)
    ]
    for row in await service.of_ticket(session, case.row.ticket_no):
        for reply in await service.replies_of(session, row):
            told = any(reply.text in each.text for each in found)  # the timeline has it already
            if reply.state in ("sent", "bounced") and reply.decided_at is not None and not told:
                found.append(PublicComment(at=reply.decided_at, ours=True, text=reply.text))
    return sorted(found, key=lambda each: each.at)


def _row(row: TicketRow, zone: ZoneInfo) -> MatterRow:
    progress = progress_of(State(row.state))
    due = row.due_at or row.legal_due_at
    return MatterRow(
        ticket_no=row.ticket_no,
        kind=TicketType(row.type).value,
        title=row.title,
        progress=progress,
        channel=row.channel,
        created_at=row.created_at,
        updated_at=row.updated_at,
        due=due.astimezone(zone).date() if due and progress not in ("answered", "closed") else None,
    )
