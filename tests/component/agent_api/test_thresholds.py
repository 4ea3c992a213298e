"""A centre's own limits and thresholds: never looser than above, for tickets opened afterwards, with versions."""

from typing import Any

import httpx
import pytest

from agent_api.tickets.watch import ClockWatch
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

COMPLAINT = {"type": "complaint", "title": "多收费", "category": "T.CHARGE.2", "contact_number": "13900000001"}
URL = "/api/v1/thresholds/js"


async def publish(
    client: httpx.AsyncClient, rows: dict[str, list[int]], based_on: int, url: str = URL
) -> httpx.Response:
    listed = [{"name": name, "values": values} for name, values in rows.items()]
    return await client.put(url, json={"rows": listed, "note": "省公司要求", "based_on": based_on})


async def values(client: httpx.AsyncClient, name: str, url: str = URL) -> list[int]:
    rows: list[dict[str, Any]] = (await client.get(url)).json()["rows"]
    return next(list(row["values"]) for row in rows if row["name"] == name)


async def limits_of(client: httpx.AsyncClient, ticket_no: str) -> dict[str, int]:
    ticket = (await client.get(f"/api/v1/tickets/{ticket_no}")).json()
    return {clock["id"]: clock["limit_seconds"] // 60 for clock in [*ticket["clocks"], *ticket["steps"]]}


async def test_a_stricter_limit_holds_for_tickets_opened_from_then_on(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent, desk.signed_in("8005") as city:

        async def opened(by: httpx.AsyncClient, kind: str) -> str:
            return str((await by.post("/api/v1/tickets", json=COMPLAINT | {"type": kind})).json()["ticket_no"])

        before = await opened(agent, "consult")
        done = await publish(boss, {"consult_dispatch": [5, 4, 3], "total_complaint": [1200, 600, 300]}, 0)
        assert done.status_code == 200, done.text
        after = await opened(agent, "consult")
        assert (await limits_of(boss, before))["consult_dispatch"] == 10
        assert (await limits_of(boss, after))["consult_dispatch"] == 5
        assert (await limits_of(boss, await opened(city, "complaint")))["operational"] == 1200, "below the province"
        await publish(boss, {}, 1)
        assert (await limits_of(boss, after))["consult_dispatch"] == 5, "what was given stays"


async def test_facts_are_judged_by_the_centres_thresholds(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent:
        facts = COMPLAINT | {"details": {"amount": "600"}}
        assert (await agent.post("/api/v1/tickets", json=facts)).json()["level"] == "NORMAL"
        assert (await publish(boss, {"severity.amount": [500]}, 0)).status_code == 200
        assert (await agent.post("/api/v1/tickets", json=facts)).json()["level"] == "MAJOR"


async def test_no_centre_is_looser_than_the_one_above(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("9001") as admin, desk.signed_in("8001") as agent:
        refused = await publish(
            boss,
            {
                "accept": [300, 60, 30],
                "dispatch": [10, 20, 30],
                "callback": [0, 0, 0],
                "nothing": [1],
                "severity.amount": [2000],
            },
            0,
        )
        assert refused.status_code == 422
        assert refused.json()["detail"]["rows"] == {
            "accept": "looser_than_above",
            "dispatch": "major_is_slower",
            "callback": "out_of_range",
            "nothing": "unknown",
            "severity.amount": "looser_than_above",
        }
        assert (await publish(boss, {"accept": [200, 60, 30]}, 0)).status_code == 200
        national = await publish(admin, {"accept": [120, 60, 30]}, 0, "/api/v1/thresholds/cn")
        assert national.status_code == 200, national.text
        assert await values(boss, "accept") == [120, 60, 30], "the centre above became stricter"
        assert (await publish(boss, {}, 1, "/api/v1/thresholds/sc")).status_code == 403
        assert (await agent.get(URL)).status_code == 403


async def test_versions_are_listed_read_and_gone_back_to(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss:
        await publish(boss, {"accept": [200, 60, 30]}, 0)
        assert (await publish(boss, {"accept": [100, 60, 30]}, 0)).json()["code"] == "document.changed"
        await publish(boss, {"accept": [100, 60, 30]}, 1)
        assert [row["version"] for row in (await boss.get(f"{URL}/versions")).json()] == [2, 1]
        first = (await boss.get(f"{URL}/versions/1")).json()
        assert first["rows"] == [{"name": "accept", "values": [200, 60, 30]}]
        await publish(boss, {row["name"]: row["values"] for row in first["rows"]}, 2)
        assert await values(boss, "accept") == [200, 60, 30]
        assert (await boss.get(f"{URL}/versions/9")).status_code == 404


async def test_a_centre_warns_earlier_and_escalates_earlier(desk: Desk) -> None:
    """At 110 % of its 48 hours instead of 120; the share is kept with the ticket."""
    shares = {"warning.info": [30], "warning.yellow": [60], "warning.escalate": [110]}
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent:
        refused = await publish(boss, {"warning.yellow": [40]}, 0)
        assert refused.json()["detail"]["rows"] == {"warning.yellow": "wrong_order"}
        assert (await publish(boss, shares, 0)).status_code == 200
        number = (await agent.post("/api/v1/tickets", json=COMPLAINT)).json()["ticket_no"]
        for event, data in (("to_dispatch", {}), ("assign", {"target": "js-nj"})):
            await boss.post(f"/api/v1/tickets/{number}/events", json={"event": event, "data": data})
        async with desk.signed_in("8302") as city:
            done = await city.post(f"/api/v1/tickets/{number}/events", json={"event": "accept"})
            assert done.status_code == 200, done.text
    desk.clock.move(hours=48 * 0.61)
    at_61 = await seen(desk, number)
    assert [clock["warning"] for clock in at_61["clocks"] if clock["id"] == "operational"] == ["yellow"]
    desk.clock.move(hours=48 * 0.5)
    timeline = (await seen(desk, number))["timeline"]
    said = [entry["data"]["percent"] for entry in timeline if entry["data"].get("clock") == "operational"]
    assert said == ["30", "60", "100", "110"]
    assert "escalate" in [entry["event"] for entry in timeline]


async def seen(desk: Desk, number: str) -> dict[str, Any]:
    """Once the timers have looked."""
    await ClockWatch(desk.context.db, desk.clock).look()
    async with desk.signed_in("8101") as boss:
        found: dict[str, Any] = (await boss.get(f"/api/v1/tickets/{number}")).json()
        return found
