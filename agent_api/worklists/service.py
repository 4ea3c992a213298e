"""What the list does: search within what one may see, saved views, one act on many tickets. Never commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.codes import message_of
from agent_api.context import Context
from agent_api.errors import Denied, DeskError, NotFound
from agent_api.tickets import service as tickets
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import FINISHED
from agent_api.worklists import mentions, repository
from agent_api.worklists.models import TicketView
from agent_api.worklists.repository import Sort, Wanted
from agent_api.worklists.schemas import BulkAct, BulkRow, RelatedTicket, TicketsWanted, ViewIn

SHARING = frozenset({"team_leader", "supervisor", "national_supervisor", "dispatcher", "city_leader"})
"""Roles whose views may be for everybody of their centre."""


def wanted_by(who: Principal, body: TicketsWanted, now: datetime) -> Wanted:
    """The filter, within what this person may see."""
    soon = None if body.due_within_hours is None else now + timedelta(hours=body.due_within_hours)
    return Wanted(
        states=[each.value for each in body.states],
        not_states=[each.value for each in FINISHED] if body.open_only else (),
        types=[each.value for each in body.types],
        levels=[each.value for each in body.levels],
        channels=[each.value for each in body.channels],
        text=body.text.strip(),
        target=body.target,
        owner=who.agent_no if body.mine else None,
        customer_id=body.customer_id,
        parent_no=body.parent_no,
        regulator=body.regulator,
        overdue=body.overdue,
        due_before=soon,
        created_from=body.created_from,
        created_to=body.created_to,
        centers=None if who.center.level == "N" else who.visible_centers,
    )


async def page(
    session: AsyncSession, wanted: Wanted, sort: Sort, limit: int, offset: int
) -> tuple[Sequence[TicketRow], int]:
    return await repository.page(session, wanted, sort, limit, offset)


async def related(session: AsyncSession, ticket_no: str, who: Principal) -> list[RelatedTicket]:
    row = (await tickets.get_for(session, ticket_no, who)).row
    return [
        RelatedTicket.model_validate(
            {"ticket_no": other.ticket_no, "kind": _kind(row, other), "title": other.title, "state": other.state}
        )
        for other in await repository.related(session, row)
    ]


def _kind(row: TicketRow, other: TicketRow) -> str:
    if other.ticket_no == row.parent_no:
        return "parent"
    if other.ticket_no == row.merged_into:
        return "merged_into"
    if other.merged_into == row.ticket_no:
        return "merged"
    if other.parent_no == row.ticket_no:
        return "child"
    if other.ticket_no == row.repeat_of:
        return "repeat_of"
    return "repeated_by" if other.repeat_of == row.ticket_no else "sibling"


async def views(session: AsyncSession, who: Principal) -> Sequence[TicketView]:
    parents, above, at = await auth.parents(session), [], who.center.center_id
    while at:
        above.append(at)
        at = parents.get(at) or ""
    return await repository.views(session, who.agent_no, above)


async def save_view(
    session: AsyncSession, who: Principal, view_id: str | None, body: ViewIn, now: datetime
) -> TicketView:
    if body.shared and not who.roles & SHARING:
        raise Denied("view.not_shared")
    row = await _own(session, who, view_id) if view_id else TicketView(view_id=uuid4().hex, owner=who.agent_no)
    row.center_id, row.title, row.shared = who.center.center_id, body.title, body.shared
    row.wanted, row.columns, row.changed_at = body.wanted.model_dump(mode="json"), list(body.columns), now
    session.add(row)
    await session.flush()
    return row


async def delete_view(session: AsyncSession, who: Principal, view_id: str) -> None:
    await session.delete(await _own(session, who, view_id))


async def _own(session: AsyncSession, who: Principal, view_id: str) -> TicketView:
    row = await session.get(TicketView, view_id)
    if row is None or row.owner != who.agent_no:
        raise NotFound("view", view_id)
    return row


async def act_on_each(context: Context, who: Principal, body: BulkAct) -> list[BulkRow]:
    """Each ticket in a transaction of its own: what fails leaves the others done."""
    return [await _act(context, who, ticket_no, body) for ticket_no in dict.fromkeys(body.ticket_nos)]


async def _act(context: Context, who: Principal, ticket_no: str, body: BulkAct) -> BulkRow:
    try:
        async with context.db.write() as session:
            now = context.clock()
            case = await tickets.act(session, ticket_no, body.event, who, now, body.comment, dict(body.data))
            await mentions.note(session, case.timeline[-1])
    except DeskError as error:
        return BulkRow(ticket_no=ticket_no, ok=False, code=error.code, message=message_of(error.code))
    return BulkRow(ticket_no=ticket_no, ok=True, state=case.ticket.state.value)
