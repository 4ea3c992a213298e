"""What a system gives with a ticket that our ticket has no column for: kept, and given back. Pure but for the row."""

from datetime import UTC, datetime
from typing import Any

from agent_api.trouble_tickets.models import TicketExtra
from agent_api.trouble_tickets.schemas import NewTrouble

Json = dict[str, Any]
KEPT = (
    "priority", "requestedResolutionDate", "attachment", "relatedEntity", "relatedParty",
    "troubleTicketRelationship", "@schemaLocation", "@baseType", "@type",
)  # fmt: skip
OURS = frozenset({"originator", "customer", "owner", "center"})
"""Roles of parties that the ticket itself tells."""


def of_new(body: NewTrouble, ticket_no: str, author: str, now: datetime) -> Json:
    given = body.model_dump(by_alias=True, exclude_none=True, mode="json")
    values = {name: _kept(name, given[name]) for name in KEPT if name in given}
    if body.note:
        values["note"] = _notes(given["note"], [], ticket_no, author, now)
    return values


def change(extra: TicketExtra, given: Json, author: str, now: datetime) -> bool:
    """Whether anything is different now. Notes are only ever added: what was said was said."""
    values = dict(extra.values)
    for name in KEPT:
        if name in given:
            values[name] = _kept(name, given[name])
    if given.get("note"):
        before = values.get("note", [])
        values["note"] = [*before, *_notes(given["note"], before, extra.ticket_no, author, now)]
    values = {name: value for name, value in values.items() if value is not None}
    different = values != extra.values
    extra.values = values
    return different


def add_note(extra: TicketExtra, text: str, author: str, now: datetime) -> None:
    before = extra.values.get("note", [])
    fresh = _notes([{"text": text}], before, extra.ticket_no, author, now)
    extra.values = extra.values | {"note": [*before, *fresh]}


def _kept(name: str, value: Any) -> Any:
    if name == "relatedParty" and value:
        return [each for each in value if each.get("role") not in OURS]
    return value


def _notes(given: list[Json], before: list[Json], ticket_no: str, author: str, now: datetime) -> list[Json]:
    """Those that are new: a system sends the whole list again with one more."""
    known = {each["id"] for each in before} | {each["text"] for each in before}
    fresh = [each for each in given if each.get("id") not in known and each["text"] not in known]
    return [
        {"author": author}
        | {key: value for key, value in each.items() if value is not None}
        | {
            "id": f"{ticket_no}-{author}-{len(before) + index}",
            "date": now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        }
        for index, each in enumerate(fresh, 1)
    ]
