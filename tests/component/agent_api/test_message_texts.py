"""A centre's own words for SMS and e-mails: checked, approved by another, used there and below, in versions."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.messages.models import Message
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component
URL = "/api/v1/message-texts"
ID = "complaint.accepted"
WORDS = {
    "subject": "江苏客服 {ticket_no}",
    "subject_en": "Jiangsu {ticket_no}",
    "zh": "【{brand}】江苏客服已受理您的问题，编号{ticket_no}，{hours}小时内答复。",
    "en": "[{brand}] Jiangsu has your request {ticket_no} and answers within {hours} hours.",
}
COMPLAINT = {"type": "complaint", "title": "多收费", "category": "T.CHARGE.2", "contact_number": "13900000001"}


async def draft(client: httpx.AsyncClient, center: str, **changed: str) -> httpx.Response:
    return await client.put(f"{URL}/{center}/{ID}", json={"words": WORDS | changed, "note": "加上省名"})


async def approve(client: httpx.AsyncClient, center: str, version: int) -> httpx.Response:
    return await client.post(f"{URL}/{center}/{ID}/{version}/publish")


async def row(client: httpx.AsyncClient, center: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = (await client.get(URL, params={"center": center})).json()
    return next(each for each in rows if each["template_id"] == ID)


async def told(desk: Desk, agent_no: str) -> str:
    """The SMS that a new complaint brings."""
    async with desk.signed_in(agent_no) as agent:
        number = (await agent.post("/api/v1/tickets", json=COMPLAINT)).json()["ticket_no"]
    async with desk.context.db.read() as session:
        message = await session.scalar(select(Message).where(Message.about == number, Message.template == ID))
    assert message is not None
    return desk.context.post_office.sender.letter(message).text


async def test_a_centres_words_are_written_by_one_and_approved_by_another(desk: Desk) -> None:
    async with desk.signed_in("8301") as writer, desk.signed_in("8101") as boss:
        made = await draft(writer, "js")
        assert (made.status_code, made.json()["state"], made.json()["version"]) == (200, "draft", 1)
        waiting = await row(boss, "js")
        assert (waiting["draft"], waiting["from_center"], waiting["words"]) == (True, "", waiting["shipped"])
        assert "江苏" not in await told(desk, "8001"), "a draft changes nothing"
        assert (await approve(writer, "js", 1)).status_code == 403
        assert (await approve(boss, "js", 1)).json()["approved_by"] == "8101"
        assert (await approve(boss, "js", 1)).status_code == 409
        assert (await row(boss, "js"))["words"] == WORDS
    assert "江苏客服已受理您的问题" in await told(desk, "8001")
    assert "江苏客服已受理您的问题" in await told(desk, "8005"), "the city below has no words of its own"
    assert "江苏" not in await told(desk, "8007"), "another province"


async def test_what_was_written_keeps_its_words_and_a_withdrawal_brings_the_shipped_ones_back(desk: Desk) -> None:
    async with desk.signed_in("8301") as writer, desk.signed_in("8101") as boss:
        await draft(writer, "js")
        await approve(boss, "js", 1)
        assert "江苏客服" in await told(desk, "8001")
        await draft(writer, "js", zh="【{brand}】苏服务：{ticket_no}，{hours}小时")
        await approve(boss, "js", 2)
        assert "苏服务" in await told(desk, "8001")
        listed = (await boss.get(f"{URL}/js/{ID}")).json()
        assert [(each["version"], each["state"]) for each in listed] == [(2, "published"), (1, "withdrawn")]
        assert (await boss.post(f"{URL}/js/{ID}/2/withdraw")).status_code == 200
        assert "我们将在48小时内答复您" in await told(desk, "8001")
    async with desk.context.db.read() as session:
        sent = (
            await session.scalars(select(Message).where(Message.template == ID, Message.wording.is_not(None)))
        ).all()
        texts = {desk.context.post_office.sender.letter(each).text for each in sent if each.wording}
        assert any("江苏客服" in text for text in texts), "shown as it was written"
        acts = [each.action for each in await auth_repository.audit_log(session)]
    assert {"message_text.saved", "message_text.published", "message_text.withdrawn"} <= set(acts)


async def test_variables_and_both_languages_are_checked(desk: Desk) -> None:
    async with desk.signed_in("8301") as writer, desk.signed_in("8001") as agent:
        refused = await draft(
            writer, "js", zh="【{brand}】{customer}，编号{ticket_no}，{hours}", en=" ", subject="受理", subject_en="{"
        )
        assert refused.status_code == 422
        assert refused.json()["detail"]["fields"] == {
            "subject": {"problem": "missing_variable", "names": ["ticket_no"]},
            "subject_en": {"problem": "unreadable"},
            "zh": {"problem": "unknown_variable", "names": ["customer"]},
            "en": {"problem": "empty"},
        }
        assert (await draft(writer, "sc")).status_code == 403, "another province's"
        assert (await writer.put(f"{URL}/js/no.such", json={"words": WORDS, "note": "加上"})).status_code == 404
        assert (await agent.get(URL, params={"center": "js"})).status_code == 403


async def test_a_preview_shows_example_values_and_how_many_sms_it_takes(desk: Desk) -> None:
    async with desk.signed_in("8301") as writer:
        shown = await writer.post(f"{URL}/preview", json={"template_id": ID, "words": WORDS})
        assert shown.status_code == 200, shown.text
        assert shown.json()["words"]["zh"].startswith("【畅联通信】江苏客服已受理您的问题，编号TS2026")
        assert shown.json()["sms"] == 1
        long = await writer.post(f"{URL}/preview", json={"template_id": ID, "words": WORDS | {"zh": WORDS["zh"] * 3}})
        assert long.json()["sms"] == 3
