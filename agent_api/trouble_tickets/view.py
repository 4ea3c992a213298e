"""A ticket as TMF621 has it: every attribute of the specification that has a value. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.words import Act, Channel, Level, State
from agent_api.trouble_tickets.errors import BadRequest
from agent_api.trouble_tickets.words import ATTRIBUTES, CHANNEL_TITLES, SEVERITY_OF, STATUS_OF

Json = dict[str, Any]
PATH = "/tmf-api/troubleTicket/v4"
NOTES = frozenset({Act.COMMENT.value, Act.URGE.value, Act.REOPEN.value})
RESOLVING = frozenset({Act.REPLY.value, Act.ANSWER.value, Act.SOLVE_ONLINE.value})
"""Acts whose words other systems read; the rest of the timeline is ours."""


def trouble(
    row: TicketRow, timeline: Sequence[TicketEvent], extra: Mapping[str, Any], base_url: str, until: int | None = None
) -> Json:
    """As it stands now, or stood after the entry with the number `until`. `extra`: what a system gave besides."""
    first = State(timeline[0].from_state) if timeline else State(row.state)
    timeline = [entry for entry in timeline if until is None or entry.seq <= until]
    changes = _status_changes(row, timeline, first)
    found: Json = {
        "id": row.ticket_no,
        "href": f"{base_url}{PATH}/troubleTicket/{row.ticket_no}",
        "creationDate": _time(row.created_at),
        "lastUpdate": _time(timeline[-1].at if timeline else row.updated_at),
        "name": row.title,
        "description": row.description or row.title,
        "severity": SEVERITY_OF[Level(row.level)],
        "ticketType": row.type,
        "priority": str(max(1, 4 - row.priority)),
        "externalId": row.external_id or row.ticket_no,
        "status": changes[-1]["status"],
        "statusChange": changes,
        "statusChangeDate": changes[-1]["changeDate"],
        "statusChangeReason": changes[-1].get("changeReason"),
        "expectedResolutionDate": _time(row.due_at or row.legal_due_at),
        "resolutionDate": _resolved_at(timeline),
        "channel": {"id": row.channel, "name": CHANNEL_TITLES[Channel(row.channel)]},
        "note": [*_notes(timeline), *extra.get("note", [])],
        "relatedParty": [*_parties(row), *extra.get("relatedParty", [])],
        "relatedEntity": [*_entities(row), *extra.get("relatedEntity", [])],
        "troubleTicketRelationship": [*_relations(row), *extra.get("troubleTicketRelationship", [])],
        "@type": "TroubleTicket",
    }
    more = {name: value for name, value in extra.items() if name not in found or not isinstance(value, list)}
    return {name: value for name, value in (found | more).items() if value not in (None, [])}


def selected(ticket: Json, fields: str | None) -> Json:
    """Only the attributes that are asked for, and the id; all of them when none is."""
    names = [name.strip() for name in (fields or "").split(",") if name.strip()]
    if not names:
        return ticket
    unknown = [name for name in names if name not in ATTRIBUTES]
    if unknown:
        raise BadRequest("fields", f"no such attribute: {unknown[0][:60]}")
    return {name: value for name, value in ticket.items() if name == "id" or name in names}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _status_changes(row: TicketRow, timeline: Sequence[TicketEvent], first: State) -> list[Json]:
    changes: list[Json] = [{"status": STATUS_OF[first], "changeDate": _time(row.created_at)}]
    for entry in timeline:
        status = STATUS_OF[State(entry.to_state)]
        if status != changes[-1]["status"]:
            change = {"status": status, "changeDate": _time(entry.at)}
            changes.append(change | ({"changeReason": entry.comment} if entry.comment else {}))
    return changes


def _resolved_at(timeline: Sequence[TicketEvent]) -> str | None:
    answers = [entry.at for entry in timeline if entry.act in RESOLVING]
    return _time(answers[-1]) if answers else None


def _notes(timeline: Sequence[TicketEvent]) -> list[Json]:
    return [
        {"id": f"{entry.ticket_no}-{entry.seq}", "author": entry.actor, "date": _time(entry.at), "text": entry.comment}
        for entry in timeline
        if entry.act in NOTES and entry.comment
    ]


def _parties(row: TicketRow) -> list[Json]:
    """By their ids: who they are is nobody's who may not ask for it."""
    found = [{"id": row.created_by, "role": "originator", "@referredType": "Individual"}]
    if row.customer_id:
        found.append({"id": row.customer_id, "role": "customer", "@referredType": "Customer"})
    if row.owner:
        found.append({"id": row.owner, "role": "owner", "@referredType": "Individual"})
    found.append({"id": row.center_id, "role": "center", "@referredType": "Organization"})
    return found


def _entities(row: TicketRow) -> list[Json]:
    return [{"id": row.call_id, "role": "call", "@referredType": "PartyInteraction"}] if row.call_id else []


def _relations(row: TicketRow) -> list[Json]:
    pairs = (("isChild", row.parent_no), ("duplicates", row.merged_into), ("repeats", row.repeat_of))
    return [{"id": number, "relationshipType": kind} for kind, number in pairs if number]
