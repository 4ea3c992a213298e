"""A ticket as the desk's JSON: timeline, clocks, and what this person may do now."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.masking import mask_number
from agent_api.tickets import workflow
from agent_api.tickets.clocks import Clock
from agent_api.tickets.ledger import Moved
from agent_api.tickets.models import TicketAttachment, TicketEvent, TicketRow
from agent_api.tickets.schemas import (
    AllowedEvent,
    AttachmentOut,
    ClockOut,
    SubtaskOut,
    TicketOut,
    TicketRowOut,
    TimelineEntry,
)
from agent_api.tickets.service import TicketCase, allowed_for, clocks_of
from agent_api.tickets.steps import step_clocks
from agent_api.tickets.titles import ACT_TITLES, STATE_TITLES, TYPE_TITLES
from agent_api.tickets.words import Act, State, TicketType

Numbers = tuple[Sequence[str], Sequence[str]]


def row_out(row: TicketRow, timeline: Iterable[Moved], now: datetime) -> TicketRowOut:
    return TicketRowOut.model_validate(_row_fields(row, timeline, now))


def ticket_out(
    case: TicketCase,
    who: Principal,
    now: datetime,
    attachments: Sequence[TicketAttachment] = (),
    relatives: Numbers = ((), ()),
) -> TicketOut:
    row, ticket = case.row, case.ticket
    works_on_it = row.created_by == who.agent_no or who.may(Permission.TICKET_UNIT)
    return TicketOut.model_validate(
        _row_fields(row, case.timeline, now)
        | {
            "description": row.description,
            "contact_masked": mask_number(row.contact_number),
            "contact_number": row.contact_number if works_on_it else None,
            "details": row.details if works_on_it else {},
            "helpers": list(ticket.helpers),
            "steps": [_clock(clock) for clock in step_clocks(ticket, now)],
            "merged": list(relatives[0]),
            "children": list(relatives[1]),
            "subtasks": [
                SubtaskOut(unit=each.unit, asked_at=each.asked_at, due_at=each.due_at) for each in ticket.subtasks
            ],
            "timeline": [_entry(entry) for entry in case.timeline],
            "attachments": [attachment_out(each) for each in attachments],
            "allowed_events": [act.value for act in allowed_for(case.ticket, who, now)],
        }
        | {
            name: getattr(row, name)
            for name in ("repeat_of", "duplicate_of", "legal_rule", "satisfaction", "waive_fee")
        }
        | {name: getattr(ticket, name) for name in _OF_THE_TICKET}
    )


def allowed_events(case: TicketCase, who: Principal, now: datetime) -> list[AllowedEvent]:
    return [
        AllowedEvent(event=act.value, title=ACT_TITLES[act], needs=list(workflow.needs(case.ticket, act)))
        for act in allowed_for(case.ticket, who, now)
    ]


_OF_THE_TICKET = ("result", "duty_reason", "suspension_asked", "suspended_until", "red")


def _row_fields(row: TicketRow, timeline: Iterable[Moved], now: datetime) -> dict[str, object]:
    names = (
        "ticket_no", "type", "state", "title", "category", "level", "vip", "customer_id", "call_id", "created_by",
        "center_id", "target", "round", "urge_count", "return_count", "created_at", "updated_at", "closed_at",
        "owner", "owner_center", "handling_tier", "leader", "channel", "reason_code", "parent_no", "merged_into",
        "is_regulator", "overdue", "priority", "due_at", "legal_due_at", "external_id", "external_system",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "type_title": TYPE_TITLES[TicketType(row.type)],
        "state_title": STATE_TITLES[State(row.state)],
        "clocks": _clocks(row, timeline, now),
    }


def _clocks(row: TicketRow, timeline: Iterable[Moved], now: datetime) -> list[ClockOut]:
    return [_clock(clock) for clock in clocks_of(row, timeline, now)]


def _clock(clock: Clock) -> ClockOut:
    return ClockOut(
        id=clock.id,
        title=clock.title,
        limit_seconds=int(clock.limit.total_seconds()),
        spent_seconds=int(clock.spent.total_seconds()),
        due_at=clock.due_at,
        state="running" if clock.running else "stopped" if clock.over else "paused",
        warning=clock.warning,
    )


def attachment_out(row: TicketAttachment) -> AttachmentOut:
    names = ("kind", "seconds", "media_type", "file_name", "size", "created_at")
    return AttachmentOut.model_validate({"id": row.attachment_id} | {name: getattr(row, name) for name in names})


def _entry(entry: TicketEvent) -> TimelineEntry:
    return TimelineEntry(
        seq=entry.seq,
        event=entry.act,
        event_title=ACT_TITLES[Act(entry.act)],
        from_state=entry.from_state,
        to_state=entry.to_state,
        at=entry.at,
        actor=entry.actor,
        role=entry.role,
        center_id=entry.center_id,
        comment=entry.comment,
        data=entry.data,
    )
