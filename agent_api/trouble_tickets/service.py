"""What other systems do to tickets: reads, new ones, changes, deletions. Never commits.

A change of status is an act of the ticket's own flow, or refused; nothing here writes a state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.errors import NotFound, Refused
from agent_api.tickets import service as tickets
from agent_api.tickets import workflow
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.service import TicketCase
from agent_api.tickets.words import Act, Channel, Happening, State, TicketType
from agent_api.trouble_tickets import extras, hub, repository
from agent_api.trouble_tickets.clients import Client
from agent_api.trouble_tickets.errors import BadRequest
from agent_api.trouble_tickets.models import TicketExtra
from agent_api.trouble_tickets.repository import Wanted
from agent_api.trouble_tickets.schemas import NewTrouble, TroubleChange
from agent_api.trouble_tickets.view import trouble
from agent_api.trouble_tickets.words import (
    ACTS_FOR,
    CHANGED,
    CHANNEL_OF,
    DELETED,
    LEVEL_OF,
    OURS_TO_SAY,
    RIGHT_FOR,
    SERVER_POPULATED,
    STATUS_OF,
    STATUSES,
    TYPE_OF,
)

Json = dict[str, Any]
TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and where our addresses begin."""

    client: Client
    now: datetime
    zone: ZoneInfo
    base_url: str


async def page(session: AsyncSession, asking: Asking, wanted: Wanted) -> tuple[list[Json], int]:
    rows, total = await repository.page(session, asking.client.who.visible_centers, wanted)
    timelines = await repository.timelines(session, [row.ticket_no for row, _ in rows])
    found = [trouble(row, timelines[row.ticket_no], _values(extra), asking.base_url) for row, extra in rows]
    return found, total


async def read(session: AsyncSession, asking: Asking, ticket_no: str) -> Json:
    row, extra = await _visible(session, asking.client, ticket_no)
    return _shown(row, (await repository.timelines(session, [ticket_no]))[ticket_no], extra, asking)


async def create(session: AsyncSession, asking: Asking, body: NewTrouble) -> Json:
    asking.client.require("create")
    if body.ticket_type not in TYPE_OF:
        raise BadRequest("ticketType", f"one of {', '.join(TYPE_OF)}")
    new = tickets.NewTicket(
        type=TicketType(body.ticket_type),
        title=body.name or body.description[:TITLE_LENGTH],
        description=body.description,
        category="",
        level=LEVEL_OF[body.severity.lower()],
        customer_id=_customer_of(body),
        channel=_channel(body.channel.id) if body.channel else Channel.WEB,
        external_id=body.external_id or "",
        external_system=asking.client.who.agent_no,
    )
    try:
        case = await tickets.create(session, new, asking.client.who, asking.now, asking.zone)
    except NotFound as unknown:
        raise BadRequest("relatedParty", f"no such {unknown.detail['kind']}") from unknown
    given = extras.of_new(body, case.row.ticket_no, asking.client.who.agent_no, asking.now)
    extra = TicketExtra(ticket_no=case.row.ticket_no, values=given, deleted_at=None)
    session.add(extra)
    await _note(session, asking, "trouble.create", case.row)
    return _shown(case.row, case.timeline, extra, asking)


async def change(session: AsyncSession, asking: Asking, ticket_no: str, body: TroubleChange) -> Json:
    """JSON merge patch: null takes an attribute away, a list replaces the list."""
    asking.client.require("update")
    row, extra = await _visible(session, asking.client, ticket_no)
    case = await tickets.case(session, ticket_no, for_update=True)
    given = body.model_dump(by_alias=True, exclude_unset=True, mode="json")
    _check_ours(given, _shown(row, case.timeline, extra, asking))
    if extra is None:
        extra = TicketExtra(ticket_no=ticket_no, values={}, deleted_at=None)
        session.add(extra)
    touched = _write_columns(row, given) | extras.change(extra, given, asking.client.who.agent_no, asking.now)
    after = await _to_status(session, asking, case, body)
    if touched:
        row.updated_at = asking.now
        await session.flush()
        await hub.tell(session, (CHANGED,), row, _shown(row, after.timeline, extra, asking), asking.now)
    await _note(session, asking, "trouble.change", row)
    return _shown(row, after.timeline, extra, asking)


