"""Messages on their way: sent by whichever replica takes them, seen masked in the desk, posted by hand."""

import asyncio
import email
import email.policy
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from agent_api.auth.models import AuditEntry
from agent_api.messages import service
from agent_api.messages.gateways.port import Letter
from agent_api.messages.models import Message, SinkText
from agent_api.messages.outgoing import Channel, Document, Outgoing, Route
from agent_api.messages.sender import Sender
from agent_api.messages.workflow import Accepted, Fact, Refused
from tests.component.agent_api.harness import Desk, desk_on

pytestmark = pytest.mark.component

PATH = "/api/v1/messages"
SMS = Route(Channel.SMS, "13900000001")
MAIL = Route(Channel.EMAIL, "li@example.cn")
POST = Route(Channel.POST, "江苏省南京市玄武区中山路1号")
ACCEPTED = {"ticket_no": "TS2026111800001"}


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, home_folder=tmp_path) as running:
        yield running


@pytest.fixture
async def agent(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.signed_in("8001") as client:
        yield client


async def queue(desk: Desk, *routes: Route, document: Document | None = None) -> str:
    outgoing = Outgoing("ticket.accepted", routes, ACCEPTED, customer_id="C000001", document=document)
    async with desk.context.db.write() as session:
        return await service.queue(session, outgoing, desk.clock())


async def read(desk: Desk, message_id: str) -> Message:
    async with desk.context.db.read() as session:
        return await session.get_one(Message, message_id)


class Unreliable:
    """A gateway that refuses as often as it is told to."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> Fact:
        self.letters.append(letter)
        return Refused("busy") if len(self.letters) <= self.refusals else Accepted("g")


async def test_the_sink_keeps_what_a_telephone_would_show(desk: Desk, agent: httpx.AsyncClient) -> None:
    message_id = await queue(desk, SMS)
    assert await desk.context.post_office.sender.work_once()
    assert (await read(desk, message_id)).state == "completed"
    (text,) = (await agent.post(f"{PATH}/sink", json={"number": SMS.address})).json()
    assert text["text"].startswith("【畅联通信】您反映的问题已受理，受理编号TS2026111800001。")
    assert not await desk.context.post_office.sender.work_once()


async def test_mails_without_a_server_are_files(desk: Desk, tmp_path: Path) -> None:
    message_id = await queue(desk, MAIL)
    await desk.context.post_office.sender.work_once()
    mail = email.message_from_bytes(
        (tmp_path / "outbox" / f"{message_id}.eml").read_bytes(), policy=email.policy.default
    )
    assert (mail["to"], mail["subject"]) == ("li@example.cn", "受理编号TS2026111800001")


async def test_refused_three_times_then_sent_by_the_next_channel(desk: Desk) -> None:
    sms, mail = Unreliable(9), Unreliable(0)
    sender = Sender(desk.context.db, {Channel.SMS: sms, Channel.EMAIL: mail}, {"brand": "", "hotline": ""}, desk.clock)
    message_id = await queue(desk, SMS, MAIL)
    for minutes in (0, 1, 10, 60):
        desk.clock.move(minutes=minutes)
        assert await sender.work_once()
        assert not await sender.work_once() or minutes == 60
    message = await read(desk, message_id)
    assert (len(sms.letters), len(mail.letters)) == (4, 1)
    assert (message.state, message.channel, message.fallbacks) == ("completed", "email", [])


async def test_many_senders_send_each_message_once(desk: Desk) -> None:
    gateway = Unreliable(0)
    always = {"brand": "", "hotline": ""}
    senders = [Sender(desk.context.db, {Channel.SMS: gateway}, always, desk.clock) for _ in range(4)]
    ids = {await queue(desk, SMS) for _ in range(50)}

    async def work(sender: Sender) -> None:
        while await sender.work_once():
            pass

    await asyncio.gather(*(work(sender) for sender in senders))
    assert sorted(letter.message_id for letter in gateway.letters) == sorted(ids)


async def test_a_gateway_that_breaks_costs_one_try(desk: Desk) -> None:
    class Broken:
        async def send(self, letter: Letter) -> Fact:
            raise RuntimeError(letter.message_id)

    message_id = await queue(desk, SMS)
    await Sender(desk.context.db, {Channel.SMS: Broken()}, {"brand": "", "hotline": ""}, desk.clock).work_once()
    message = await read(desk, message_id)
    assert (message.state, message.error, message.attempts) == ("in_progress", "RuntimeError", 1)


async def test_the_desk_sees_masked_addresses_and_no_words(desk: Desk, agent: httpx.AsyncClient) -> None:
    for route in (SMS, MAIL, POST):
        await queue(desk, route)
        desk.clock.move(seconds=1)
    rows = (await agent.get(PATH, params={"customer_id": "C000001"})).json()
    assert [each["address_masked"] for each in rows] == ["江苏省南京市玄武区***", "l***@example.cn", "139****0001"]
    assert all("text" not in each for each in rows)
    assert (await agent.get(PATH, params={"state": "failed"})).json() == []
    async with desk.signed_in("9002") as auditor:
        assert (await auditor.get(PATH)).status_code == 403


async def test_a_letter_is_printed_posted_and_audited(desk: Desk, agent: httpx.AsyncClient) -> None:
    document = Document("清单", ("月份", "金额"), (("2026-10", "128.50"),))
    message_id = await queue(desk, POST, document=document)
    await desk.context.post_office.sender.work_once()
    letter = (await agent.get(f"{PATH}/{message_id}/letter")).json()
    assert (letter["address"], letter["rows"]) == (POST.address, [["2026-10", "128.50"]])
    posted = await agent.post(f"{PATH}/{message_id}/posted", json={"tracking": "EMS1"})
    assert (posted.json()["state"], posted.json()["receipt"]) == ("completed", "posted")
    again = await agent.post(f"{PATH}/{message_id}/posted", json={})
    assert (again.status_code, again.json()["code"]) == (409, "message.wrong_state")
    async with desk.context.db.read() as session:
        actions = list(await session.scalars(select(AuditEntry.action).where(AuditEntry.subject == "message")))
    assert actions == ["message.printed", "message.posted"]


async def test_old_messages_are_forgotten(desk: Desk) -> None:
    message_id = await queue(desk, SMS)
    await desk.context.post_office.sender.work_once()
    desk.clock.move(days=181)
    async with desk.context.db.write() as session:
        await service.forget_before(session, desk.clock() - desk.context.settings.retention)
    async with desk.context.db.read() as session:
        assert await session.get(Message, message_id) is None
        assert (await session.scalars(select(SinkText))).all() == []


async def test_pages_of_old_faxes_are_deleted(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "fax" / "out"
    folder.mkdir(parents=True)
    old, new = folder / "old.tiff", folder / "new.tiff"
    for path, days in ((old, 3), (new, 1)):
        path.write_bytes(b"II")
        at = (desk.clock() - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    await desk.context.post_office.fax.tidy()
    assert (old.exists(), new.exists()) == (False, True)
