"""The cross-tier form of a ticket: filled where it was accepted, kept with the copies, passed on as it came."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls import service as calls
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import NotFound
from agent_api.exchange.file_refs import RECORDING
from agent_api.exchange.form_fields import HIGHEST, MOST, TakenDown
from agent_api.exchange.ways import unit_of
from agent_api.exchange.wire import FileRef, TicketForm
from agent_api.reasons import service as reasons
from agent_api.reasons.tree import titles
from agent_api.tickets import severity
from agent_api.tickets.clocks import Visit, stage_lengths
from agent_api.tickets.ledger import visits_states
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.words import Act

GROUP = 5
"""Users with the same cause make it a matter of a group (requirements.md 2.8.4)."""
ANSWERS = {"expected_result": "wish", "amount_disputed": "amount", "contact_phone": "contact"}
"""Where the forms of contact reasons ask for it under another name."""
YES = {True: "yes", False: "no"}


async def form_of(
    session: AsyncSession, row: TicketRow, timeline: Sequence[TicketEvent], files: Sequence[FileRef], now: datetime
) -> TicketForm:
    names = (
        "ticket_no", "type", "channel", "category", "reason_code", "level", "tier", "vip", "title", "limit_hours",
        "repeat_of", "flow", "first_level", "legal_rule", "external_id", "external_system",
    )  # fmt: skip
    return TicketForm.model_validate(
        {name: getattr(row, name) for name in names}
        | {
            "content": row.description,
            "caller_no": row.contact_number,
            "own_limits": row.own_limits or {},
            "home_center": row.center_id,
            "accept_time": row.created_at,
            "accept_staff": row.created_by,
            "contact_id": row.call_id,
        }
        | await _taken_down(session, row)
        | _progress(row, timeline, now)
        | {
            "recording_id": next((each.id for each in files if each.kind == RECORDING), None),
            "evidence": tuple(each.id for each in files if each.kind != RECORDING),
        }
    )


def details_of(form: TicketForm) -> dict[str, str]:
    """What a copy keeps of it in the ticket's details, from where it is shown and passed on."""
    given = {name: getattr(form, name) for name in TakenDown.model_fields}
    return {name: _text(value) for name, value in given.items() if value is not None}


def _text(value: object) -> str:
    match value:
        case bool():
            return YES[value]
        case datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case _:
            return str(value)


async def _taken_down(session: AsyncSession, row: TicketRow) -> dict[str, Any]:
    """The form's own answers first, then what the customer's record and the call say."""
    known: dict[str, Any] = {"origin_time": row.created_at, "contact_phone": row.contact_number}
    if row.call_id is not None:
        known |= await _of_call(session, row.call_id)
    if row.customer_id is not None:
        known |= _of_customer(await customers.get(session, row.customer_id))
    tree = (await reasons.tree_of(session, row.center_id)).tree
    known["service_name"] = titles(tree).get(row.reason_code or row.category)
    answers = {name: _answer(row.details, name) for name in TakenDown.model_fields}
    found = known | {name: value for name, value in answers.items() if value is not None}
    return {name: value if value != "" else None for name, value in found.items()} | _flags(row.details)


def _answer(details: Mapping[str, str], name: str) -> str | None:
    said = str(details.get(name) or details.get(ANSWERS.get(name, "")) or "")
    match name:
        case "amount_disputed":
            return said if 0 < severity.number(said) <= HIGHEST else None
        case "origin_time":
            return said if _is_moment(said) else None
        case _:
            return said[:MOST] or None


def _is_moment(said: str) -> bool:
    """Answers are what people wrote: one that makes no sense must not stop the ticket."""
    try:
        return datetime.fromisoformat(said).tzinfo is not None
    except ValueError:
        return False


def _flags(details: Mapping[str, str]) -> dict[str, bool | None]:
    users = details.get("group_users")
    return {
        "is_group": severity.number(users) >= GROUP if users else _flag(details.get("is_group")),
        "is_media": _flag(details.get("media") or details.get("is_media")),
    }


def _flag(said: str | None) -> bool | None:
    return None if said is None else said == "yes"


async def _of_call(session: AsyncSession, call_id: str) -> dict[str, Any]:
    """Of a ticket from elsewhere the call is not here."""
    try:
        call = await calls.get(session, call_id)
    except NotFound:
        return {}
    return {"called_no": call.did, "origin_time": call.offered_at}


def _of_customer(customer: Customer) -> dict[str, Any]:
    return {
        "msisdn": customer.contact_number,
        "subs_name": customer.name,
        "svc_city": customer.area,
        "subs_level": f"{customer.level}/{customer.star_level}",
        "contact_name": customer.name,
        "alt_phone": customer.alternative_number,
    }


def _progress(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> dict[str, Any]:
    replies = [each for each in timeline if each.act in (Act.REPLY, Act.ANSWER)]
    last = replies[-1] if replies else None
    audits = [each.act for each in timeline if each.act in (Act.AUDIT_OK, Act.AUDIT_OK_NO_CALLBACK, Act.AUDIT_FAIL)]
    lengths = stage_lengths([Visit(state, at) for state, at in visits_states(row, timeline)], now)
    return {
        "target_prov": unit_of(row.target),
        "dead_time": row.due_at,
        "deadline": row.legal_due_at,
        "is_regulator": row.is_regulator,
        "round": row.round,
        "urge_count": row.urge_count,
        "result": last.data.get("result") if last else None,
        "duty_reason": last.data.get("duty_reason") if last else None,
        "satisfaction": row.satisfaction or None,
        "reply_time": last.at if last else None,
        "handling_dept": last.center_id if last else None,
        "handling_staff": last.actor if last else None,
        "end_time": row.closed_at,
        "is_eligible": audits[-1] != Act.AUDIT_FAIL if audits else None,
        "accept_len": _seconds(lengths["accept"]),
        "audit_dist_len": _seconds(lengths["audit_dispatch"]),
        "verify_len": _seconds(lengths["verify"]),
        "result_audit_len": _seconds(lengths["result_audit"]),
    }


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())
