"""Search, customer card, bills and unmasking."""

import json

import pytest

from agent_api.auth import repository as auth_repository
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component


@pytest.mark.parametrize("query", ["13900000007", "+8613900000007", "0000007", "C000007"])
async def test_search_by_number_and_id(desk: Desk, query: str) -> None:
    async with desk.signed_in("8001") as client:
        items = (await client.post("/api/v1/customers/search", json={"query": query})).json()["items"]
    assert [item["id"] for item in items] == ["C000007"]
    assert items[0]["number_masked"] == "139****0007"


async def test_search_by_name_shows_masked_names_only(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        unmask = {"field": "name", "reason": "核实机主身份"}
        name = (await client.post("/api/v1/customers/C000007/unmask", json=unmask)).json()["value"]
        answer = await client.post("/api/v1/customers/search", json={"query": name})
    assert "C000007" in [item["id"] for item in answer.json()["items"]]
    assert name not in answer.text


@pytest.mark.parametrize("query", ["%", "_", "139", "没有这个人", "'; DROP TABLE customer; --"])
async def test_search_finds_nothing_by_accident(desk: Desk, query: str) -> None:
    async with desk.signed_in("8001") as client:
        answer = await client.post("/api/v1/customers/search", json={"query": query})
    assert answer.json() == {"items": []}


async def test_the_card_shows_everything_masked(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        answer = await client.get("/api/v1/customers/C000002")
        card = answer.json()
        unmasked = {
            field: (await client.post(
                "/api/v1/customers/C000002/unmask", json={"field": field, "reason": "核实"}
            )).json()["value"]
            for field in ("name", "number", "address", "email")
        }  # fmt: skip
    assert card["products"][0]["type"] == "MOBILE"
    assert card["arrears"] != "0.00", "every fifth subscriber from the second on owes"
    assert card["level"] == "normal"
    assert isinstance(card["last_contacts"], list)
    for value in unmasked.values():
        assert value not in answer.text


async def test_bills_of_six_months(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        bills = (await client.get("/api/v1/customers/C000001/bills")).json()
    assert [bill["month"] for bill in bills] == ["2026-10", "2026-09", "2026-08", "2026-07", "2026-06", "2026-05"]
    assert (bills[0]["total"], bills[0]["status"]) == ("128.50", "paid")
    assert bills[0]["components"][0] == {"name": "套餐月费", "amount": "99.00"}


async def test_unmasking_is_audited_and_limited_a_day(desk: Desk) -> None:
    ask = {"field": "number", "reason": "回拨客户"}
    async with desk.signed_in("8001") as client:
        for _ in range(20):
            assert (await client.post("/api/v1/customers/C000001/unmask", json=ask)).json() == {"value": "13900000001"}
        denied = await client.post("/api/v1/customers/C000001/unmask", json=ask)
        assert (denied.status_code, denied.json()["code"]) == (403, "customer.unmask_limit")
        desk.clock.move(hours=11)
        assert (await client.post("/api/v1/customers/C000001/unmask", json=ask)).status_code == 200, "a new day"
    async with desk.context.db.read() as session:
        log = await auth_repository.audit_log(session)
    entries = [entry for entry in log if entry.action == "customer.unmask"]
    assert len(entries) == 21
    assert entries[0].reason == "number: 回拨客户"
    assert "13900000001" not in json.dumps([entry.reason + entry.subject_id for entry in entries])


@pytest.mark.parametrize("body", [{"field": "password", "reason": "想看"}, {"field": "name", "reason": ""}, {}])
async def test_unmasking_needs_a_known_field_and_a_reason(desk: Desk, body: dict[str, str]) -> None:
    async with desk.signed_in("8001") as client:
        assert (await client.post("/api/v1/customers/C000001/unmask", json=body)).status_code == 422


async def test_an_unknown_customer(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        answer = await client.get("/api/v1/customers/C999999")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
