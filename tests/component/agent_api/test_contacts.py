"""The desk's inbox: seven channels to the same ticket, letters, replies and their approval, templates, scope."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from agent_api.calls.models import Call
from agent_api.channels import service, timeline
from agent_api.channels.arrivals import Arrived, ArrivedFile
from agent_api.channels.flow import Fact
from agent_api.channels.models import Interaction
from agent_api.channels.registering import Registration
from agent_api.demo.subscribers import mobile_number
from agent_api.messages.models import Message
from agent_api.messages.pages import PageMaker
from agent_api.messages.settings import MessageSettings
from agent_api.tickets.words import Channel, TicketType
from tests.component.agent_api.harness import NOW, Desk, desk_on

pytestmark = pytest.mark.component

LETTER = {"channel": "letter", "subject": "投诉信", "body": "来信称话费有误", "address": "江苏省南京市鼓楼区中山路1号"}
INBOX = "/api/v1/interactions"
TEMPLATE = {
    "title": "处理结果",
    "subject": "关于{ticket_no}",
    "text": "{customer}：您的{kind}正在处理。{brand}{hotline}",
}
WRITTEN = ("web", "email", "fax", "letter", "counter")


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, attachments_folder=tmp_path) as running:
        yield running


async def arrive(desk: Desk, channel: Channel = Channel.EMAIL, **more: Any) -> Interaction:
    """As the channel's own intake would hand it over."""
    office = desk.context.contacts
    usual = {
        "address": "li@mail.example" if channel is Channel.EMAIL else mobile_number(21),
        "subject": "话费投诉",
        "customer_id": "C000021",
    }
    arrived = Arrived(channel, f"test:{channel}:{len(more)}", NOW, body="多收20元", **(usual | more))
    async with desk.context.db.write() as session:
        row = await service.receive(session, arrived, NOW, office.registry.zone)
        office.files.keep(session, row, arrived.files, NOW)
    return row


async def act(client: httpx.AsyncClient, contact_id: str, what: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"{INBOX}/{contact_id}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sent(desk: Desk, template: str) -> list[Message]:
    async with desk.context.db.read() as session:
        return list((await session.scalars(select(Message).where(Message.template == template))).all())


async def test_the_same_complaint_is_the_same_ticket_through_every_channel(desk: Desk) -> None:
    """U-1.3: web, mail, fax, letter, counter, and by telephone as ever; only the channel differs."""
    async with desk.signed_in("8301") as client:
        numbers = {}
        for channel in WRITTEN:
            row = await arrive(desk, Channel(channel), customer_id="C000021")
            done = await act(client, row.interaction_id, "register", type="complaint", title="多收话费")
            numbers[channel] = done["ticket_no"]
        for channel in ("voice", "sms"):
            new = {"type": "complaint", "title": "多收话费", "description": "多收20元", "category": "T.BILL"}
            made = await client.post("/api/v1/tickets", json=new | {"customer_id": "C000021", "channel": channel})
            assert made.status_code == 201, made.text
            numbers[channel] = made.json()["ticket_no"]
        tickets = {channel: (await client.get(f"/api/v1/tickets/{no}")).json() for channel, no in numbers.items()}
    assert {each["channel"] for each in tickets.values()} == {*WRITTEN, "voice", "sms"}
    assert len({(each["type"], each["title"], each["state"], each["customer_id"]) for each in tickets.values()}) == 1


async def test_a_letter_is_entered_with_its_scan_and_registered(desk: Desk, tmp_path: Path) -> None:
    async with desk.signed_in("8301") as client:
        scan = {"scans": ("来信.pdf", b"%PDF-1.4 scan", "application/pdf")}
        answer = await client.post(INBOX, data=LETTER | {"type": "complaint", "number": mobile_number(21)}, files=scan)
        assert answer.status_code == 201, answer.text
        found = answer.json()
        assert (found["state"], found["channel"], found["customer_id"]) == ("AUTO_ACK", "letter", "C000021")
        assert [each["name"] for each in found["attachments"]] == ["来信.pdf"]
        wrong = await client.post(INBOX, data=LETTER, files={"scans": ("x.pdf", b"MZ", "application/pdf")})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "attachment.wrong_type")
    assert [each.channel for each in await sent(desk, "contact.accepted")] == ["sms"]


