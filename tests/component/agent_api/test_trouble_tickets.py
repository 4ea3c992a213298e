"""TMF621 v4 as served: the cases of the conformance kit, filters and pages, merge patch, refusals, tokens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from agent_api.auth import repository as auth_repository
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

BASE = "/tmf-api/troubleTicket/v4"
NEW: dict[str, Any] = {"description": "基站告警,影响三个小区", "severity": "Major", "ticketType": "complaint"}
MANDATORY = {"id", "href", "description", "creationDate", "severity", "ticketType", "status", "lastUpdate"}
ALL_RIGHTS = ["create", "update", "resolve", "close", "delete"]


async def token_of(desk: Desk, center_id: str = "js", rights: list[str] = ALL_RIGHTS) -> dict[str, Any]:
    async with desk.signed_in("9001") as admin:
        new = {"name": "省网管系统", "center_id": center_id, "rights": rights}
        answer = await admin.post("/api/v1/api-clients", json=new)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


@asynccontextmanager
async def system(desk: Desk, **about: Any) -> AsyncIterator[httpx.AsyncClient]:
    token = (await token_of(desk, **about))["token"]
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(desk.app, raise_app_exceptions=False),
        base_url=f"http://desk{BASE}",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield client


def is_error(answer: httpx.Response, status: int, reason: str = "") -> bool:
    body = answer.json()
    return (
        answer.status_code == status
        and answer.headers["content-type"].startswith("application/json")
        and body["code"] == str(status)
        and bool(body["reason"])
        and (not reason or body["reason"] == reason)
    )


async def test_tc_trou_n1_create_and_read(desk: Desk) -> None:
    async with system(desk) as client:
        made = await client.post("/troubleTicket", json=NEW)
        ticket = made.json()
        listed = await client.get("/troubleTicket")
        read = await client.get(f"/troubleTicket/{ticket['id']}")
    assert made.status_code == 201
    assert ticket.keys() >= MANDATORY
    assert made.headers["location"] == ticket["href"] == f"{BASE}/troubleTicket/{ticket['id']}"
    assert made.headers["content-type"] == "application/json;charset=utf-8"
    assert (ticket["status"], ticket["severity"], ticket["channel"]["id"]) == ("acknowledged", "Major", "web")
    assert ticket["id"] in [each["id"] for each in listed.json()]
    assert all(each.keys() >= MANDATORY for each in listed.json())
    assert read.json() == ticket


async def test_tc_trou_n2_fields_and_filters(desk: Desk) -> None:
    async with system(desk) as client:
        one = (await client.post("/troubleTicket", json=NEW | {"externalId": "NMS-1"})).json()
        await client.post("/troubleTicket", json=NEW | {"severity": "Critical", "ticketType": "fault"})
        some = (await client.get("/troubleTicket?fields=severity,status")).json()
        single = (await client.get(f"/troubleTicket/{one['id']}?fields=description")).json()
        both = (await client.get("/troubleTicket?severity=Critical&ticketType=fault&fields=severity")).json()
        nobody = (await client.get("/troubleTicket?severity=High")).json()
        known = (await client.get("/troubleTicket?externalId=NMS-1")).json()
        pending = (await client.get("/troubleTicket?status=pending,inProgress")).json()
        late = (await client.get(f"/troubleTicket?creationDate.gte={one['creationDate']}")).json()
    assert all(each.keys() == {"id", "severity", "status"} for each in some)
    assert single == {"id": one["id"], "description": NEW["description"]}
    assert [each["severity"] for each in both] == ["Critical"]
    assert nobody == []
    assert [each["id"] for each in known] == [one["id"]]
    assert {each["status"] for each in pending} <= {"pending", "inProgress"}
    assert len(late) == 2


async def test_tc_trou_n3_patch_is_merged_and_readable(desk: Desk) -> None:
    change = {
        "description": "已定位到传输设备",
        "priority": "2",
        "note": [{"text": "已派单给传输室", "author": "网管值班"}],
        "relatedEntity": [{"id": "BTS-7", "role": "基站", "@referredType": "Resource"}],
        "requestedResolutionDate": "2026-11-19T00:00:00Z",
    }
    async with system(desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        merge = {"Content-Type": "application/merge-patch+json"}
        patched = await client.patch(f"/troubleTicket/{ticket['id']}", json=change, headers=merge)
        await client.patch(f"/troubleTicket/{ticket['id']}", json={"priority": None})
        read = (await client.get(f"/troubleTicket/{ticket['id']}")).json()
    assert patched.status_code == 200
    assert patched.json()["priority"] == "2"
    assert (read["description"], read["name"]) == ("已定位到传输设备", ticket["name"])
    assert read["priority"] == ticket["priority"], "null takes it away"
    assert [(each["text"], each["author"]) for each in read["note"]] == [("已派单给传输室", "网管值班")]
    assert read["relatedEntity"][0]["id"] == "BTS-7"
    assert read["requestedResolutionDate"].startswith("2026-11-19")


async def test_tc_trou_n4_delete(desk: Desk) -> None:
    async with system(desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        assert (await client.delete(f"/troubleTicket/{ticket['id']}")).status_code == 204
        assert is_error(await client.get(f"/troubleTicket/{ticket['id']}"), 404)
        assert is_error(await client.delete(f"/troubleTicket/{ticket['id']}"), 404)
    async with desk.signed_in("8101") as supervisor:
        kept = (await supervisor.get(f"/api/v1/tickets/{ticket['id']}")).json()
    assert kept["state"] == "CANCELLED", "what happened to a ticket is never deleted"


async def test_tc_trou_n5_pages(desk: Desk) -> None:
    async with system(desk) as client:
        for _ in range(3):
            await client.post("/troubleTicket", json=NEW | {"ticketType": "praise", "severity": "Minor"})
        whole = await client.get("/troubleTicket?ticketType=praise")
        first = await client.get("/troubleTicket?ticketType=praise&limit=2")
        rest = await client.get("/troubleTicket?ticketType=praise&limit=2&offset=2")
        await client.get("/troubleTicket?limit=999999")
    assert (whole.headers["x-total-count"], whole.headers["x-result-count"]) == ("3", "3")
    assert (first.headers["x-total-count"], first.headers["x-result-count"]) == ("3", "2")
    assert first.json() + rest.json() == whole.json()


async def test_tc_trou_e1_unknown(desk: Desk) -> None:
    async with system(desk) as client:
        for number in ("TS19990101000001", "nothing", "%00", "x" * 300):
            assert is_error(await client.get(f"/troubleTicket/{number}"), 404)
        assert is_error(await client.put("/troubleTicket", json={}), 405)
        assert is_error(await client.get("/somethingElse"), 404)


async def test_tc_trou_e2_a_mandatory_attribute_is_missing(desk: Desk) -> None:
    async with system(desk) as client:
        for missing in NEW:
            body = {name: value for name, value in NEW.items() if name != missing}
            assert is_error(await client.post("/troubleTicket", json=body), 400), missing


WRONG: tuple[dict[str, Any], ...] = (
    {"note": [{"author": "网管"}]},
    {"severity": "Enormous"},
    {"ticketType": "party"},
    {"channel": {"name": "热线"}},
    {"channel": {"id": "pigeon"}},
    {"relatedParty": [{"id": "C999999", "role": "customer", "@referredType": "Customer"}]},
    {"relatedEntity": [{"id": "BTS-7"}]},
    {"attachment": [{"content": "AAAA"}]},
    {"status": "closed"},
    {"description": "a\x00b"},
    {"description": "\ud800"},
    {"requestedResolutionDate": "tomorrow"},
)


async def test_tc_trou_e3_what_cannot_be_read(desk: Desk) -> None:
    headers = {"Content-Type": "application/json"}
    async with system(desk) as client:
        for wrong in WRONG:
            body = json.dumps(NEW | wrong).encode()
            assert is_error(await client.post("/troubleTicket", content=body, headers=headers), 400), wrong


async def test_filters_and_bodies_that_make_no_sense(desk: Desk) -> None:
    async with system(desk) as client:
        for query in ("limit=-1", "limit=x", "offset=99999999999", "color=red", "creationDate=now", "fields=color"):
            assert is_error(await client.get(f"/troubleTicket?{query}"), 400), query
        for content in (b"", b"[]", b"{", b'"x"', b'{"a": NaN}'):
            answer = await client.post("/troubleTicket", content=content, headers={"Content-Type": "application/json"})
            assert is_error(answer, 400), content
        assert is_error(await client.post("/troubleTicket", content=b"{}", headers={"Content-Type": "text/xml"}), 400)


async def test_what_the_server_fills_is_not_patched(desk: Desk) -> None:
    async with system(desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        for name in ["id", "href", "creationDate", "lastUpdate", "statusChange", "statusChangeDate"]:
            assert is_error(await client.patch(f"/troubleTicket/{ticket['id']}", json={name: "x"}), 400), name


async def test_a_status_is_an_act_of_the_flow_or_refused(desk: Desk) -> None:
    async with system(desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        address = f"/troubleTicket/{ticket['id']}"
        for status in ("resolved", "closed", "held", "pending", "rejected", "inProgress"):
            assert is_error(await client.patch(address, json={"status": status}), 409, "trouble.status"), status
        assert is_error(await client.patch(address, json={"status": "done"}), 400)
        assert is_error(await client.patch(address, json={"severity": "Minor"}), 409, "trouble.not_yours")
        assert (await client.patch(address, json={"status": "acknowledged", "severity": "Major"})).status_code == 200
        cancelled = await client.patch(address, json={"status": "cancelled", "statusChangeReason": "告警已恢复"})
    body = cancelled.json()
    assert (body["status"], body["statusChangeReason"]) == ("cancelled", "告警已恢复")
    assert [each["status"] for each in body["statusChange"]] == ["acknowledged", "cancelled"]


async def test_a_system_resolves_what_was_dispatched_to_its_centre(desk: Desk) -> None:
    async with system(desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        async with desk.signed_in("8301") as dispatcher:
            for event, data in (("to_dispatch", {}), ("assign", {"target": "js-nj", "leader": "8303"})):
                answer = await dispatcher.post(
                    f"/api/v1/tickets/{ticket['id']}/events", json={"event": event, "comment": "", "data": data}
                )
                assert answer.status_code == 200, answer.text
        address = f"/troubleTicket/{ticket['id']}"
        assert (await client.get(address)).json()["status"] == "pending"
        assert (await client.patch(address, json={"status": "inProgress"})).json()["status"] == "inProgress"
        replied = await client.patch(address, json={"status": "resolved", "statusChangeReason": "已更换板卡"})
    assert replied.status_code == 200
    assert replied.json()["resolutionDate"]


async def test_rights_and_centres(desk: Desk) -> None:
    async with system(desk, center_id="sc", rights=["create"]) as other, system(desk, rights=[]) as reader:
        ticket = (await other.post("/troubleTicket", json=NEW)).json()
        assert is_error(await reader.post("/troubleTicket", json=NEW), 403, "trouble.no_right")
        assert is_error(await reader.get(f"/troubleTicket/{ticket['id']}"), 404), "another centre's"
        assert is_error(await other.patch(f"/troubleTicket/{ticket['id']}", json={"name": "x"}), 403)
        assert is_error(await other.delete(f"/troubleTicket/{ticket['id']}"), 403)
    async with desk.context.db.read() as session:
        log = await auth_repository.audit_log(session)
    assert {"api_client.create", "trouble.create", "access.denied"} <= {entry.action for entry in log}


async def test_tokens_are_rotated_and_taken_away(desk: Desk) -> None:
    made = await token_of(desk)

    async def status(token: str) -> int:
        async with desk.client(Authorization=f"Bearer {token}") as client:
            answer = await client.get(f"{BASE}/troubleTicket")
        assert answer.status_code == 200 or is_error(answer, 401)
        return answer.status_code

    async with desk.signed_in("9001") as admin:
        address = f"/api/v1/api-clients/{made['client_id']}"
        fresh = (await admin.post(f"{address}/rotate")).json()["token"]
        assert [await status(each) for each in (made["token"], fresh, "", "guess")] == [200, 200, 401, 401]
        desk.clock.move(hours=25)
        await admin.post("/api/v1/session", json={"agent_no": "9001", "password": "Hotline@2026"})
        assert [await status(each) for each in (made["token"], fresh)] == [401, 200]
        listed = (await admin.get("/api/v1/api-clients")).json()
        assert fresh not in str(listed)
        assert (await admin.delete(address)).status_code == 204
    assert await status(fresh) == 401
    async with desk.signed_in("8101") as supervisor:
        assert (await supervisor.get("/api/v1/api-clients")).status_code == 403
        assert (await supervisor.get(f"{BASE}/troubleTicket")).status_code == 401, "a desk's session is no token"


async def test_a_token_shows_its_age_and_one_taken_away_does_not_come_back(desk: Desk) -> None:
    made = await token_of(desk)
    address = f"/api/v1/api-clients/{made['client_id']}"
    for days, standing in ((165, "good"), (1, "due"), (13, "due"), (1, "too_old")):
        desk.clock.move(days=days)
        async with desk.signed_in("9001") as admin:
            [listed] = (await admin.get("/api/v1/api-clients")).json()
        assert (listed["token_standing"], listed["token_too_old"]) == (standing, standing == "too_old")
    assert (listed["token_days"], listed["old_token_until"]) == (180, None)
    async with desk.signed_in("9001") as admin:
        fresh = (await admin.post(f"{address}/rotate")).json()
        assert (fresh["token_standing"], fresh["token_days"]) == ("good", 0)
        assert datetime.fromisoformat(fresh["old_token_until"]) == desk.clock() + timedelta(hours=24)
        await admin.delete(address)
        again = (await admin.post(f"{address}/rotate")).json()
    assert again["old_token_until"] is None
    for token, status in ((made["token"], 401), (fresh["token"], 401), (again["token"], 200)):
        async with desk.client(Authorization=f"Bearer {token}") as client:
            assert (await client.get(f"{BASE}/troubleTicket")).status_code == status
