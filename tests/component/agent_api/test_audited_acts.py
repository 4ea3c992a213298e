"""Requirements.md 6.4, "always audited", line by line: each act is done over HTTP, its entry is found in the log."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from agent_api.auth import audit, proof
from agent_api.auth import repository as auth_repository
from agent_api.auth.models import AuditEntry
from agent_api.trouble_tickets.models import ApiClient
from tests.component.agent_api.harness import Desk
from tests.component.agent_api.recorded_calls import CALL, stored

pytestmark = pytest.mark.component

CUSTOMER = "/api/v1/customers/C000001"
CREDIT = "/api/v1/customers/C000004/credit"
COMPLAINT = {"type": "complaint", "title": "多收费", "category": "T.CHARGE.2", "contact_number": "13900000001"}
ORDER = {
    "customer_id": "C000001",
    "product": "mobile",
    "service": "change_plan",
    "choice": "plan_59",
    "number": "13900000001",
}
PERSON = {"name": "林晓雯", "center_id": "js", "queues": [], "skills": {}, "language": "zh", "disabled": False}
LIMITS = {"rows": [{"name": "accept", "values": [120, 60, 30]}], "note": "省公司要求", "based_on": 0}
WISH = {"level": "A", "limit": "800.00", "reason": "连续两年无欠费"}
SYSTEM = {"name": "省网管系统", "center_id": "js", "rights": ["create"]}

Act = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


def asks(method: str, path: str, body: Any = None) -> Act:
    return lambda client: client.request(method, path, json=body)


def listens(mode: str) -> Act:
    return asks("POST", "/api/v1/supervision/calls/c1/spy", {"mode": mode})


async def changes_roles(client: httpx.AsyncClient) -> httpx.Response:
    return await client.put("/api/v1/admin/people/8001", json=PERSON | {"roles": ["agent", "agent_outbound"]})


async def rotates(client: httpx.AsyncClient) -> httpx.Response:
    made = (await client.post("/api/v1/api-clients", json=SYSTEM)).json()
    return await client.post(f"/api/v1/api-clients/{made['client_id']}/rotate")


async def unmasks(client: httpx.AsyncClient) -> httpx.Response:
    asked = COMPLAINT | {"customer_id": "C000001"}
    ticket = (await client.post("/api/v1/tickets", json=asked)).json()["ticket_no"]
    return await client.post(f"{CUSTOMER}/unmask", json={"field": "number", "reason": "回拨客户", "ticket_no": ticket})


# line of 6.4, who, act, the entry, whether something is changed by it
LINES: list[tuple[str, str, Act, str, bool]] = [
    ("login", "8001", asks("GET", "/api/v1/session"), "session.opened", False),
    ("logout", "8001", asks("DELETE", "/api/v1/session"), "session.closed", False),
    ("unmask", "8001", unmasks, "customer.unmask", False),
    ("bill view", "8001", asks("GET", f"{CUSTOMER}/bills"), "bill.read", False),
    ("list export", "8101", asks("POST", "/api/v1/tickets/export", {"kind": "csv"}), "ticket.exported", False),
    ("recording play", "8501", asks("GET", f"/api/v1/recordings/{CALL}/audio"), "recording.play", False),
    (
        "recording export", "8501", asks("POST", f"/api/v1/recordings/{CALL}/exports", {"reason": "抽检"}),
        "recording.export_asked", True,
    ),
    ("monitor", "8501", listens("listen"), "supervision.spy", False),
    ("whisper", "8101", listens("whisper"), "supervision.spy", False),
    ("barge", "8101", listens("barge"), "supervision.spy", False),
    ("password reset", "9001", asks("POST", "/api/v1/admin/people/8002/password"), "password.reset", True),
    ("credit change", "8401", asks("POST", f"{CREDIT}/proposals", WISH), "credit.propose", True),
    ("an order (stop and restore are orders)", "8001", asks("POST", "/api/v1/orders", ORDER), "order.placed", False),
    ("policy publish", "8101", asks("PUT", "/api/v1/thresholds/js", LIMITS), "thresholds.published", True),
    ("role change", "9001", changes_roles, "role.changed", True),
    ("report export", "8101", asks("GET", "/api/v1/stats/export.csv"), "report.exported", False),
    ("API tokens: made", "9001", asks("POST", "/api/v1/api-clients", SYSTEM), "api_client.create", True),
    ("API tokens: changed", "9001", rotates, "api_client.rotate", True),
]  # fmt: skip


async def log(desk: Desk) -> list[AuditEntry]:
    async with desk.context.db.read() as session:
        assert await audit.first_break_in_log(session) is None
        return list(await auth_repository.audit_log(session))


async def test_every_line_leaves_its_entry(plain_desk: Desk) -> None:
    await stored(plain_desk)
    plain_desk.context.board.calls["c1"] = {"call_id": "c1", "center_id": "js"}
    for line, who, act, action, changes in LINES:
        before = len(await log(plain_desk))
        async with plain_desk.signed_in(who) as client:
            answer = await act(client)
        assert answer.status_code < 400 or action == "supervision.spy", (line, answer.text)  # no ACD answers here
        found = [entry for entry in (await log(plain_desk))[before:] if entry.action == action]
        assert found, line
        entry = found[-1]
        assert (entry.actor, entry.result) == (who, "ok"), line
        assert entry.roles, line
        assert entry.center_id, line
        assert bool(entry.after_hash) is changes, (line, entry.before_hash, entry.after_hash)
        assert bool(entry.ticket_no) is (line == "unmask"), line


async def test_a_failed_sign_in_is_noted(desk: Desk) -> None:
    async with desk.client() as client:
        await client.post("/api/v1/session", json={"agent_no": "8001", "password": "Wrong@2026xx"})
    (entry,) = [each for each in await log(desk) if each.action == "session.failed"]
    assert (entry.actor, entry.subject_id, entry.result) == ("8001", "8001", "denied")


async def test_the_stored_row_proves_what_the_entry_says(desk: Desk) -> None:
    """After is the row as it stands; the next change's before is this after; a row changed past the log shows."""
    async with desk.signed_in("9001") as admin:
        made = (await admin.post("/api/v1/api-clients", json=SYSTEM)).json()
        await admin.post(f"/api/v1/api-clients/{made['client_id']}/rotate")
    entries = {each.action: each for each in await log(desk) if each.action.startswith("api_client.")}
    created, rotated = entries["api_client.create"], entries["api_client.rotate"]
    assert (created.before_hash, created.after_hash) == ("", rotated.before_hash)
    async with desk.context.db.write() as session:
        row = await session.get_one(ApiClient, made["client_id"])
        assert proof.digest_of(row) == rotated.after_hash
        row.rights = ["create", "delete"]
        assert proof.digest_of(row) != rotated.after_hash


@pytest.mark.parametrize("field", ["ticket_no", "before_hash", "after_hash"])
async def test_a_change_of_the_proof_breaks_the_chain(desk: Desk, field: str) -> None:
    async with desk.signed_in("9001") as admin, desk.signed_in("9002") as auditor:
        await admin.post("/api/v1/api-clients", json=SYSTEM)
        (entry,) = [each for each in await log(desk) if each.action == "api_client.create"]
        assert (await auditor.get("/api/v1/audit/check")).json()["first_break"] is None
        async with desk.context.db.write() as session:
            setattr(await session.get_one(AuditEntry, entry.entry_id), field, "x")
        assert (await auditor.get("/api/v1/audit/check")).json()["first_break"] == entry.entry_id
