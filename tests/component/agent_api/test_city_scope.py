"""What a city's back office sees: its own tickets and customers. What is others' is refused, and audited."""

import pytest

from agent_api.auth import repository as auth_repository
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

NANJING, SUZHOU, CHENGDU = "C000164", "C000165", "C000166"
"""Subscribers of the demo at home there, without a ticket."""
SUZHOU_NUMBER = "13900000165"


async def ticket_of(desk: Desk, agent_no: str, customer_id: str, target: str = "") -> str:
    body = {"type": "complaint", "customer_id": customer_id, "title": "多收费", "category": "T.CHARGE.2"}
    async with desk.signed_in(agent_no) as client:
        answer = await client.post("/api/v1/tickets", json=body)
        assert answer.status_code == 201, answer.text
        number = str(answer.json()["ticket_no"])
        if target:
            for act in ({"event": "to_dispatch"}, {"event": "assign", "data": {"target": target}}):
                done = await client.post(f"/api/v1/tickets/{number}/events", json=act)
                assert done.status_code == 200, done.text
    return number


async def denials(desk: Desk) -> list[tuple[str, str]]:
    async with desk.context.db.read() as session:
        log = await auth_repository.audit_log(session)
    return [(entry.actor, entry.subject_id) for entry in log if entry.action == "access.denied"]


async def found(desk: Desk, agent_no: str, query: str) -> set[str]:
    async with desk.signed_in(agent_no) as client:
        answer = await client.post("/api/v1/customers/search", json={"query": query})
    assert answer.status_code == 200, answer.text
    return {each["id"] for each in answer.json()["items"]}


async def test_tickets_of_other_centres_are_refused_and_the_try_is_audited(desk: Desk) -> None:
    others = [await ticket_of(desk, "8006", SUZHOU), await ticket_of(desk, "8007", CHENGDU)]
    tries = [("GET", ""), ("GET", "/allowed-events"), ("GET", "/related"), ("GET", "/form"), ("POST", "/events")]
    async with desk.signed_in("8302") as receiver:
        for number in others:
            for method, path in tries:
                body = {"event": "accept"} if method == "POST" else None
                answer = await receiver.request(method, f"/api/v1/tickets/{number}{path}", json=body)
                assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden"), path
            listed = (await receiver.get("/api/v1/tickets", params={"q": number})).json()
            assert listed == {"items": [], "total": 0}
    expected = [("8302", f"{method} /api/v1/tickets/{{ticket_no}}{path}") for method, path in tries] * 2
    assert await denials(desk) == expected


async def test_customers_of_other_cities_are_refused_and_not_found(desk: Desk) -> None:
    assert await found(desk, "8302", NANJING) == {NANJING}
    for query in (SUZHOU, SUZHOU_NUMBER, SUZHOU_NUMBER[-6:]):
        assert SUZHOU in await found(desk, "8001", query)
        assert SUZHOU not in await found(desk, "8302", query)
    async with desk.signed_in("8302") as receiver:
        assert (await receiver.get(f"/api/v1/customers/{NANJING}")).status_code == 200
        for path in ("", "/timeline", "/versions", "/refresh"):
            method = "POST" if path == "/refresh" else "GET"
            assert (await receiver.request(method, f"/api/v1/customers/{SUZHOU}{path}")).status_code == 403
        unmask = {"field": "number", "reason": "回拨客户"}
        assert (await receiver.post(f"/api/v1/customers/{SUZHOU}/unmask", json=unmask)).status_code == 403
        assert (await receiver.get("/api/v1/customers/C999999")).status_code == 403, "nor told that there is none"
    assert {actor for actor, _ in await denials(desk)} == {"8302"}
    assert len(await denials(desk)) == 6


async def test_a_ticket_of_theirs_opens_its_customer(desk: Desk) -> None:
    number = await ticket_of(desk, "8301", SUZHOU, target="js-nj")
    assert await found(desk, "8302", SUZHOU_NUMBER) == {SUZHOU}
    assert await found(desk, "8302", number) == {SUZHOU}
    async with desk.signed_in("8302") as receiver:
        assert (await receiver.get(f"/api/v1/customers/{SUZHOU}")).status_code == 200
        returned = {"event": "return", "data": {"reason": "WRONG_CITY"}}
        assert (await receiver.post(f"/api/v1/tickets/{number}/events", json=returned)).status_code == 200
    assert await found(desk, "8302", SUZHOU_NUMBER) == {SUZHOU}, "whoever had it in hand can still be asked about it"


async def test_lists_hold_nothing_of_other_centres(desk: Desk) -> None:
    await ticket_of(desk, "8007", CHENGDU)
    async with desk.signed_in("8303") as leader:
        for path in ("monitor/items?unit=sc", "interactions", "supervision-orders", "calls", "pool"):
            answer = await leader.get(f"/api/v1/{path}")
            assert answer.status_code == 200, answer.text
            assert '"sc' not in answer.text, path
            assert '"js-sz' not in answer.text, path
        sent = (await leader.get("/api/v1/exchange/outbox")).json()
    assert {each["from_center"] for each in sent} == {"js-nj"}
