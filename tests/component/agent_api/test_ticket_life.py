"""What happens to tickets by themselves and to each other: clocks, supervision, incidents, merging, alerts."""

from typing import Any

import httpx
import pytest

from agent_api.auth import service as auth
from agent_api.tickets import service as tickets
from agent_api.tickets.searching import TicketFilter
from agent_api.tickets.watch import ClockWatch
from agent_api.tickets.words import TicketType
from tests.component.agent_api.harness import ZONE, Desk

pytestmark = pytest.mark.component


async def create(client: httpx.AsyncClient, **changes: Any) -> str:
    body = {"type": "complaint", "customer_id": "C000001", "title": "多收费", "category": "T.CHARGE.2"} | changes
    answer = await client.post("/api/v1/tickets", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ticket_no"])


async def act(client: httpx.AsyncClient, number: str, event: str, comment: str = "", **data: str) -> dict[str, Any]:
    body = {"event": event, "comment": comment, "data": data}
    answer = await client.post(f"/api/v1/tickets/{number}/events", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def look(desk: Desk, number: str) -> list[tuple[str, str]]:
    """What the watch has written so far."""
    watch = ClockWatch(desk.context.db, desk.clock)
    await watch.look()
    await watch.look()
    async with desk.context.db.read() as session:
        case = await tickets.case(session, number)
    mine = [entry for entry in case.timeline if entry.actor == "system"]
    whole = [entry for entry in mine if entry.data.get("clock", "operational") == "operational"]
    return [(entry.act, entry.data.get("percent", "")) for entry in whole]


async def test_a_complaint_nobody_cares_for_is_escalated_and_supervised(desk: Desk) -> None:
    async with desk.signed_in("8301") as client:
        number = await create(client, customer_id=None, contact_number="13900009999")
        await act(client, number, "to_dispatch")
        await act(client, number, "assign", target="js-nj")
    async with desk.signed_in("8302") as city:
        await act(city, number, "accept")
    desk.clock.move(hours=47)
    assert await look(desk, number) == [("warn", "50"), ("warn", "80")]
    desk.clock.move(hours=1)
    assert (await look(desk, number))[-1] == ("overdue", "100")
    desk.clock.move(hours=10)
    assert (await look(desk, number))[-2:] == [("warn", "120"), ("escalate", "")]
    desk.clock.move(hours=40)
    assert (await look(desk, number))[-2:] == [("warn", "200"), ("supervise", "")]
    async with desk.context.db.read() as session:
        case = await tickets.case(session, number)
    assert (case.ticket.helpers, case.ticket.tier, case.row.target) == (("js-nj",), "P", "js")
    assert case.row.handling_tier == "P"
    async with desk.signed_in("8302") as city:
        kinds = {each["kind"] for each in (await city.get("/api/v1/ticket-alerts")).json()}
        assert {"clock", "supervised"} <= kinds


async def warned(desk: Desk, agent_no: str, number: str) -> list[str]:
    """What the clock of the daily report has told this person about the ticket."""
    async with desk.signed_in(agent_no) as client:
        alerts = (await client.get("/api/v1/ticket-alerts")).json()
    mine = [each["data"] for each in alerts if each["ticket_no"] == number and each["kind"] == "clock"]
    return sorted(each["percent"] for each in mine if each["clock"] == "daily_report")


async def test_a_major_complaint_is_reported_on_every_day(desk: Desk) -> None:
    async with desk.signed_in("8301") as client:
        number = await create(client, details={"safety": "yes"})
        await act(client, number, "to_dispatch")
        await act(client, number, "assign", target="js-nj", leader="8303")
    async with desk.signed_in("8302") as city:
        await act(city, number, "accept")
    desk.clock.move(hours=20)
    await look(desk, number)
    assert await warned(desk, "8302", number) == ["80"]
    assert await warned(desk, "8101", number) == []
    desk.clock.move(hours=4)
    await look(desk, number)
    assert await warned(desk, "8303", number) == ["100", "80"], "the named leader"
    assert await warned(desk, "8101", number) == ["100"], "the accepting centre's supervisor"
    assert await warned(desk, "8201", number) == ["100"], "the national centre"
    async with desk.signed_in("8302") as city:
        done = await act(city, number, "daily_report", "已派抢修队")
    (clock,) = [each for each in done["steps"] if each["id"] == "daily_report"]
    assert (clock["warning"], done["state"]) == ("none", "PROCESSING")
    for told in ("8301", "8101"):  # dispatcher, supervisor
        async with desk.signed_in(told) as client:
            alerts = (await client.get("/api/v1/ticket-alerts")).json()
        assert (number, "daily_report") in [(each["ticket_no"], each["kind"]) for each in alerts]
    desk.clock.move(hours=24)
    await look(desk, number)
    assert (await warned(desk, "8101", number)).count("100") == 2, "the next day has warnings of its own"


async def test_a_supervision_order_is_signed_reported_and_accepted(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        number = await create(client, details={"safety": "yes"})
        await act(client, number, "supervise", "媒体关注")
        (order,) = (await client.get("/api/v1/supervision-orders", params={"ticket_no": number})).json()
        assert (order["state"], order["due_at"]) == ("ISSUED", "2026-11-18T08:00:00Z")
        desk.clock.move(hours=3)
        await ClockWatch(desk.context.db, desk.clock).look()
        for event, state in (
            ("sign", "SIGNED"), ("report", "REPORTED"), ("report", "REPORTED"), ("answer", "ANSWERED"),
            ("reject", "SIGNED"), ("answer", "ANSWERED"), ("accept", "CLOSED"),
        ):  # fmt: skip
            path = f"/api/v1/supervision-orders/{order['id']}/events"
            done = (await client.post(path, json={"event": event, "text": "已安排"})).json()
            assert done["state"] == state
        assert (done["late"], done["due_at"], done["allowed"], len(done["steps"])) == (1, None, [], 8)
        wrong = await client.post(path, json={"event": "sign"})
        assert wrong.json()["code"] == "supervision.wrong_state"


async def test_the_answer_of_an_incident_is_that_of_its_cases(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        parent = await create(client, type="fault", title="光缆中断", category="F.INTERNET")
        cases = [
            await create(client, type="fault", title="断网", category="F.INTERNET", customer_id=f"C00000{place}")
            for place in range(2, 5)
        ]
        joined = (await client.post(f"/api/v1/incidents/{parent}/cases", json={"ticket_nos": [*cases, parent]})).json()
        assert (joined["joined"], joined["refused"]) == (cases, {parent: "ticket.bad_parent"})
        await act(client, parent, "assign", target="js")
    async with desk.signed_in("8301") as client:
        await act(client, parent, "accept")
        seen = await act(client, parent, "repair", result="光缆已接通")
        assert seen["children"] == cases
        for number in cases:
            case = (await client.get(f"/api/v1/tickets/{number}")).json()
            assert (case["state"], case["result"], case["parent_no"]) == ("REPAIRED", "光缆已接通", parent)


async def test_five_customers_with_the_same_trouble_look_like_an_incident(desk: Desk) -> None:
    async with desk.context.db.write() as session:
        who = await auth.principal(session, "8001")
        for place in range(1, 6):
            new = tickets.NewTicket(
                type=TicketType.COMPLAINT, title="断网", description="", category="T.QUALITY.9", area="025",
                customer_id=f"C00000{place}",
            )  # fmt: skip
            await tickets.create(session, new, who, desk.clock(), ZONE)
    async with desk.signed_in("8101") as lead:
        found = (await lead.get("/api/v1/incidents/suspected")).json()
        assert {"type": "complaint", "category": "T.QUALITY.9", "area": "025", "customers": 5} in found
        assert "mass" in [each["kind"] for each in (await lead.get("/api/v1/ticket-alerts")).json()]


async def test_a_duplicate_is_seen_and_merged_and_both_numbers_are_found(desk: Desk) -> None:
    async with desk.signed_in("8101") as client:
        first, second = await create(client), await create(client)
        assert (await client.get(f"/api/v1/tickets/{second}")).json()["duplicate_of"] == first
        await act(client, second, "to_dispatch")
        merged = await act(client, second, "merge", merged_into=first)
        assert (merged["state"], merged["merged_into"]) == ("CANCELLED", first)
        assert (await client.get(f"/api/v1/tickets/{first}")).json()["merged"] == [second]
        body = {"event": "merge", "data": {"merged_into": second}}
        third = await create(client)
        await act(client, third, "to_dispatch")
        refused = await client.post(f"/api/v1/tickets/{third}/events", json=body)
        assert refused.json()["code"] == "ticket.bad_merge"


async def listed(desk: Desk, **wanted: Any) -> list[str]:
    async with desk.signed_in("8301") as client:
        rows = (await client.get("/api/v1/tickets", params={"limit": 200} | wanted)).json()["items"]
    return [row["ticket_no"] for row in rows]


async def test_lists_filter_by_colour_owner_and_channel(desk: Desk) -> None:
    async with desk.signed_in("8301") as client:
        number = await create(client, customer_id=None, contact_number="13900009999", channel="web")
        await act(client, number, "hand_over", owner="8301")
    assert number in await listed(desk, owner="me", color="green", channel="web", sort="due")
    desk.clock.move(hours=40)
    assert number in await listed(desk, color="yellow")
    desk.clock.move(hours=9)
    assert number in await listed(desk, color="red", open=True)
    assert number not in await listed(desk, color="red", channel="fax")


async def test_replay_rebuilds_every_row_with_its_copies(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        rows, _ = await tickets.search(session, TicketFilter(), 200, 0)
        timelines = await tickets.timelines(session, [row.ticket_no for row in rows])
        for row in rows:
            ticket = tickets.rebuilt(row, timelines[row.ticket_no])
            assert (row.state, row.owner, row.level, row.leader, row.overdue, row.closed_at) == (
                ticket.state.value, ticket.owner, ticket.level.value, ticket.leader, ticket.overdue, ticket.closed_at,
            )  # fmt: skip
