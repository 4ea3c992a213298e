"""What agents say: sentences of a centre, and no call before new ones were read."""

import httpx
import pytest

from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

LINES = [{"situation": "hold", "text": "{customer}，请您稍等。"}]


async def publish(desk: Desk, center: str, based_on: int = 0, **changes: object) -> httpx.Response:
    async with desk.signed_in("8101") as editor:
        body = {"lines": LINES, "note": "简化等候用语", "based_on": based_on} | changes
        return await editor.put(f"/api/v1/scripts/{center}", json=body)


async def test_the_sentences_that_fit(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        everything = (await agent.get("/api/v1/scripts")).json()
        assert (everything["version"], everything["read"]) == (0, True)
        assert len({line["situation"] for line in everything["lines"]}) == 16
        query = {"situation": "greeting", "queue": "complaint", "language": "zh"}
        fits = (await agent.get("/api/v1/scripts", params=query)).json()["lines"]
        assert [line["queue"] for line in fits] == ["complaint"]
        after = (await agent.get("/api/v1/scripts", params={"moment": "wrap_up", "language": "zh"})).json()["lines"]
        assert {line["situation"] for line in after} == {"ending"}
        assert (await agent.put("/api/v1/scripts/js", json={"lines": LINES, "based_on": 0})).status_code == 403


async def test_nobody_is_ready_before_new_sentences_are_read(desk: Desk) -> None:
    assert (await publish(desk, "js")).json()["version"] == 1
    async with desk.signed_in("8005") as agent:
        shown = (await agent.get("/api/v1/scripts")).json()
        assert (shown["center"], shown["version"], shown["read"], shown["note"]) == ("js", 1, False, "简化等候用语")
        refused = await agent.post("/api/v1/agent/ready")
        assert (refused.status_code, refused.json()["code"]) == (409, "scripts.not_read")
        early = await agent.post("/api/v1/scripts/acknowledge", json={"version": 2})
        assert early.json()["code"] == "document.changed"
        for _ in range(2):
            assert (await agent.post("/api/v1/scripts/acknowledge", json={"version": 1})).status_code == 200
        ready = await agent.post("/api/v1/agent/ready")
        assert ready.json().get("code") != "scripts.not_read"
    await publish(desk, "js", based_on=1)
    async with desk.signed_in("8005") as agent:
        assert (await agent.post("/api/v1/agent/ready")).json()["code"] == "scripts.not_read"
    async with desk.signed_in("8007") as elsewhere:
        assert (await elsewhere.get("/api/v1/scripts")).json()["version"] == 0


async def test_a_sentence_with_an_unknown_variable_is_refused(desk: Desk) -> None:
    answer = await publish(desk, "js", lines=[{"situation": "hold", "text": "请{name}稍等"}])
    assert (answer.status_code, answer.json()["code"]) == (422, "scripts.unknown_variable")
