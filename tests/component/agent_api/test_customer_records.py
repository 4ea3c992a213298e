"""Search by everything, the one timeline, changes that keep what they replace, groups, and unmasking per ticket."""

from typing import Any

import httpx
import pytest

from agent_api.channels.models import Interaction
from agent_api.demo import customers as demo
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

TICKET = {"type": "complaint", "customer_id": "C000007", "title": "多收费", "category": "T.CHARGE.2"}


async def search(client: httpx.AsyncClient, query: str) -> list[dict[str, Any]]:
    answer = await client.post("/api/v1/customers/search", json={"query": query})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_search_by_ticket_order_account_and_initials(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        ticket = (await client.post("/api/v1/tickets", json=TICKET)).json()["ticket_no"]
        assert [(each["id"], each["found_by"]) for each in await search(client, ticket.lower())] == [
            ("C000007", "ticket")
        ]
        assert await search(client, "TS20200101000001") == []
        assert await search(client, "YW20200101000001") == []
        assert [(each["id"], each["found_by"]) for each in await search(client, "AG0000001")] == [
            (demo.GROUP, "account")
        ]
        by_initials = await search(client, "jsslwljt")
        group = await search(client, "江苏示例")
        assert [each["id"] for each in group] == [demo.GROUP]
        assert group[0]["kind"] == "group"
        initials = (await desk_initials(desk, demo.GROUP))[:6]
        assert [(each["id"], each["found_by"]) for each in await search(client, initials)] == [(demo.GROUP, "initials")]
        assert all(each["found_by"] == "initials" for each in by_initials)
        assert len(await search(client, "zj")) <= 20


async def desk_initials(desk: Desk, customer_id: str) -> str:
    from agent_api.customers import service

    async with desk.context.db.read() as session:
        return (await service.get(session, customer_id)).initials


async def write_letter(desk: Desk) -> None:
    texts = dict.fromkeys(
        ("contact_number", "name", "reason_code", "kind", "body", "thread", "assigned_to", "note", "address"), ""
    )
    async with desk.context.db.write() as session:
        session.add(
            Interaction(
                interaction_id="letter-1", channel="letter", direction="inbound", center_id="js", customer_id="C000007",
                at=desk.clock.now, state="RECEIVED", subject="来信", source="letter-1",
                updated_at=desk.clock.now, **texts,
            )
        )  # fmt: skip


async def test_the_timeline_is_one_ordered_list_in_pages(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        await client.post("/api/v1/tickets", json=TICKET)
        change = {"version": 1, "reason": "客户更正", "email": "neu@example.cn"}
        assert (await client.patch("/api/v1/customers/C000007", json=change)).status_code == 200
        await write_letter(desk)
        desk.clock.move(seconds=1)
        whole = (await client.get("/api/v1/customers/C000007/timeline?limit=200")).json()
        first = (await client.get("/api/v1/customers/C000007/timeline?limit=3")).json()
        rest = (await client.get("/api/v1/customers/C000007/timeline", params={"before": first["before"]})).json()
        stranger = await client.get("/api/v1/customers/C999999/timeline")
    times = [each["at"] for each in whole["items"]]
    assert times == sorted(times, reverse=True)
    assert whole["before"] is None
    assert {"ticket", "payment", "change", "written"} <= {each["kind"] for each in whole["items"]}
    assert first["items"] + rest["items"] == whole["items"]
    assert "neu@example.cn" not in str(whole)
    assert stranger.status_code == 404


async def test_a_change_keeps_the_old_version_and_its_editor(desk: Desk) -> None:
    async with desk.signed_in("8001") as client:
        change: dict[str, Any] = {
            "version": 1, "reason": "客户来电更正", "contact_number": "13900001234", "consent": {"marketing_sms": True},
        }  # fmt: skip
        versions = (await client.patch("/api/v1/customers/C000003", json=change)).json()
        stale = await client.patch("/api/v1/customers/C000003", json=change)
        card = (await client.get("/api/v1/customers/C000003")).json()
        nothing = await client.patch("/api/v1/customers/C000003", json={"version": 2, "reason": "没有变化"})
        again = (await client.get("/api/v1/customers/C000003/versions")).json()
    assert (versions[0]["version"], versions[0]["changed_by"]) == (1, "8001")
    assert versions[0]["before"] == {"contact_number": "139****0003", "consent": {}}
    assert (stale.status_code, stale.json()["code"]) == (409, "customer.changed")
    assert (card["version"], card["number_masked"], card["consent"]) == (2, "139****1234", {"marketing_sms": True})
    assert nothing.status_code == 200
    assert again == versions, "a change of nothing is none"


async def test_a_key_account_gets_a_manager_whom_calls_go_to(desk: Desk) -> None:
    url = "/api/v1/customers/C000003"
    async with desk.signed_in("8001") as client:
        nobody = await client.patch(url, json={"version": 1, "reason": "指定经理", "manager": "7999"})
        no_agent = await client.patch(url, json={"version": 1, "reason": "指定经理", "manager": "9002"})
        given = await client.patch(url, json={"version": 1, "reason": "指定经理", "manager": "8009"})
        card = (await client.get(url)).json()
        taken = await client.patch(url, json={"version": 2, "reason": "经理离职", "manager": ""})
        without = (await client.get(url)).json()
    assert [each.json()["code"] for each in (nobody, no_agent)] == ["customer.unknown_manager"] * 2
    assert given.json()[0]["before"] == {"manager": ""}
    assert (card["manager"], taken.json()[0]["before"], without["manager"]) == ("8009", {"manager": "8009"}, "")


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"contact_number": "abc"}, {"level": "vip"}, {"consent": {"all": True}}, {}]
)
async def test_a_wrong_change_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    body = {"version": 1, "reason": "更正"} | wrong if wrong else {}
    async with desk.signed_in("8001") as client:
        assert (await client.patch("/api/v1/customers/C000003", json=body)).status_code == 422


async def test_a_group_is_shown_as_one(desk: Desk) -> None:
    async with desk.signed_in("8008") as client:
        group = (await client.get(f"/api/v1/customers/{demo.GROUP}/group")).json()
    last = group["months"][0]
    assert group["lines"] == len(last["lines"]) == demo.GROUP_LINES
    assert float(last["total"]) == pytest.approx(sum(float(line["total"]) for line in last["lines"]))
    assert group["contract"]["manager_no"] == demo.MANAGER
    assert [each["name_masked"] for each in group["contacts"]] == ["许**", "沈**"]


async def test_a_city_unit_unmasks_for_its_own_ticket_only(desk: Desk) -> None:
    ask: dict[str, str] = {"field": "number", "reason": "联系客户"}
    async with desk.signed_in("8001") as agent:
        elsewhere = (await agent.post("/api/v1/tickets", json=TICKET)).json()["ticket_no"]
        assert (
            await agent.post("/api/v1/customers/C000003/unmask", json=ask | {"ticket_no": elsewhere})
        ).status_code == 404, "another customer's ticket"
    async with desk.signed_in("8302") as city:
        denied = await city.post("/api/v1/customers/C000007/unmask", json=ask)
        foreign = await city.post("/api/v1/customers/C000007/unmask", json=ask | {"ticket_no": elsewhere})
        own = (await city.post("/api/v1/tickets", json=TICKET)).json()["ticket_no"]
        shown = await city.post("/api/v1/customers/C000007/unmask", json=ask | {"ticket_no": own})
    assert (denied.status_code, denied.json()["code"]) == (403, "customer.unmask_needs_ticket")
    assert foreign.status_code == 403
    assert shown.json() == {"value": "13900000007"}
