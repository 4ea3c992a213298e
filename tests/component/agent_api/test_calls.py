"""Calls over HTTP: paging, whose they are, masking, wrap-up."""

from datetime import timedelta

import pytest

from agent_api import effects
from agent_api.reasons.shipped import SHIPPED_TITLES
from tests.component.agent_api.harness import NOW, ZONE, Desk
from tests.support.events import Stream

pytestmark = pytest.mark.component


async def put_call(desk: Desk, call_id: str = "n1-1.1", agent: str = "8001") -> None:
    stream = Stream(at=NOW - timedelta(minutes=3))
    async with desk.context.db.write() as session:
        await effects.apply(session, stream.answered_call(call_id, agent), ZONE)


async def test_pages_follow_each_other(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        seen: list[str] = []
        before = None
        while True:
            params = {"limit": 50} | ({"before": before} if before else {})
            page = (await client.get("/api/v1/calls", params=params)).json()
            seen += [call["call_id"] for call in page["items"]]
            before = page["next"]
            if before is None:
                break
        assert len(seen) == len(set(seen)) > 200
        assert (await client.get("/api/v1/calls", params={"before": "?"})).status_code == 422


async def test_agents_see_their_own_calls(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        mine = (await client.get("/api/v1/calls", params={"limit": 100})).json()["items"]
        assert {call["agent_no"] for call in mine} == {"8001"}
    async with desk.signed_in("8002") as client:
        answer = await client.get(f"/api/v1/calls/{mine[0]['call_id']}")
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
    async with desk.signed_in("8101") as client:
        assert (await client.get(f"/api/v1/calls/{mine[0]['call_id']}")).status_code == 200
        assert (await client.get("/api/v1/calls/none")).status_code == 404


async def test_the_full_number_is_for_the_agent_and_not_for_long(desk: Desk) -> None:
    await put_call(desk)
    async with desk.signed_in("8001") as agent, desk.signed_in("8101") as boss:
        call = (await agent.get("/api/v1/calls/n1-1.1")).json()
        assert (call["caller_number"], call["caller_masked"]) == ("13900000001", "139****0001")
        assert (await boss.get("/api/v1/calls/n1-1.1")).json()["caller_number"] is None
        desk.clock.move(hours=1)
        assert (await agent.get("/api/v1/calls/n1-1.1")).json()["caller_number"] is None


async def test_a_call_tells_its_story(desk: Desk) -> None:
    await put_call(desk)
    async with desk.signed_in("8001") as client:
        call = (await client.get("/api/v1/calls/n1-1.1")).json()
    assert (call["wait_ms"], call["talk_ms"], call["hold_ms"], call["satisfaction"]) == (9000, 60_000, 10_000, 1)
    assert (call["queue"], call["decision"], call["ended"]) == ("general", "idle longest", True)
    assert call["ivr_path"][0]["node"] == "menu/main"


async def test_wrap_up(desk: Desk) -> None:
    await put_call(desk)
    body = {"reason_code": "Q.BILL.1", "notes": "已解释", "resolved": True}
    async with desk.signed_in("8001") as client:
        done = await client.put("/api/v1/calls/n1-1.1/wrap-up", json=body)
        assert done.json()["disposition"] == "Q.BILL.1"
        assert done.json()["disposition_title"] == "查询>话费查询>月账单"
        corrected = await client.put("/api/v1/calls/n1-1.1/wrap-up", json=body | {"reason_code": "Q.BILL.2"})
        assert corrected.json()["disposition"] == "Q.BILL.2"
        unknown = await client.put("/api/v1/calls/n1-1.1/wrap-up", json=body | {"reason_code": "Q.BILL"})
        assert (unknown.status_code, unknown.json()["code"]) == (422, "call.unknown_reason")
    async with desk.signed_in("8002") as other:
        denied = await other.put("/api/v1/calls/n1-1.1/wrap-up", json=body)
        assert (denied.status_code, denied.json()["code"]) == (403, "call.not_yours")


async def test_late_events_do_not_touch_the_wrap_up(desk: Desk) -> None:
    stream = Stream(at=NOW - timedelta(minutes=3))
    events = stream.answered_call("n1-2.2")
    async with desk.context.db.write() as session:
        await effects.apply(session, events[:-1], ZONE)
    async with desk.signed_in("8001") as client:
        body = {"reason_code": "Q.BILL.1", "notes": "边说边写", "resolved": True}
        assert (await client.put("/api/v1/calls/n1-2.2/wrap-up", json=body)).json()["ended"] is False
        async with desk.context.db.write() as session:
            await effects.apply(session, events[-1:], ZONE)
        call = (await client.get("/api/v1/calls/n1-2.2")).json()
    assert (call["ended"], call["notes"], call["disposition"]) == (True, "边说边写", "Q.BILL.1")


async def test_the_tree_of_reasons(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        tree = (await client.get("/api/v1/contact-reasons")).json()
    leaves = [leaf["code"] for top in tree for middle in top["children"] for leaf in middle["children"]]
    assert leaves == list(SHIPPED_TITLES)


async def test_calls_are_found_by_what_is_known_of_them(desk: Desk) -> None:
    await put_call(desk)
    async with desk.signed_in("8001") as agent:
        assert (await agent.post("/api/v1/calls/search", json={})).status_code == 403
        ticket = {"type": "consult", "call_id": "n1-1.1", "title": "漫游资费", "category": "C.TARIFF.2"}
        number = (await agent.post("/api/v1/tickets", json=ticket)).json()["ticket_no"]
    async with desk.signed_in("8101") as boss:

        async def found(**wanted: object) -> list[dict[str, object]]:
            answer = await boss.post("/api/v1/calls/search", json=wanted)
            assert answer.status_code == 200, answer.text
            items: list[dict[str, object]] = answer.json()["items"]
            return items

        assert [call["call_id"] for call in await found(ticket_no=number)] == ["n1-1.1"]
        assert await found(ticket_no="ZX20000101000001") == []
        begins = (NOW - timedelta(hours=1)).isoformat()
        assert "n1-1.1" in {call["call_id"] for call in await found(number="0001", begins=begins)}
        assert {call["caller_masked"] for call in await found(number="13900000001")} == {"139****0001"}
        assert await found(begins=NOW.isoformat()) == []
        assert {call["agent_no"] for call in await found(agent_no="8003", result="answered")} == {"8003"}
        assert all(call["connected_at"] is None for call in await found(result="abandoned", limit=200))
        assert {call["queue"] for call in await found(result="left")} == {"general", "complaint"}
        assert {call["queue"] for call in await found(queue="bill")} == {"bill"}
        served = await found(result="self_service")
        assert served
        assert {call["queued_at"] for call in served} == {None}
