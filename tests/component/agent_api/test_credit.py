"""Credit: how it stands by the rules, changes by two people, appeals; the blacklist and dealers at the desk."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from agent_api.credit.models import CreditProfile
from agent_api.credit.watch import CreditWatch
from agent_api.tickets.models import TicketRow
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

CREDIT = "/api/v1/customers/C000004/credit"
WISH = {"level": "A", "limit": "800.00", "reason": "连续两年无欠费"}
YES = {"agreed": True, "answer": "情况属实"}


async def test_a_manual_change_takes_two_people_with_two_roles(desk: Desk) -> None:
    async with desk.signed_in("8401") as officer, desk.signed_in("8103") as both, desk.signed_in("8101") as supervisor:
        before = (await officer.get(CREDIT)).json()
        change = (await officer.post(f"{CREDIT}/proposals", json=WISH)).json()
        decide = f"/api/v1/credit/changes/{change['change_id']}/decide"
        assert (await officer.post(f"{CREDIT}/proposals", json=WISH)).json()["code"] == "credit.open_change"
        assert (await officer.post(decide, json=YES)).status_code == 403
        assert (await officer.get(CREDIT)).json()["limit"] == before["limit"], "asked for is not changed"
        assert [each["change_id"] for each in (await supervisor.get("/api/v1/credit/changes")).json()] == [
            change["change_id"]
        ]
        assert (await supervisor.post(decide, json=YES)).json()["state"] == "APPROVED"
        assert (await supervisor.post(decide, json=YES)).json()["code"] == "credit.decided_already"
        after = (await officer.get(CREDIT)).json()
        own = (await both.post(f"{CREDIT}/proposals", json=WISH)).json()["change_id"]
        answer = await both.post(f"/api/v1/credit/changes/{own}/decide", json=YES)
    async with desk.signed_in("8102") as elsewhere:
        foreign = await elsewhere.post(f"/api/v1/credit/changes/{own}/decide", json=YES)
    assert foreign.status_code == 403, "another province's customer"
    assert (after["level"], after["limit"]) == ("A", "800.00")
    assert after["changes"][0]["before"]["limit"] == before["limit"]
    assert (answer.status_code, answer.json()["code"]) == (409, "credit.same_person"), "two roles, but one person"


async def test_an_appeal_goes_from_the_agent_to_the_officer_to_the_supervisor(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent, desk.signed_in("8401") as officer, desk.signed_in("8101") as supervisor:
        change = (await agent.post(f"{CREDIT}/appeals", json={"reason": "客户称已缴清欠费", "limit": "300"})).json()
        address = f"/api/v1/credit/changes/{change['change_id']}"
        assert (change["state"], change["kind"]) == ("APPEALED", "appeal")
        assert (await supervisor.post(f"{address}/decide", json=YES)).status_code == 409, "not proposed yet"
        proposed = (await officer.post(f"{address}/answer", json=YES | {"limit": "250.00"})).json()
        approved = (await supervisor.post(f"{address}/decide", json=YES)).json()
        refused = (await agent.post(f"{CREDIT}/appeals", json={"reason": "再次申诉", "limit": "900"})).json()
        no = {"agreed": False, "answer": "无依据"}
        ended = (await officer.post(f"/api/v1/credit/changes/{refused['change_id']}/answer", json=no)).json()
        credit = (await agent.get(CREDIT)).json()
    assert (proposed["state"], proposed["after"]) == ("PROPOSED", {"limit": "250.00"})
    assert approved["state"] == "APPROVED"
    assert (ended["state"], ended["answer"]) == ("REFUSED", "无依据")
    assert credit["limit"] == "250.00"


async def test_the_state_follows_from_the_account(desk: Desk) -> None:
    async with desk.signed_in("8401") as officer:
        owing = (await officer.get("/api/v1/customers/C000002/credit")).json()
        good = (await officer.get(CREDIT)).json()
        again = (await officer.get("/api/v1/customers/C000002/credit")).json()
    assert owing["state"] in ("ARREARS", "SUSPENDED")
    assert float(owing["owed"]) > 0
    assert [each["kind"] for each in again["changes"]] == ["rules"], "written down once"
    assert good["state"] == "GOOD"


async def test_numbers_are_blocked_and_released_masked_and_audited(desk: Desk) -> None:
    body = {"number": "+8613712345678", "reason": "多次骚扰"}
    async with desk.signed_in("8101") as lead, desk.signed_in("8001") as agent:
        assert (await lead.post("/api/v1/blocked-numbers", json=body)).status_code == 204
        assert (await lead.post("/api/v1/blocked-numbers", json=body)).json()["code"] == "blocked.already"
        listed = await lead.get("/api/v1/blocked-numbers")
        assert "13712345678" not in listed.text
        assert "137****5678" in listed.text
        assert (await agent.get("/api/v1/blocked-numbers")).status_code == 403
        assert (await lead.post("/api/v1/blocked-numbers/release", json=body)).status_code == 204
        assert (await lead.post("/api/v1/blocked-numbers/release", json=body)).status_code == 404


async def test_dealers_of_the_own_province(desk: Desk) -> None:
    async with desk.signed_in("8101") as lead, desk.signed_in("8001") as agent:
        dealers = (await lead.get("/api/v1/dealers")).json()
        assert (await agent.get("/api/v1/dealers")).status_code == 403
    assert [each["code"] for each in dealers] == ["5001"]
    assert (dealers[0]["cards"], dealers[0]["active_cards"], dealers[0]["open_orders"]) == (6, 3, 1)
    assert dealers[0]["phone_masked"] == "136****5001"


async def test_over_the_limit_asks_for_a_stop_once_and_takes_it_back(desk: Desk) -> None:
    """By the watch and by whoever looks; a second time over the limit is a second request."""
    context = desk.context
    watch = CreditWatch(context.db, context.billing, context.clock, context.settings.zone)

    async def limit(yuan: int) -> None:
        async with context.db.write() as session:
            (await session.get_one(CreditProfile, "C000002")).credit_limit = Decimal(yuan)

    async def requests() -> list[str]:
        async with context.db.read() as session:
            rows = await session.scalars(
                select(TicketRow)
                .where(TicketRow.customer_id == "C000002", TicketRow.category == "O.CREDIT_STOP")
                .order_by(TicketRow.ticket_no)
            )
            return [row.state for row in rows]

    await watch.look()
    await limit(100_000)
    await watch.look()
    before = await requests()
    assert "NEW" not in before
    desk.clock.move(minutes=1)
    await limit(0)
    await watch.look()
    await watch.look()
    async with desk.signed_in("8401") as officer:
        seen = (await officer.get("/api/v1/customers/C000002/credit")).json()
    assert seen["over_limit_since"] is not None
    assert await requests() == [*before, "NEW"], "once, whoever looks"
    await limit(100_000)
    await watch.look()
    assert await requests() == [*before, "CANCELLED"]
    desk.clock.move(minutes=1)
    await limit(0)
    await watch.look()
    assert await requests() == [*before, "CANCELLED", "NEW"]
    assert await watch.look() == 0
