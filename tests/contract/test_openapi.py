"""The HTTP interface as others rely on it: addresses, error shape, examples, and that it only grows."""

from typing import Any

import pytest
from pydantic import SecretStr

from agent_api.app import create_app
from agent_api.codes import MESSAGES
from agent_api.settings import Settings

pytestmark = pytest.mark.contract

Json = dict[str, Any]

OPERATIONS = {
    "POST /api/v1/session",
    "GET /api/v1/session",
    "DELETE /api/v1/session",
    "GET /api/v1/softphone",
    "POST /api/v1/agent/login",
    "POST /api/v1/agent/ready",
    "POST /api/v1/agent/pause",
    "POST /api/v1/agent/logout",
    "GET /api/v1/agent/state",
    "GET /api/v1/centers",
    "GET /api/v1/calls",
    "GET /api/v1/calls/{call_id}",
    "GET /api/v1/stats/agents",
    "GET /api/v1/callbacks",
    "PUT /api/v1/session/password",
    "POST /api/v1/session/second-factor",
    "POST /api/v1/session/second-factor/confirm",
    "POST /api/v1/session/lock",
    "POST /api/v1/session/touch",
    "POST /api/v1/session/unlock",
    "GET /api/v1/role-matrix/{center}",
    "GET /api/v1/role-matrix/{center}/versions",
    "POST /api/v1/role-matrix/{center}/versions/{version}/approve",
    "POST /api/v1/role-matrix/{center}/versions/{version}/refuse",
    "PUT /api/v1/role-matrix/{center}",
    "GET /api/v1/admin/people",
    "POST /api/v1/admin/people",
    "PUT /api/v1/admin/people/{agent_no}",
    "POST /api/v1/admin/people/{agent_no}/password",
    "DELETE /api/v1/admin/people/{agent_no}/second-factor",
    "POST /api/v1/admin/people/{agent_no}/unlock",
    "GET /api/v1/admin/people/{agent_no}/sessions",
    "DELETE /api/v1/admin/people/{agent_no}/sessions",
    "GET /api/v1/admin/roles",
    "GET /api/v1/admin/centers",
    "POST /api/v1/admin/centers",
    "PUT /api/v1/admin/centers/{center_id}",
    "GET /api/v1/audit",
    "GET /api/v1/audit/check",
    "POST /api/v1/audit/export",
    "GET /api/v1/mentions",
    "GET /api/v1/mentions/people",
    "GET /api/v1/tickets/{ticket_no}/notes",
    "GET /api/v1/tickets/{ticket_no}/reply-templates",
    "POST /api/v1/mentions/read",
    "GET /api/v1/ticket-views",
    "POST /api/v1/ticket-views",
    "PUT /api/v1/ticket-views/{view_id}",
    "DELETE /api/v1/ticket-views/{view_id}",
    "GET /api/v1/tickets/{ticket_no}/related",
    "POST /api/v1/tickets/bulk",
    "POST /api/v1/tickets/export",
    "POST /api/v1/tickets/search",
    "GET /api/v1/agent/pause-limits",
    "GET /api/v1/routing/versions/{version}",
    "POST /api/v1/calls/search",
    "GET /api/v1/calls/missed",
    "GET /api/v1/planner",
    "GET /api/v1/routing",
    "POST /api/v1/callbacks",
    "POST /api/v1/callbacks/{callback_id}/cancel",
    "POST /api/v1/planner/what-if",
    "POST /api/v1/routing/check",
    "POST /api/v1/routing/rollback",
    "PUT /api/v1/routing",
    "GET /api/v1/floor",
    "GET /api/v1/supervision/broadcasts",
    "GET /api/v1/targets",
    "POST /api/v1/agent/wrap-up",
    "POST /api/v1/calls/{call_id}/conference",
    "POST /api/v1/calls/{call_id}/conference/leave",
    "POST /api/v1/calls/{call_id}/consult",
    "POST /api/v1/calls/{call_id}/consult/complete",
    "POST /api/v1/calls/{call_id}/consult/end",
    "POST /api/v1/calls/{call_id}/end",
    "POST /api/v1/calls/{call_id}/help",
    "POST /api/v1/calls/{call_id}/hold",
    "POST /api/v1/calls/{call_id}/recording/pause",
    "POST /api/v1/calls/{call_id}/recording/resume",
    "POST /api/v1/calls/{call_id}/resume",
    "POST /api/v1/calls/{call_id}/transfer",
    "POST /api/v1/supervision/agents/{agent_no}/assign",
    "POST /api/v1/supervision/agents/{agent_no}/logout",
    "POST /api/v1/supervision/agents/{agent_no}/pause",
    "POST /api/v1/supervision/agents/{agent_no}/ready",
    "POST /api/v1/supervision/broadcast",
    "POST /api/v1/supervision/calls/{call_id}/redirect",
    "POST /api/v1/supervision/calls/{call_id}/spy",
    "POST /api/v1/supervision/calls/{call_id}/stop",
    "POST /api/v1/supervision/calls/{call_id}/take-over",
    "POST /api/v1/supervision/queues/{queue}/closed",
    "PUT /api/v1/calls/{call_id}/wrap-up",
    "GET /api/v1/contact-reasons",
    "POST /api/v1/customers/search",
    "GET /api/v1/customers/{customer_id}",
    "GET /api/v1/customers/{customer_id}/bills",
    "POST /api/v1/customers/{customer_id}/unmask",
    "PATCH /api/v1/customers/{customer_id}",
    "GET /api/v1/customers/{customer_id}/timeline",
    "GET /api/v1/customers/{customer_id}/versions",
    "GET /api/v1/customers/{customer_id}/group",
    "GET /api/v1/access/alarms",
    "GET /api/v1/api-clients",
    "GET /api/v1/customers/{customer_id}/credit",
    "POST /api/v1/customers/{customer_id}/credit/proposals",
    "POST /api/v1/customers/{customer_id}/credit/appeals",
    "GET /api/v1/credit/changes",
    "POST /api/v1/credit/changes/{change_id}/answer",
    "POST /api/v1/credit/changes/{change_id}/decide",
    "GET /api/v1/blocked-numbers",
    "POST /api/v1/blocked-numbers",
    "POST /api/v1/blocked-numbers/release",
    "GET /api/v1/dealers",
    "POST /api/v1/customers/{customer_id}/refresh",
    "GET /api/v1/customer-imports",
    "POST /api/v1/customer-imports",
    "GET /api/v1/customer-imports/columns",
    "GET /api/v1/customer-imports/{import_id}",
    "GET /api/v1/customer-imports/{import_id}/errors.csv",
    "POST /api/v1/api-clients",
    "POST /api/v1/api-clients/{client_id}/rotate",
    "DELETE /api/v1/api-clients/{client_id}",
    "POST /api/v1/access/alarms/{alarm_id}/check",
    "GET /api/v1/access/watched",
    "POST /api/v1/access/watched",
    "DELETE /api/v1/access/watched/{customer_id}",
    "POST /api/v1/tickets",
    "GET /api/v1/tickets",
    "GET /api/v1/tickets/{ticket_no}",
    "GET /api/v1/tickets/{ticket_no}/allowed-events",
    "POST /api/v1/tickets/{ticket_no}/events",
    "GET /api/v1/wallboard",
    "GET /api/v1/stats/kpis",
    "GET /api/v1/stats/intervals",
    "GET /api/v1/stats/export.{kind}",
    "GET /api/v1/dunning/cases",
    "POST /api/v1/dunning/cases/{case_id}/dial",
    "POST /api/v1/dunning/cases/{case_id}/payments",
    "GET /api/v1/dunning/attempts",
    "POST /internal/v1/caller",
    "POST /internal/v1/verify",
    "POST /internal/v1/bill",
    "POST /internal/v1/dunning-script",
    "GET /api/v1/menus/catalogue",
    "GET /api/v1/menus/centers",
    "GET /api/v1/menus/titles",
    "GET /api/v1/menus/centers/{center_id}",
    "GET /api/v1/menus/centers/{center_id}/versions/{version}",
    "DELETE /api/v1/menus/centers/{center_id}/versions/{version}",
    "PUT /api/v1/menus/centers/{center_id}/numbers",
    "PUT /api/v1/menus/centers/{center_id}/draft",
    "POST /api/v1/menus/check",
    "POST /api/v1/menus/centers/{center_id}/publish",
    "POST /api/v1/menus/centers/{center_id}/rollback",
    "GET /api/v1/menus/prompts/{prompt_id}/audio",
    "POST /api/v1/menus/prompts",
    "DELETE /api/v1/menus/prompts/{prompt_id}",
    "GET /api/v1/announcements",
    "POST /api/v1/announcements",
    "PUT /api/v1/announcements/{notice_id}",
    "DELETE /api/v1/announcements/{notice_id}",
    "GET /api/v1/recordings",
    "GET /api/v1/recordings/retention",
    "PUT /api/v1/recordings/retention",
    "GET /api/v1/recordings/{call_id}/peaks",
    "GET /api/v1/recordings/{call_id}/audio",
    "POST /api/v1/recordings/{call_id}/export",
    "POST /api/v1/recordings/{call_id}/hold",
    "POST /api/v1/recordings/{call_id}/release",
    "GET /api/v1/messages",
    "GET /api/v1/messages/{message_id}/letter",
    "POST /api/v1/messages/{message_id}/posted",
    "POST /api/v1/messages/sink",
    "POST /internal/v1/copy",
    "POST /internal/v1/fax-document",
    "POST /internal/v1/fax-order",
    "POST /internal/v1/fax-sent",
    "POST /internal/v1/sms-inbound",
    "POST /internal/v1/menus",
    "GET /api/v1/orders/offers",
    "GET /health",
    "GET /api/v1/monitor",
    "GET /api/v1/monitor/items",
    "GET /api/v1/monitor/history",
    "GET /api/v1/exchange",
    "GET /api/v1/exchange/inbox",
    "GET /api/v1/exchange/outbox",
    "POST /api/v1/exchange/outbox/{message_id}/resend",
    "POST /api/v1/exchange/peers/{peer}/resend",
    "POST /api/v1/exchange/tickets/{ticket_no}/ask",
    "GET /api/v1/exchange/tickets/{ticket_no}/files",
    "GET /api/v1/exchange/tickets/{ticket_no}/files/{file_id}",
    "POST /exchange/v1/messages",
    "POST /exchange/v1/files",
    "GET /api/v1/articles",
    "GET /api/v1/orders",
    "GET /api/v1/tickets/{ticket_no}/attachments/{attachment_id}",
    "POST /api/v1/tickets/{ticket_no}/attachments",
    "GET /api/v1/pool",
    "GET /api/v1/pool/backlog",
    "GET /api/v1/pool/mistakes",
    "POST /api/v1/pool/claim",
    "POST /api/v1/pool/{ticket_no}/give-back",
    "POST /api/v1/pool/{ticket_no}/to-front",
    "GET /api/v1/ticket-alerts",
    "POST /api/v1/ticket-alerts/seen",
    "GET /api/v1/supervision-orders",
    "POST /api/v1/supervision-orders/{order_id}/events",
    "GET /api/v1/incidents/suspected",
    "POST /api/v1/incidents/{ticket_no}/cases",
    "POST /api/v1/incidents/{ticket_no}/announcement",
    "GET /api/v1/working-days/{center_id}",
    "GET /api/v1/working-days/{center_id}/exceptions",
    "PUT /api/v1/working-days/{center_id}/exceptions/{day}",
    "POST /api/v1/calls/{call_id}/password-menu",
    "POST /api/v1/customers/{customer_id}/password-unlock",
    "POST /api/v1/dealers/{code}/unlock",
    "POST /api/v1/orders",
    "POST /api/v1/orders/quote",
    "POST /api/v1/orders/{order_no}/events",
    "PUT /api/v1/articles/{article_id}",
    "POST /internal/v1/account",
    "POST /internal/v1/article",
    "POST /internal/v1/dealer/activation",
    "POST /internal/v1/dealer/commission",
    "POST /internal/v1/dealer/notices",
    "POST /internal/v1/dealer/orders",
    "POST /internal/v1/dealer/verify",
    "POST /internal/v1/emergency/release",
    "POST /internal/v1/emergency/report",
    "POST /internal/v1/emergency/restore",
    "POST /internal/v1/emergency/suspend",
    "POST /internal/v1/fault",
    "POST /internal/v1/message",
    "POST /internal/v1/order",
    "POST /internal/v1/order/progress",
    "POST /internal/v1/order/quote",
    "POST /internal/v1/password-trip/result",
    "POST /internal/v1/password/change",
    "POST /internal/v1/password/reminder",
    "POST /internal/v1/password/reset",
    "POST /internal/v1/sms-code",
    "POST /internal/v1/ticket/progress",
    "POST /internal/v1/topup",
    "POST /internal/v1/verify-code",
    "POST /internal/v1/verify-id",
    "DELETE /api/v1/articles/words/synonyms/{group_id}",
    "GET /api/v1/article-requests",
    "GET /api/v1/articles/search",
    "GET /api/v1/articles/words/synonyms",
    "GET /api/v1/articles/{article_id}",
    "POST /api/v1/article-requests",
    "POST /api/v1/article-requests/{request_id}/close",
    "POST /api/v1/articles",
    "POST /api/v1/articles/words/synonyms",
    "POST /api/v1/articles/{article_id}/answered",
    "POST /api/v1/articles/{article_id}/send",
    "POST /api/v1/articles/{article_id}/uses",
    "POST /api/v1/articles/{article_id}/versions/{version}/events",
    "PUT /api/v1/articles/words/synonyms/{group_id}",
    "DELETE /api/v1/service/session",
    "GET /api/v1/interactions",
    "GET /api/v1/interactions/{interaction_id}",
    "GET /api/v1/interactions/{interaction_id}/files/{file_id}",
    "GET /api/v1/interactions/{interaction_id}/replies/{reply_id}/letter",
    "GET /api/v1/interactions/{interaction_id}/reply-preview",
    "GET /api/v1/reply-templates",
    "GET /api/v1/reply-templates/variables",
    "GET /api/v1/service/matters",
    "GET /api/v1/service/matters/{ticket_no}",
    "GET /api/v1/service/page",
    "GET /api/v1/service/session",
    "POST /api/v1/interactions",
    "POST /api/v1/interactions/{interaction_id}/archive",
    "POST /api/v1/interactions/{interaction_id}/assign",
    "POST /api/v1/interactions/{interaction_id}/not-spam",
    "POST /api/v1/interactions/{interaction_id}/readable",
    "POST /api/v1/interactions/{interaction_id}/register",
    "POST /api/v1/interactions/{interaction_id}/reply",
    "POST /api/v1/interactions/{interaction_id}/reply/approve",
    "POST /api/v1/interactions/{interaction_id}/reply/refuse",
    "POST /api/v1/interactions/{interaction_id}/spam",
    "POST /api/v1/interactions/{interaction_id}/take",
    "POST /api/v1/interactions/{interaction_id}/unreadable",
    "POST /api/v1/reply-templates/{template_id}/{version}/publish",
    "POST /api/v1/reply-templates/{template_id}/{version}/withdraw",
    "POST /api/v1/service/code",
    "POST /api/v1/service/matters",
    "POST /api/v1/service/matters/{ticket_no}/add",
    "POST /api/v1/service/matters/{ticket_no}/rating",
    "POST /api/v1/service/matters/{ticket_no}/urge",
    "POST /api/v1/service/matters/{ticket_no}/withdraw",
    "POST /api/v1/service/progress",
    "POST /api/v1/service/session",
    "PUT /api/v1/reply-templates/{template_id}",
    "GET /api/v1/reasons",
    "GET /api/v1/reasons/{center}/versions",
    "GET /api/v1/reasons/{center}/versions/{version}",
    "GET /api/v1/scripts",
    "GET /api/v1/scripts/{center}",
    "GET /api/v1/tickets/{ticket_no}/form",
    "POST /api/v1/scripts/acknowledge",
    "PUT /api/v1/reasons/{center}",
    "PUT /api/v1/scripts/{center}",
    "GET /api/v1/thresholds/{center}",
    "GET /api/v1/thresholds/{center}/versions",
    "GET /api/v1/thresholds/{center}/versions/{version}",
    "PUT /api/v1/thresholds/{center}",
    "GET /api/v1/scripts/{center}/versions/{version}",
    "GET /api/v1/scripts/{center}/versions",
    "POST /api/v1/working-days/{center_id}/import",
    "POST /api/v1/reply-templates/preview",
    "GET /api/v1/reply-templates/versions",
}
"""Taking one away breaks the desk, the voice menu or somebody's integration."""


