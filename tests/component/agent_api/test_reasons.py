"""Contact reasons: trees of centres in versions, forms kept with tickets, codes that stay valid."""

from typing import Any

import pytest

from agent_api.calls import service as calls
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

LEAF = {
    "code": "T.CHARGE.9",
    "title": "押金争议",
    "ticket_type": "complaint",
    "fields": [{"name": "deposit", "title": "押金", "kind": "amount", "required": True}],
}
TREE: list[dict[str, Any]] = [
    {"code": "T", "title": "投诉", "children": [{"code": "T.CHARGE", "title": "收费争议", "children": [LEAF]}]},
]
TICKET = {"type": "complaint", "title": "未订购扣费", "category": "T.CHARGE.2", "reason_code": "T.CHARGE.2"}
FORM = {"month": "上月", "amount": "10", "charge_item": "音乐包", "wish": "退费"}


async def publish(desk: Desk, center: str, tree: Any = TREE, based_on: int = 0, who: str = "8101") -> dict[str, Any]:
    async with desk.signed_in(who) as editor:
        answer = await editor.put(f"/api/v1/reasons/{center}", json={"tree": tree, "based_on": based_on})
    found: dict[str, Any] = {"status": answer.status_code} | answer.json()
    return found


async def tree_seen_by(desk: Desk, agent_no: str) -> dict[str, Any]:
    async with desk.signed_in(agent_no) as agent:
        found: dict[str, Any] = (await agent.get("/api/v1/reasons")).json()
    return found


async def test_a_centre_has_its_own_tree_and_those_below_it(desk: Desk) -> None:
    assert (await tree_seen_by(desk, "8001"))["version"] == 0
    assert (await publish(desk, "js"))["version"] == 1
    assert (await tree_seen_by(desk, "8005"))["center"] == "js"
    assert (await tree_seen_by(desk, "8007"))["center"] == ""
    async with desk.signed_in("8005") as agent:
        short = (await agent.get("/api/v1/contact-reasons")).json()
    assert [top["code"] for top in short] == ["T"]
    assert (await publish(desk, "js"))["code"] == "document.changed"
    assert (await publish(desk, "sc"))["code"] == "document.not_your_center"
    assert (await publish(desk, "js", based_on=1))["version"] == 2
    async with desk.signed_in("8101") as editor:
        versions = (await editor.get("/api/v1/reasons/js/versions")).json()
        assert [(each["version"], each["author"]) for each in versions] == [(2, "8101"), (1, "8101")]
        assert (await editor.get("/api/v1/reasons/js/versions/1")).json()["tree"][0]["code"] == "T"
        assert (await editor.get("/api/v1/reasons/js/versions/9")).status_code == 404


async def test_a_wrong_tree_is_refused(desk: Desk) -> None:
    assert (await publish(desk, "js", [{"code": "T", "title": "投诉", "children": []}]))["status"] == 422
    twice = [TREE[0] | {"children": [{"code": "T.CHARGE.9", "title": "收费争议", "children": [LEAF]}]}]
    refused = await publish(desk, "js", twice)
    assert (refused["status"], refused["code"]) == (409, "reasons.have_problems")
    assert refused["detail"]["problems"] == [{"code": "T.CHARGE.9", "problem": "repeated_code"}]
    assert (await publish(desk, "js", who="8001"))["status"] == 403


async def test_the_form_is_kept_with_the_ticket(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        bare = (await agent.post("/api/v1/tickets", json=TICKET | {"form": {"amount": "很多"}})).json()
        assert bare["code"] == "reasons.form_incomplete"
        wrong = {each["field"]: each["reason"] for each in bare["detail"]["fields"]}
        assert wrong == {"amount": "amount", "month": "required", "charge_item": "required", "wish": "required"}
        unknown = await agent.post("/api/v1/tickets", json=TICKET | {"reason_code": "X.Y.1"})
        assert unknown.json()["code"] == "call.unknown_reason"
        ticket = (await agent.post("/api/v1/tickets", json=TICKET | {"form": FORM})).json()
        kept = (await agent.get(f"/api/v1/tickets/{ticket['ticket_no']}/form")).json()
    assert kept["reason_title"] == "投诉>收费争议>未订购扣费"
    assert [(each["title"], each["value"]) for each in kept["fields"]][:2] == [
        ("账期（月）", "上月"),
        ("争议金额（元）", "10.00"),
    ]


async def test_telephone_numbers_are_masked_for_others(desk: Desk) -> None:
    called = {"called_number": "13900000001"}
    body = TICKET | {"category": "T.DUNNING.2", "reason_code": "T.DUNNING.2", "form": called}
    async with desk.signed_in("8001") as agent:
        number = (await agent.post("/api/v1/tickets", json=body)).json()["ticket_no"]
        own = (await agent.get(f"/api/v1/tickets/{number}/form")).json()
    async with desk.signed_in("8002") as other:
        masked = (await other.get(f"/api/v1/tickets/{number}/form")).json()
        none = (await other.post("/api/v1/tickets", json=TICKET | {"reason_code": ""})).json()["ticket_no"]
        assert (await other.get(f"/api/v1/tickets/{none}/form")).json() is None
    assert [own["fields"][0]["value"], masked["fields"][0]["value"]] == ["13900000001", "139****0001"]


async def test_old_codes_stay_valid_and_keep_their_titles(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        call = next(each for each in await calls.page(session, 500, None, "8001") if each.connected_at)
    await publish(desk, "js")
    await publish(desk, "js", [{**TREE[0], "children": [{"code": "T.X", "title": "其他", "children": [
        {"code": "T.X.1", "title": "其他"}]}]}], based_on=1)  # fmt: skip
    for code, title in (("T.CHARGE.9", "投诉>收费争议>押金争议"), ("Q.BILL.1", "查询>话费查询>月账单")):
        async with desk.signed_in("8001") as agent:
            body = {"reason_code": code, "notes": "", "resolved": True}
            written = (await agent.put(f"/api/v1/calls/{call.call_id}/wrap-up", json=body)).json()
        assert written["disposition_title"] == title
