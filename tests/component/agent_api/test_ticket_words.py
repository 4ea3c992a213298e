"""What a ticket's page offers to who writes: templates with its own words, colleagues to mention, others' notes."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from agent_api.trouble_tickets.models import TicketExtra
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

TICKETS = "/api/v1/tickets"


async def complaint(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    body = {"type": "complaint", "category": "T.BILL", "title": "多收话费", "customer_id": "C000003"} | more
    answer = await client.post(TICKETS, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_template_says_what_the_ticket_says_and_marks_the_rest(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        ticket = await complaint(agent)
        offered = (await agent.get(f"{TICKETS}/{ticket['ticket_no']}/reply-templates")).json()
        stranger = await agent.get(f"{TICKETS}/TS20000101000001/reply-templates")
    found = {each["template_id"]: each for each in offered}
    assert "reply.thanks" not in found, "that one is for suggestions"
    working, result = found["reply.working"], found["reply.result"]
    assert working["missing"] == []
    assert all(words in working["text"] for words in (ticket["ticket_no"], "投诉", "先生/女士", "江苏省客户服务中心"))
    assert result["missing"] == ["处理结果"]
    assert "【处理结果】" in result["text"]
    assert stranger.status_code == 404


async def test_what_is_still_marked_is_not_sent(desk: Desk) -> None:
    async with desk.signed_in("8301") as handler:
        complaints = (await handler.get(TICKETS, params={"open": True, "type": "complaint"})).json()["items"]
        number = complaints[0]["ticket_no"]
        left = {"event": "reply", "data": {"result": "已核实：【处理结果】，{due_date}前办结", "duty_reason": "误开通"}}
        refused = await handler.post(f"{TICKETS}/{number}/events", json=left)
        contact = (await handler.get("/api/v1/interactions")).json()["items"][0]["id"]
        reply = await handler.post(f"/api/v1/interactions/{contact}/reply", json={"text": "结果为{result}"})
    assert (refused.status_code, refused.json()["code"]) == (409, "template.value_missing")
    assert refused.json()["detail"] == {"names": "处理结果, 办理时限"}
    assert (reply.status_code, reply.json()["code"]) == (409, "template.value_missing")


async def test_a_colleague_is_found_by_number_and_by_name(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        by_number = (await agent.get("/api/v1/mentions/people", params={"q": "830"})).json()
        by_name = (await agent.get("/api/v1/mentions/people", params={"q": "国栋"})).json()
        nobody = (await agent.get("/api/v1/mentions/people", params={"q": "%"})).json()
    assert by_number
    assert all(each["agent_no"].startswith("830") for each in by_number)
    assert [(each["agent_no"], each["center"]) for each in by_name] == [("8101", "江苏省客户服务中心")]
    assert nobody == []


async def test_what_another_system_noted_is_read_at_the_desk(desk: Desk) -> None:
    note = {"id": "x-1", "author": "网管", "date": datetime(2026, 11, 20, tzinfo=UTC).isoformat(), "text": "光缆已接通"}
    async with desk.signed_in("8001") as agent:
        ticket = await complaint(agent)
        async with desk.context.db.write() as session:
            session.add(TicketExtra(ticket_no=ticket["ticket_no"], values={"note": [note]}))
        notes = (await agent.get(f"{TICKETS}/{ticket['ticket_no']}/notes")).json()
    assert [(each["author"], each["text"]) for each in notes] == [("网管", "光缆已接通")]