async def test_free_text_needs_another_person(desk: Desk) -> None:
    row = await arrive(desk)
    async with desk.signed_in("8301") as writer, desk.signed_in("8101") as leader:
        await act(writer, row.interaction_id, "register", type="complaint")
        await act(writer, row.interaction_id, "assign", agent_no="8301")
        draft = await act(writer, row.interaction_id, "reply", text="已核实，将退还20元。")
        assert (draft["state"], "approved" in draft["may"]) == ("REPLY_DRAFT", False)
        own = await writer.post(f"{INBOX}/{row.interaction_id}/reply/approve")
        assert (own.status_code, own.json()["code"]) == (403, "contact.own_draft")
        await act(leader, row.interaction_id, "reply/refuse", reason="请写明日期")
        await act(writer, row.interaction_id, "reply", text="已核实，3日内退还20元。")
        done = await act(leader, row.interaction_id, "reply/approve")
        last = done["replies"][-1]
        assert (done["state"], last["state"], last["channel"]) == ("SENT", "sent", "email")
        letter = await writer.get(f"{INBOX}/{row.interaction_id}/replies/{last['id']}/letter")
        assert letter.content.startswith(b"%PDF-")
    (reply,) = await sent(desk, "contact.reply")
    assert (reply.channel, reply.address, reply.values["text"]) == (
        "email",
        "li@mail.example",
        "已核实，3日内退还20元。",
    )


async def test_a_reply_is_in_the_timeline_though_the_ticket_takes_no_comment(desk: Desk) -> None:
    row = await arrive(desk)
    async with desk.signed_in("8301") as writer, desk.signed_in("8101") as leader:
        number = (await act(writer, row.interaction_id, "register", type="complaint"))["ticket_no"]
        ticket = (await writer.get(f"/api/v1/tickets/{number}")).json()
        assert "comment" not in ticket["allowed_events"]
        await act(writer, row.interaction_id, "assign", agent_no="8301")
        await act(writer, row.interaction_id, "reply", text="已收到，3日内答复。")
        await act(leader, row.interaction_id, "reply/approve")
        after = (await writer.get(f"/api/v1/tickets/{number}")).json()
    assert after["state"] == ticket["state"]
    (said,) = [each for each in after["timeline"] if each["event"] == "correspond"]
    assert said["comment"].endswith("已收到，3日内答复。")


async def test_a_published_template_goes_out_at_once(desk: Desk) -> None:
    row = await arrive(desk)
    async with desk.signed_in("8301") as writer, desk.signed_in("8101") as leader:
        saved = await writer.put("/api/v1/reply-templates/test.working", json=TEMPLATE)
        assert (saved.json()["version"], saved.json()["state"]) == (1, "draft")
        assert (await writer.post("/api/v1/reply-templates/test.working/1/publish")).status_code == 403
        assert (await leader.post("/api/v1/reply-templates/test.working/1/publish")).status_code == 200
        await act(writer, row.interaction_id, "register", type="complaint")
        await act(writer, row.interaction_id, "assign", agent_no="8301")
        done = await act(writer, row.interaction_id, "reply", template_id="test.working")
        assert (done["state"], done["replies"][0]["template_version"]) == ("SENT", 1)
        assert done["ticket_no"] in done["replies"][0]["subject"]
        listed = (await writer.get("/api/v1/reply-templates", params={"type": "complaint", "channel": "email"})).json()
        assert "test.working" in [each["template_id"] for each in listed]


async def test_a_template_with_a_variable_nobody_knows_is_refused(desk: Desk) -> None:
    async with desk.signed_in("8301") as writer:
        for text in ("{password}", "{ticket_no!r}", "{", "{ticket_no.__class__}"):
            answer = await writer.put("/api/v1/reply-templates/bad", json=TEMPLATE | {"text": text})
            assert (answer.status_code, answer.json()["code"]) == (422, "template.unknown_variable"), text


