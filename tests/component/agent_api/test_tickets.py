"""Tickets over HTTP: from the call to the archive, roles, refusals, clocks."""

from typing import Any

import httpx
import pytest

from agent_api.tickets import service
from agent_api.tickets.searching import TicketFilter
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

COMPLAINT = {
    "type": "complaint",
    "customer_id": "C000001",
    "title": "10月多收增值业务费",
    "description": "客户称未订购",
    "category": "T.CHARGE.2",
    "contact_number": "13900000001",
}


async def create(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/tickets", json=COMPLAINT | changes)
    assert answer.status_code == 201, answer.text
    ticket: dict[str, Any] = answer.json()
    return ticket


async def act(client: httpx.AsyncClient, number: str, event: str, comment: str = "", **data: str) -> httpx.Response:
    body = {"event": event, "comment": comment, "data": data}
    return await client.post(f"/api/v1/tickets/{number}/events", json=body)


async def test_a_complaint_from_the_call_to_the_archive(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        number = (await create(agent))["ticket_no"]
        assert (await act(agent, number, "to_dispatch")).json()["state"] == "AUDITING"
        assert (await act(agent, number, "assign", target="js-nj")).json()["code"] == "ticket.forbidden_event"
    async with desk.signed_in("8301") as handler:
        desk.clock.move(minutes=10)
        assert (await act(handler, number, "assign", target="js-nj")).json()["state"] == "DISPATCHED"
    async with desk.signed_in("8302") as city:
        desk.clock.move(hours=2)
        assert (await act(city, number, "accept")).json()["state"] == "PROCESSING"
        reply = await act(city, number, "reply", result="已退费10元", duty_reason="误开通")
        assert (reply.json()["state"], reply.json()["result"]) == ("REPLIED", "已退费10元")
    async with desk.signed_in("8301") as handler:
        for event, state in (
            ("open_reply", "RESULT_AUDIT"),
            ("audit_ok", "CALLBACK"),
            ("satisfied", "CLOSED"),
            ("archive", "ARCHIVED"),
        ):
            desk.clock.move(minutes=20)
            done = await act(handler, number, event)
            assert done.json()["state"] == state
        ticket = (await handler.get(f"/api/v1/tickets/{number}")).json()
    assert [entry["event"] for entry in ticket["timeline"]] == [
        "submit", "to_dispatch", "assign", "accept", "reply", "open_reply", "audit_ok", "satisfied", "archive",
    ]  # fmt: skip
    assert [(entry["actor"], entry["center_id"]) for entry in ticket["timeline"][:4]] == [
        ("8001", "js"), ("8001", "js"), ("8301", "js"), ("8302", "js-nj"),
    ]  # fmt: skip
    operational, legal = ticket["clocks"]
    assert (operational["id"], operational["state"], operational["spent_seconds"]) == ("operational", "stopped", 10_200)
    assert (legal["id"], legal["state"], legal["limit_seconds"]) == ("legal", "stopped", 15 * 86_400)
    assert ticket["allowed_events"] == ["reopen"]


async def test_numbers_count_up_within_the_local_day(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        first, second = [(await create(client))["ticket_no"] for _ in range(2)]
        assert first.startswith("TS20261118")
        assert int(second[-6:]) == int(first[-6:]) + 1
        consult = await create(client, type="consult", category="C.TARIFF.2")
        assert consult["ticket_no"].startswith("ZX20261118")
        assert consult["state"] == "ASKED"
        desk.clock.move(hours=10)
        assert (await create(client))["ticket_no"] == "TS20261119000001"


async def test_a_ticket_belongs_to_its_call_and_customer(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        calls = (await client.get("/api/v1/calls", params={"agent": "me", "limit": 100})).json()["items"]
        call = next(call for call in calls if call["customer_id"] and not call["ticket_nos"])
        ticket = await create(client, call_id=call["call_id"], customer_id=None, contact_number=None)
        assert ticket["customer_id"] == call["customer_id"]
        assert ticket["contact_masked"] == call["caller_masked"]
        again = (await client.get(f"/api/v1/calls/{call['call_id']}")).json()
        assert again["ticket_nos"] == [ticket["ticket_no"]]
        card = (await client.get(f"/api/v1/customers/{call['customer_id']}")).json()
        assert ticket["ticket_no"] in [row["ticket_no"] for row in card["open_tickets"]]
        missing = await client.post("/api/v1/tickets", json=COMPLAINT | {"call_id": "n1-0.0"})
        assert missing.status_code == 404


async def test_the_workflow_refuses_with_the_reason(desk: Desk) -> None:
    async with desk.signed_in("8301") as client:
        number = (await create(client))["ticket_no"]
        refused = await act(client, number, "archive")
        assert refused.status_code == 409
        assert refused.json() == {
            "code": "ticket.wrong_state",
            "message": "工单当前状态不允许此操作",
            "detail": {"state": "ACCEPTED", "event": "archive"},
        }
        no_consent = await act(client, number, "solve_online")
        assert (no_consent.status_code, no_consent.json()["code"]) == (409, "ticket.consent_required")
        assert (await act(client, number, "dance")).status_code == 422
        assert (await act(client, number, "overdue")).json()["code"] == "ticket.forbidden_event"


async def test_what_is_offered_depends_on_the_role(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        ticket = await create(agent)
        assert ticket["allowed_events"] == ["solve_online", "to_dispatch", "urge", "regulator", "withdraw"]
        offered = (await agent.get(f"/api/v1/tickets/{ticket['ticket_no']}/allowed-events")).json()
        assert offered[0] == {"event": "solve_online", "title": "在线解决", "needs": ["consent"]}
        serious = await create(agent, category="T.CHARGE.3", details={"media": "yes"})
        assert serious["level"] == "MAJOR"
    async with desk.signed_in("8201") as national:
        seen = (await national.get(f"/api/v1/tickets/{serious['ticket_no']}")).json()
        assert "supervise" in seen["allowed_events"]


async def test_a_city_unit_sees_its_own_tickets_only(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        number = (await create(agent))["ticket_no"]
    async with desk.signed_in("8302") as city:
        assert (await city.get(f"/api/v1/tickets/{number}")).status_code == 403
        listed = (await city.get("/api/v1/tickets", params={"limit": 200})).json()["items"]
        assert all("js-nj" in (row["center_id"], row["target"]) for row in listed)
        assert listed


async def test_lists_filter_and_count(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        number = (await create(client, title="独一无二的标题"))["ticket_no"]
        everything = (await client.get("/api/v1/tickets", params={"limit": 3})).json()
        assert len(everything["items"]) == 3
        assert everything["total"] > 3
        assert everything["items"][0]["ticket_no"] == number, "last changed first"
        by_title = (await client.get("/api/v1/tickets", params={"q": "独一无二"})).json()
        by_number = (await client.get("/api/v1/tickets", params={"q": number, "type": "complaint"})).json()
        assert by_title["items"] == by_number["items"]
        archived = (await client.get("/api/v1/tickets", params={"state": "ARCHIVED"})).json()
        assert {row["state"] for row in archived["items"]} == {"ARCHIVED"}
        beyond = (await client.get("/api/v1/tickets", params={"offset": 1000})).json()
        assert (beyond["items"], beyond["total"]) == ([], everything["total"])
        last = (await client.get("/api/v1/tickets", params={"offset": everything["total"] - 1})).json()
        assert (len(last["items"]), last["total"], by_title["total"]) == (1, everything["total"], 1)


async def test_contact_numbers_are_for_those_who_work_on_the_ticket(desk: Desk) -> None:
    async with desk.signed_in("8001") as author:
        number = (await create(author))["ticket_no"]
    shown = {}
    for agent_no in ("8001", "8002", "8301"):
        async with desk.signed_in(agent_no) as client:
            shown[agent_no] = (await client.get(f"/api/v1/tickets/{number}")).json()["contact_number"]
    assert shown == {"8001": "13900000001", "8002": None, "8301": "13900000001"}


async def test_the_same_matter_again_is_marked(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        first = await create(client)
        assert (await create(client))["repeat_of"] == first["ticket_no"]
        assert (await create(client, category="T.SERVICE.1"))["repeat_of"] is None


async def test_stored_state_is_what_the_timeline_says(desk: Desk) -> None:
    """For every ticket of the demo, whatever was done to it."""
    async with desk.context.db.read() as session:
        rows, total = await service.search(session, TicketFilter(), 200, 0)
        timelines = await service.timelines(session, [row.ticket_no for row in rows])
    assert total >= 10
    for row in rows:
        ticket = service.rebuilt(row, timelines[row.ticket_no])
        assert (ticket.state.value, ticket.round, ticket.urges) == (row.state, row.round, row.urge_count)
