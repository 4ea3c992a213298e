"""The review after an emergency: typed outcomes, once, in time; what each leads to."""

import httpx
import pytest
from sqlalchemy import select

from agent_api.emergency.models import EmergencyCase
from agent_api.tickets import service as tickets
from tests.component.agent_api.harness import Desk, ask

pytestmark = pytest.mark.component


async def stopped(desk: Desk) -> EmergencyCase:
    body = {"number": "13900000001", "proof": "password", "secret": "135790", "call_id": "n1-1.1"}
    assert (await ask(desk, "emergency/suspend", **body))["result"] == "ok"
    async with desk.context.db.read() as session:
        case = await session.scalar(select(EmergencyCase).order_by(EmergencyCase.case_id.desc()))
    assert case is not None
    return case


async def review(client: httpx.AsyncClient, case: EmergencyCase, outcome: str, comment: str = "") -> httpx.Response:
    body = {"outcome": outcome, "comment": comment}
    return await client.post(f"/api/v1/emergencies/{case.case_id}/review", json=body)


async def test_a_genuine_stop_closes_its_work_item(desk: Desk) -> None:
    case = await stopped(desk)
    async with desk.signed_in("8301") as client:
        listed = (await client.get("/api/v1/emergencies", params={"reviewed": False})).json()
        (row,) = [each for each in listed if each["case_id"] == case.case_id]
        assert (row["number_masked"], row["overdue"], row["due_at"]) == ("139****0001", False, "2026-11-19T16:00:00Z")
        assert (await review(client, case, "genuine")).status_code == 201
        assert (await review(client, case, "genuine")).json()["code"] == "emergency.reviewed"
    async with desk.context.db.read() as session:
        assert case.review_ticket is not None
        assert (await tickets.case(session, case.review_ticket)).row.state == "CLOSED"


async def test_abuse_opens_a_ticket_and_lateness_is_kept(desk: Desk) -> None:
    case = await stopped(desk)
    desk.clock.move(days=2)
    async with desk.signed_in("8301") as client:
        (row,) = [each for each in (await client.get("/api/v1/emergencies")).json() if each["case_id"] == case.case_id]
        assert row["overdue"]
        assert (await review(client, case, "not_requested")).json()["code"] == "emergency.bad_outcome", "needs words"
        done = (await review(client, case, "not_requested", "机主称未来电")).json()
        assert done["late"]
        assert (await client.get(f"/api/v1/tickets/{done['follow_up']}")).json()["type"] == "fraud"


async def test_who_takes_calls_does_not_review_them(desk: Desk) -> None:
    case = await stopped(desk)
    async with desk.signed_in("8001") as agent:
        assert (await review(agent, case, "genuine")).status_code == 403