async def test_spam_and_back(desk: Desk) -> None:
    row = await arrive(desk)
    async with desk.signed_in("8301") as client:
        assert (await act(client, row.interaction_id, "spam", reason="广告"))["state"] == "SPAM"
        refused = await client.post(f"{INBOX}/{row.interaction_id}/register", json={"type": "complaint"})
        assert (refused.status_code, refused.json()["code"]) == (409, "contact.wrong_state")
        assert (await act(client, row.interaction_id, "not-spam"))["state"] == "PARSED"
        found = (await client.get(INBOX, params={"state": ["PARSED"], "channel": "email"})).json()
        assert row.interaction_id in [each["id"] for each in found["items"]]
        assert found["counts"]["PARSED"] >= 1


async def test_another_centres_contacts_are_not_seen(desk: Desk) -> None:
    row = await arrive(desk, customer_id="C000021")
    async with desk.signed_in("8010") as stranger:
        assert (await stranger.get(f"{INBOX}/{row.interaction_id}")).status_code == 403
        listed = (await stranger.get(INBOX)).json()
        assert {each["center_id"] for each in listed["items"]} <= {"sc-cd"}
    async with desk.signed_in("9001") as admin:
        assert (await admin.get(INBOX)).status_code == 403


async def test_a_fax_is_shown_page_by_page(desk: Desk) -> None:
    pages = PageMaker(MessageSettings().fonts).of_text("投诉", "多收话费")
    file = ArrivedFile("fax", "1.tif", "image/tiff", pages, 1)
    row = await arrive(desk, Channel.FAX, files=(file,))
    await desk.context.contacts.checker.look()
    async with desk.signed_in("8301") as client:
        found = (await client.get(f"{INBOX}/{row.interaction_id}")).json()
        (shown,) = found["attachments"]
        assert (shown["state"], shown["pages"]) == ("unchecked", 1)
        address = f"{INBOX}/{row.interaction_id}/files/{shown['id']}"
        png = await client.get(address, params={"page": 0})
        with Image.open(io.BytesIO(png.content)) as image:
            assert (image.format, round(image.height / image.width, 1)) == ("PNG", 1.4)
        assert (await client.get(address, params={"page": 7})).status_code == 404
        assert (await client.get(address)).headers["content-disposition"] == "attachment"


async def test_addresses_are_masked(desk: Desk) -> None:
    row = await arrive(desk, name="李明")
    async with desk.signed_in("8301") as client:
        text = (await client.get(f"{INBOX}/{row.interaction_id}")).text
    assert "l***@mail.example" in text
    assert "li@mail.example" not in text
    assert "李明" not in text


async def test_registration_in_one_step(desk: Desk) -> None:
    arrived = Arrived(Channel.WEB, "web:1", NOW, customer_id="C000021", subject="没信号", body="没信号")
    number = await desk.context.contacts.take_in(arrived, Registration(TicketType.FAULT))
    assert number.startswith("ZA")


async def test_calls_and_letters_of_a_customer_in_one_order(desk: Desk) -> None:
    """Calls are a view over the calls: none is kept as a contact as well."""
    async with desk.context.db.read() as session:
        caller = (await session.scalars(select(Call.customer_id).where(Call.customer_id.is_not(None)).limit(1))).one()
    assert caller is not None
    row = await arrive(desk, customer_id=caller)
    async with desk.context.db.read() as session:
        found = await timeline.of_customer(session, caller)
        kept = (await session.scalars(select(Interaction).where(Interaction.call_id.is_not(None)))).all()
    assert {"voice", "email"} <= {each.channel for each in found}
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)
    assert row.interaction_id in [each.contact_id for each in found]
    assert list(kept) == []


async def test_what_is_too_old_is_forgotten_but_not_that_it_was(desk: Desk) -> None:
    file = ArrivedFile("evidence", "a.txt", "text/plain", b"words")
    row = await arrive(desk, files=(file,))
    async with desk.context.db.write() as session:
        kept = await session.get_one(Interaction, row.interaction_id)
        await service.advance(session, kept, Fact.FILED, "system", NOW)
    folder = desk.context.contacts.files.folder
    assert len(list(folder.iterdir())) >= 1
    async with desk.context.db.write() as session:
        assert await service.forget_before(session, NOW + timedelta(days=1), folder) >= 1
        kept = await session.get_one(Interaction, row.interaction_id)
        assert (kept.body, kept.address, kept.state) == ("", "", "ARCHIVED")
        assert await service.files_of(session, [kept]) == []