@pytest.fixture(scope="module")
def document() -> Json:
    settings = Settings(service_token=SecretStr("only-to-read-the-document"), database_url="sqlite+aiosqlite://")
    return create_app(settings).openapi()


def operations(document: Json) -> dict[str, Json]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_promised_operation_is_there(document: Json) -> None:
    assert set(operations(document)) >= OPERATIONS
    assert set(operations(document)) - OPERATIONS == set(), "add new ones to the list"


def test_every_error_has_the_one_shape_and_an_example_with_a_known_code(document: Json) -> None:
    for name, operation in operations(document).items():
        for status, response in operation["responses"].items():
            if int(status) < 400 or name == "GET /health":
                continue
            content = response["content"]["application/json"]
            if status == "422" and "example" not in content:
                continue  # FastAPI's own description of a body it cannot read
            assert content["schema"] == {"$ref": "#/components/schemas/ErrorBody"}, f"{name} {status}"
            assert content["example"]["code"] in MESSAGES, f"{name} {status}"


FOR_EVERYBODY = {"GET /api/v1/service/page", "POST /api/v1/service/code", "POST /api/v1/service/progress"}


def test_who_needs_a_session_says_so(document: Json) -> None:
    for name, operation in operations(document).items():
        if "/api/v1/" in name and not name.endswith("/session") and name not in FOR_EVERYBODY:
            assert "401" in operation["responses"], name


def test_every_body_that_is_sent_has_an_example(document: Json) -> None:
    schemas = document["components"]["schemas"]
    for name, operation in operations(document).items():
        body = operation.get("requestBody")
        if body is None or "multipart/form-data" in body["content"]:
            continue
        reference = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        assert schemas[reference].get("examples"), f"{name} ({reference}) has no example"


def test_nothing_personal_in_addresses(document: Json) -> None:
    """Numbers, names and passwords travel in bodies: addresses end in logs."""
    forbidden = {"number", "caller_number", "name", "password", "query", "phone"}
    for name, operation in operations(document).items():
        given = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert not given & forbidden, name


def test_money_is_text_and_times_have_a_zone(document: Json) -> None:
    for schema, field in (
        ("BillOut", "total"),
        ("CaseOut", "owed"),
        ("CustomerCard", "arrears"),
        ("AccountAnswer", "balance"),
        ("BillAnswer", "total"),
        ("OrderOut", "fee"),
    ):
        assert document["components"]["schemas"][schema]["properties"][field]["type"] == "string"
    assert document["components"]["schemas"]["CallOut"]["properties"]["offered_at"]["format"] == "date-time"
