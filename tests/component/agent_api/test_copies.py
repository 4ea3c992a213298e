"""Copies of what a caller heard: content, addresses on record, channels; and documents by fax."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api.messages.models import Message
from agent_api.messages.sender import document_of
from tests.component.agent_api.harness import SERVICE, Desk, desk_on

pytestmark = pytest.mark.component

OWN = "13900000001"


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, home_folder=tmp_path) as running:
        yield running


@pytest.fixture
async def ivr(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.client(**SERVICE) as client:
        yield client


async def copy(ivr: httpx.AsyncClient, what: str, **more: Any) -> str:
    question = {"number": OWN, "product": "mobile", "what": what, "channel": "sms", "call_id": "n1-1.1"} | more
    answer = await ivr.post("/internal/v1/copy", json=question)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["result"])


async def queued(desk: Desk) -> list[Message]:
    async with desk.context.db.read() as session:
        return list(await session.scalars(select(Message).where(Message.template.startswith("copy"))))


def words(desk: Desk, message: Message) -> str:
    return desk.context.post_office.sender.letter(message).text


async def test_the_bill_goes_to_the_line_and_by_mail_where_that_fails(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "month") == "ok"
    (message,) = await queued(desk)
    assert (message.channel, message.address, message.call_id) == ("sms", OWN, "n1-1.1")
    assert [each["channel"] for each in message.fallbacks] == ["email"]
    text = words(desk, message)
    assert text.startswith("【畅联通信】您的移动业务139****0001，2026年10月话费共计128.50元：")
    assert "月租费99.00" in text


@pytest.mark.parametrize("what", ["balance", "package", "payments", "month", "history"])
async def test_everything_a_leaf_can_say(desk: Desk, ivr: httpx.AsyncClient, what: str) -> None:
    found = await copy(ivr, what)
    async with desk.client(**SERVICE) as client:
        account = (await client.post("/internal/v1/account", json={"product": "mobile", "number": OWN})).json()
    if what == "payments" and not account["payments"]:
        assert found == "down"
        return
    assert found == "ok"
    (message,) = await queued(desk)
    text = words(desk, message)
    expected = {
        "balance": f"余额{account['balance']}元",
        "package": f"语音剩余{account['minutes_left']}分钟",
        "payments": account["payments"][0]["amount"] if account["payments"] else "",
        "month": "128.50元",
        "history": "128.50元",
    }
    assert expected[what] in text


async def test_the_list_goes_by_mail_as_a_sheet(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "list", channel="email", month="2026-10") == "ok"
    (message,) = await queued(desk)
    document = document_of(message)
    assert document is not None
    assert document.title == "2026年10月话费清单"
    assert document.rows[0] == ("2026-10", "套餐月费", "99.00")
    assert document.rows[-1] == ("2026-10", "合计", "128.50")


async def test_the_list_goes_to_the_fax_number_that_was_keyed(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "list", channel="fax", fax_number="02588880001") == "ok"
    assert [(each.channel, each.address) for each in await queued(desk)] == [("fax", "02588880001")]
    assert await copy(ivr, "list", channel="fax") == "no_address"


async def test_an_invoice_and_a_letter(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "invoice", channel="email") == "ok"
    assert await copy(ivr, "list", channel="post") == "ok"
    by_channel = {each.channel: each for each in await queued(desk)}
    invoice = document_of(by_channel["email"])
    assert invoice is not None
    assert invoice.rows[-1] == ("价税合计", "128.50")
    assert "市" in by_channel["post"].address


async def test_an_article_goes_to_anybodys_mobile(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "article", topic="shops", number="13712345678") == "ok"
    (message,) = await queued(desk)
    assert message.customer_id is None
    assert "营业厅" in words(desk, message)
    assert await copy(ivr, "article", topic="nothing") == "down"


async def test_what_cannot_be_copied(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "month", number="13712345678") == "unknown"
    assert await copy(ivr, "history", month="2020-01") == "down"
    assert await queued(desk) == []


async def test_english_customers_read_english(desk: Desk, ivr: httpx.AsyncClient) -> None:
    assert await copy(ivr, "month", number="13900000049") == "ok"
    (message,) = await queued(desk)
    assert "charges of 2026-10" in words(desk, message)


async def test_a_document_by_fax_is_made_once(desk: Desk, ivr: httpx.AsyncClient, tmp_path: Path) -> None:
    async def ask(document: str) -> dict[str, str]:
        found: dict[str, str] = (await ivr.post("/internal/v1/fax-document", json={"document": document})).json()
        return found

    first = await ask("tariffs")
    assert first["result"] == "ok"
    assert Path(first["file"]).parent == tmp_path / "fax"
    assert await ask("tariffs") == first
    assert (await ask("nothing"))["result"] == "none"


async def test_a_document_goes_to_another_machine(desk: Desk, ivr: httpx.AsyncClient) -> None:
    order = {"document": "tariffs", "number": "02588880001", "call_id": "n1-1.1"}
    assert (await ivr.post("/internal/v1/fax-order", json=order)).json() == {"result": "ok"}
    assert (await ivr.post("/internal/v1/fax-order", json=order | {"document": "nothing"})).json() == {"result": "none"}
    async with desk.context.db.read() as session:
        (message,) = await session.scalars(select(Message).where(Message.channel == "fax"))
    letter = desk.context.post_office.sender.letter(message)
    assert (message.channel, letter.address, letter.subject) == ("fax", "02588880001", "资费表")
    assert "畅享99" in letter.text


async def test_a_fax_on_the_callers_own_call_is_kept(desk: Desk, ivr: httpx.AsyncClient) -> None:
    body = {"call_id": "n1-1.1", "number": "02588880001", "document": "tariffs", "result": "ok", "pages": 1}
    assert (await ivr.post("/internal/v1/fax-sent", json=body)).json() == {"result": "ok"}
    async with desk.signed_in("8001") as agent:
        (kept,) = (await agent.get("/api/v1/messages", params={"call_id": "n1-1.1"})).json()
    assert (kept["channel"], kept["state"], kept["receipt"]) == ("fax", "completed", "delivered")
    assert kept["address_masked"] == "025****0001"
