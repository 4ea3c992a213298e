"""The form between centres has every field of the cross-tier form, and what older peers send is still understood."""

from datetime import UTC, datetime

import pytest

from agent_api.exchange.wire import TicketForm

pytestmark = pytest.mark.contract

CROSS_TIER = frozenset(
    {
        "ticket_no", "contact_id", "channel", "origin_time", "caller_no", "called_no", "msisdn", "subs_name",
        "svc_city", "subs_level", "subs_brand", "svc_type_id", "urgent_id", "complaint_level", "home_prov",
        "target_prov", "accept_time", "dead_time", "accept_staff", "title", "content", "pretreatment", "process_type",
        "service_name", "result", "duty_reason", "duty_grade", "satisfaction", "reply_time", "handling_dept",
        "handling_staff", "staff_contact_phone", "end_time", "document_satisfaction", "is_eligible", "contact_name",
        "contact_phone", "alt_phone", "expected_result", "amount_disputed", "evidence", "recording_id", "is_group",
        "is_media", "is_regulator", "is_repeat_of", "round", "urge_count", "deadline", "accept_len", "audit_dist_len",
        "verify_len", "result_audit_len",
    }
)  # fmt: skip
OURS = {
    "svc_type_id": "category",
    "urgent_id": "level",
    "complaint_level": "level",
    "home_prov": "home_center",
    "is_repeat_of": "repeat_of",
}
"""Called otherwise since the first version."""
FIRST = {
    "ticket_no", "type", "flow", "channel", "category", "reason_code", "level", "first_level", "legal_rule", "tier",
    "vip", "title", "content", "caller_no", "home_center", "accept_time", "accept_staff", "limit_hours", "repeat_of",
    "contact_id", "external_id", "external_system",
}  # fmt: skip
"""Fields of the form as it was first spoken."""
LATER = {"own_limits"}
"""Ours, and empty in an older form: the limits a ticket was opened under travel with it."""


def test_every_field_of_the_cross_tier_form_is_carried() -> None:
    assert set(TicketForm.model_fields) == FIRST | LATER | {OURS.get(name, name) for name in CROSS_TIER}


def test_a_form_of_the_first_version_is_understood() -> None:
    old = {
        "ticket_no": "TS2026111832000001", "type": "complaint", "flow": "complaint", "channel": "voice",
        "category": "T.CHARGE.2", "level": "NORMAL", "first_level": "NORMAL", "tier": "P", "title": "多收费",
        "home_center": "js", "accept_time": datetime(2026, 11, 18, tzinfo=UTC).isoformat(),
    }  # fmt: skip
    form = TicketForm.model_validate(old)
    added = set(TicketForm.model_fields) - FIRST
    assert {name: getattr(form, name) for name in added} == dict.fromkeys(added) | {"evidence": (), "own_limits": {}}


def test_personal_data_stays_out_of_logs() -> None:
    shown = TicketForm.model_construct(
        subs_name="张三", msisdn="13900000001", contact_phone="13900000002", alt_phone="13900000003",
        contact_name="李四", called_no="10010", staff_contact_phone="13900000004",
    )  # fmt: skip
    assert not [each for each in ("张三", "李四", "139", "10010") if each in repr(shown)]