async def delete(session: AsyncSession, asking: Asking, ticket_no: str) -> None:
    """Gone from this interface. For us it was withdrawn: what happened to a ticket is never deleted."""
    asking.client.require("delete")
    row, extra = await _visible(session, asking.client, ticket_no)
    case = await tickets.case(session, ticket_no, for_update=True)
    if Act.WITHDRAW in workflow.allowed(case.ticket, asking.now):
        withdrawn = Happening(Act.WITHDRAW, asking.now, f"由{asking.client.who.name}删除")
        case = await tickets.do(session, case, withdrawn, asking.client.who)
    shown = _shown(row, case.timeline, extra, asking)
    await hub.tell(session, (DELETED,), row, shown, asking.now)
    if extra is None:
        extra = TicketExtra(ticket_no=ticket_no, values={})
        session.add(extra)
    extra.deleted_at = asking.now
    await _note(session, asking, "trouble.delete", row)


async def heard(session: AsyncSession, asking: Asking, told: Mapping[str, Any]) -> str:
    """Another system's own ticket changed: what it says is noted at ours, where we know it. Our number, or nothing."""
    theirs = told.get("troubleTicket")
    if not isinstance(theirs, Mapping) or not isinstance(theirs.get("id"), str):
        return ""
    ticket_no = await repository.one_of_system(session, asking.client.who.agent_no, theirs["id"][:64])
    if ticket_no is None:
        return ""
    _, extra = await _visible(session, asking.client, ticket_no)
    if extra is not None:
        text = f"status: {str(theirs.get('status', ''))[:40]}"
        extras.add_note(extra, text, asking.client.who.agent_no, asking.now)
    return ticket_no


async def _visible(session: AsyncSession, client: Client, ticket_no: str) -> tuple[TicketRow, TicketExtra | None]:
    query = repository.visible(client.who.visible_centers).where(TicketRow.ticket_no == ticket_no)
    found = (await session.execute(query)).first()
    if found is None:
        raise NotFound("ticket", ticket_no[:40])
    return found[0], found[1]


async def _to_status(session: AsyncSession, asking: Asking, case: TicketCase, body: TroubleChange) -> TicketCase:
    """The wish for another status, as the act that leads there."""
    present = STATUS_OF[State(case.row.state)]
    if body.status is None or body.status == present:
        return case
    if body.status not in STATUSES:
        raise BadRequest("status", f"one of {', '.join(STATUSES)}")
    refused = Refused("trouble.status", {"status": present, "wanted": body.status})
    if body.status not in ACTS_FOR:
        raise refused
    asking.client.require(RIGHT_FOR[body.status])
    possible = workflow.allowed(case.ticket, asking.now)
    act = next((each for each in ACTS_FOR[body.status] if each in possible), None)
    if act is None:
        raise refused
    reason = body.status_change_reason or ""
    data = {"result": reason, "duty_reason": asking.client.who.name} if act in (Act.REPLY, Act.ANSWER) else {}
    return await tickets.do(session, case, Happening(act, asking.now, reason, data), asking.client.who)


def _check_ours(given: Json, present: Json) -> None:
    """Attributes the server fills are not patched; those the flow decides only to what they are."""
    for name, value in given.items():
        if name in SERVER_POPULATED:
            raise BadRequest(name, "is populated by the server")
        if name in OURS_TO_SAY and value != present.get(name):
            raise Refused("trouble.not_yours", {"attribute": name})


def _write_columns(row: TicketRow, given: Json) -> bool:
    """Whether anything is different now."""
    before = (row.title, row.description, row.external_id, row.channel)
    if given.get("description", row.description) is None:
        raise BadRequest("description", "is mandatory")
    row.description = given.get("description", row.description)
    if "name" in given:
        row.title = given["name"] or row.description[:TITLE_LENGTH]
    if "externalId" in given:
        row.external_id = given["externalId"] or ""
    if given.get("channel"):
        row.channel = _channel(given["channel"]["id"]).value
    return before != (row.title, row.description, row.external_id, row.channel)


def _channel(name: str) -> Channel:
    if name not in CHANNEL_OF:
        raise BadRequest("channel.id", f"one of {', '.join(CHANNEL_OF)}")
    return CHANNEL_OF[name]


def _customer_of(body: NewTrouble) -> str | None:
    parties = body.related_party or []
    return next((each.id for each in parties if (each.model_extra or {}).get("role") == "customer"), None)


def _values(extra: TicketExtra | None) -> Json:
    return extra.values if extra else {}


def _shown(row: TicketRow, timeline: Sequence[TicketEvent], extra: TicketExtra | None, asking: Asking) -> Json:
    return trouble(row, timeline, _values(extra), asking.base_url)


async def _note(session: AsyncSession, asking: Asking, action: str, row: TicketRow) -> None:
    await audit.record(session, asking.client.who, action, asking.now, subject="ticket", subject_id=row.ticket_no)
