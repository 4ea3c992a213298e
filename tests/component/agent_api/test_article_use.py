"""What agents do with articles in a call: send, answer with, rate; and what becomes of questions nobody can answer."""

import pytest

from agent_api.calls import service as calls
from agent_api.demo.knowledge import article_id
from agent_api.tickets import service as tickets
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

SUSPEND = article_id("suspend-keep")
WEAK = 0.3
QUESTION = "请问海事卫星电话怎么开通？"


async def a_call(desk: Desk, agent_no: str) -> str:
    async with desk.context.db.read() as session:
        page = await calls.page(session, 500, None, agent_no)
    return next(call.call_id for call in page if call.customer_id and call.connected_at)


async def test_the_question_is_answered_with_an_article(desk: Desk) -> None:
    call_id = await a_call(desk, "8001")
    async with desk.signed_in("8001") as agent:
        body = {"call_id": call_id, "question": "停机保号怎么收费", "reason_code": "H.STOP.1"}
        answer = (await agent.post(f"/api/v1/articles/{SUSPEND}/answered", json=body)).json()
        ticket = (await agent.get(f"/api/v1/tickets/{answer['ticket_no']}")).json()
        assert (ticket["type"], ticket["state"], ticket["reason_code"]) == ("consult", "ANSWERED", "H.STOP.1")
        assert ticket["timeline"][-1]["data"]["article_id"] == SUSPEND
        assert ticket["title"] == "停机保号怎么收费"
        again = await agent.post(f"/api/v1/articles/{SUSPEND}/answered", json={"ticket_no": answer["ticket_no"]})
        assert again.json()["code"] == "ticket.wrong_state"
        for kind in ("helpful", "copied", "helpful"):
            assert (await agent.post(f"/api/v1/articles/{SUSPEND}/uses", json={"kind": kind})).status_code == 200
        uses = (await agent.get(f"/api/v1/articles/{SUSPEND}")).json()["uses"]
    assert uses == {"answered": 1, "helpful": 2, "copied": 1}


async def test_only_public_articles_are_sent(desk: Desk) -> None:
    call_id = await a_call(desk, "8001")
    async with desk.signed_in("8001") as agent:
        sent = await agent.post(f"/api/v1/articles/{SUSPEND}/send", json={"channel": "sms", "call_id": call_id})
        assert sent.status_code == 200, sent.text
        messages = (await agent.get("/api/v1/messages", params={"call_id": call_id})).json()
        assert [each["id"] for each in messages] == [sent.json()["message_id"]]
        secret = article_id("waiver-authority")
        refused = await agent.post(f"/api/v1/articles/{secret}/send", json={"channel": "sms", "call_id": call_id})
        assert (refused.status_code, refused.json()["code"]) == (403, "article.not_public")


async def test_what_was_not_found_is_asked_for_written_and_found(desk: Desk) -> None:
    call_id = await a_call(desk, "8001")
    async with desk.signed_in("8001") as agent:
        hits = (await agent.get("/api/v1/articles/search", params={"q": "海事卫星"})).json()
        assert all(each["score"] < WEAK for each in hits)
        await agent.post("/api/v1/article-requests", json={"question": QUESTION})
        body = {"question": "海事卫星电话如何开通", "call_id": call_id, "as_ticket": True}
        second = (await agent.post("/api/v1/article-requests", json=body)).json()
        assert (second["asked"], second["question"]) == (2, QUESTION)
    async with desk.context.db.read() as session:
        case = await tickets.case(session, second["ticket_nos"][0])
    assert (case.row.type, case.row.state, case.row.call_id) == ("consult", "ASKED", call_id)
    async with desk.signed_in("8701") as editor:
        queue = (await editor.get("/api/v1/article-requests")).json()
        assert [each["asked"] for each in queue] == sorted((each["asked"] for each in queue), reverse=True)
        assert second["request_id"] in {each["request_id"] for each in queue}
        fields = {"center": "js", "category": "移动业务", "title": "海事卫星电话", "body": "暂不办理海事卫星电话业务。"}
        made = await editor.post("/api/v1/articles", json=fields | {"request_id": second["request_id"]})
        article = made.json()["article_id"]
        await editor.post(f"/api/v1/articles/{article}/versions/1/events", json={"event": "submit"})
    async with desk.signed_in("8702") as approver:
        await approver.post(f"/api/v1/articles/{article}/versions/1/events", json={"event": "approve"})
    async with desk.signed_in("8001") as agent:
        hits = (await agent.get("/api/v1/articles/search", params={"q": QUESTION})).json()
    assert hits[0]["article_id"] == article
    async with desk.signed_in("8701") as editor:
        answered = (await editor.get("/api/v1/article-requests", params={"state": "answered"})).json()
        assert [each["request_id"] for each in answered] == [second["request_id"]]
        closed = await editor.post(f"/api/v1/article-requests/{second['request_id']}/close", json={"reason": "x"})
        assert closed.json()["code"] == "article.request_closed"


async def test_a_request_may_be_declined_with_a_reason(desk: Desk) -> None:
    async with desk.signed_in("8701") as editor:
        first = (await editor.get("/api/v1/article-requests")).json()[0]["request_id"]
        bare = await editor.post(f"/api/v1/article-requests/{first}/close", json={})
        assert bare.json()["code"] == "article.reason_required"
        declined = await editor.post(f"/api/v1/article-requests/{first}/close", json={"reason": "未开办"})
        assert declined.json()["state"] == "declined"
    async with desk.signed_in("8001") as agent:
        assert (await agent.get("/api/v1/article-requests")).status_code == 403


async def test_before_a_search_lie_the_articles_colleagues_use_and_the_newest(desk: Desk) -> None:
    async with desk.signed_in("8002") as agent:
        for _ in range(40):
            await agent.post(f"/api/v1/articles/{SUSPEND}/uses", json={"kind": "helpful"})
        shelf = (await agent.get("/api/v1/articles/shelf")).json()
    assert shelf["used"][0]["article_id"] == SUSPEND
    assert len(shelf["used"]) > 1, "the demo shows what is used"
    assert 0 < len(shelf["new"]) <= 8
