"""Mails from a real IMAP server to tickets: acknowledged, threaded, once, nothing lost; loops and bounces."""

import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from agent_api.channels.mail.box import ImapBox
from agent_api.channels.models import Interaction
from agent_api.channels.settings import ChannelSettings, MailboxSettings
from agent_api.customers.models import Customer
from agent_api.demo.subscribers import mobile_number
from agent_api.errors import Unavailable
from agent_api.messages.models import Message
from tests.component.agent_api.harness import Desk, desk_on
from tests.support.clamd import EICAR, Clamd, clamd
from tests.support.dovecot import PASSWORD, USER, Dovecot, dovecot, dovecot_server
from tests.support.mosquitto import free_port

pytestmark = pytest.mark.component
__all__ = ["clamd", "dovecot", "dovecot_server"]

CUSTOMER = "wang@mail.example"


@dataclass
class Office:
    """The desk with its mailbox."""

    desk: Desk
    server: Dovecot

    async def fetch(self) -> list[Interaction]:
        """One round; every contact there is, oldest first."""
        await self.desk.context.contacts.mail.look()
        return await self.contacts()

    async def contacts(self) -> list[Interaction]:
        async with self.desk.context.db.read() as session:
            query = select(Interaction).where(Interaction.channel == "email", Interaction.source.like("mail:%"))
            return list((await session.scalars(query.order_by(Interaction.interaction_id))).all())

    async def sent(self, template: str) -> list[Message]:
        async with self.desk.context.db.read() as session:
            query = select(Message).where(Message.template == template).order_by(Message.created_at, Message.message_id)
            return list((await session.scalars(query)).all())

    async def ticket(self, client: httpx.AsyncClient, ticket_no: str | None) -> dict[str, Any]:
        found: dict[str, Any] = (await client.get(f"/api/v1/tickets/{ticket_no}")).json()
        return found


@asynccontextmanager
async def office_of(demo_database: str, server: Dovecot, folder: Path, **channels: Any) -> AsyncIterator[Office]:
    box = MailboxSettings(
        host="127.0.0.1", port=server.port, security="none", username=USER, password=SecretStr(PASSWORD)
    )
    settings = {"channels": ChannelSettings(mailbox=box, **channels), "home_folder": folder}
    async with desk_on(demo_database, attachments_folder=folder / "attachments", **settings) as desk:
        yield Office(desk, server)


@pytest.fixture
async def office(demo_database: str, dovecot: Dovecot, tmp_path: Path) -> AsyncIterator[Office]:
    async with office_of(demo_database, dovecot, tmp_path) as running:
        yield running


def mail(subject: str, text: str = "上月多收20元，请核实。", **headers: str) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    usual = {"From": f"王芳 <{CUSTOMER}>", "Subject": subject, "Message-ID": f"<{abs(hash(subject))}@mail.example>"}
    for name, value in (usual | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        made[name] = value
    made.set_content(text)
    return made


async def test_a_complaint_is_a_ticket_and_is_acknowledged_with_its_number(office: Office) -> None:
    office.server.deliver(bytes(mail("投诉：多收话费")))
    (contact,) = await office.fetch()
    assert (contact.state, contact.kind, contact.address) == ("AUTO_ACK", "complaint", CUSTOMER)
    (ack,) = await office.sent("contact.accepted")
    assert (ack.channel, ack.address, ack.about) == ("email", CUSTOMER, contact.ticket_no)
    assert ack.values["in_reply_to"] == contact.thread
    async with office.desk.signed_in("8201") as client:
        ticket = await office.ticket(client, contact.ticket_no)
    assert (ticket["type"], ticket["channel"], ticket["description"]) == (
        "complaint",
        "email",
        "上月多收20元，请核实。",
    )
    assert office.server.unseen() == 0


async def test_the_same_mail_twice_is_one_contact(office: Office) -> None:
    for _ in range(2):
        office.server.deliver(bytes(mail("投诉")))
        assert len(await office.fetch()) == 1
    assert len(await office.sent("contact.accepted")) == 1


async def test_nothing_is_lost_when_the_database_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays unseen until its transaction is over, and comes again."""
    office.server.deliver(bytes(mail("投诉")))

    async def broken(*_: Any, **__: Any) -> None:
        raise Unavailable("database")

    with monkeypatch.context() as patch:
        patch.setattr("agent_api.channels.registering.acknowledge", broken)
        with pytest.raises(Unavailable):
            await office.fetch()
    assert (await office.contacts(), office.server.unseen()) == ([], 1)
    assert len(await office.fetch()) == 1
    assert office.server.unseen() == 0


async def test_more_about_a_ticket_joins_it(office: Office) -> None:
    """By its number in the subject, or as an answer to our own mail; only from who is the ticket's."""
    office.server.deliver(bytes(mail("投诉")))
    (first,) = await office.fetch()
    office.server.deliver(bytes(mail(f"Re: 受理编号{first.ticket_no}", "补充：还有9月")))
    answer = {"In_Reply_To": f"<1.2.{(await office.sent('contact.accepted'))[0].message_id}@example.cn>"}
    office.server.deliver(bytes(mail("没有编号", "再补充", **answer)))
    office.server.deliver(bytes(mail("回复旧信", "第三次", References=first.thread)))
    office.server.deliver(bytes(mail(f"关于{first.ticket_no}", "我是别人", From="other@mail.example")))
    contacts = await office.fetch()
    assert [each.ticket_no == first.ticket_no for each in contacts] == [True, True, True, True, False]
    assert len(await office.sent("contact.accepted")) == 2


@pytest.mark.parametrize("header", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
async def test_machines_are_not_answered(office: Office, header: dict[str, str]) -> None:
    office.server.deliver(bytes(mail("自动回复：投诉", **header)))
    (contact,) = await office.fetch()
    assert (contact.state, contact.ticket_no) == ("ARCHIVED", None)
    assert await office.sent("contact.accepted") == []


async def test_two_machines_that_write_to_each_other_stop(office: Office) -> None:
    """Without any header that tells: no more than five acknowledgements an hour to one address."""
    for number in range(8):
        office.server.deliver(bytes(mail(f"咨询 {number}")))
    assert len(await office.fetch()) == 8
    assert len(await office.sent("contact.accepted")) == 5


async def test_spam_waits_for_nobody(office: Office) -> None:
    office.server.deliver(bytes(mail("投诉中奖", X_Spam_Flag="YES")))
    (contact,) = await office.fetch()
    assert (contact.state, contact.ticket_no) == ("SPAM", None)


async def test_what_cannot_be_read_is_asked_for_again(office: Office) -> None:
    office.server.deliver(b"From: a@mail.example\r\nMessage-ID: <empty@x>\r\n\r\n")
    (contact,) = await office.fetch()
    assert contact.state == "UNREADABLE"
    assert [each.address for each in await office.sent("contact.resend")] == ["a@mail.example"]


async def test_an_acknowledgement_that_comes_back_goes_by_text_message(office: Office) -> None:
    async with office.desk.context.db.write() as session:
        customer = await session.get_one(Customer, "C000021")
        customer.email = CUSTOMER
    office.server.deliver(bytes(mail("投诉")))
    (contact,) = await office.fetch()
    (ack,) = await office.sent("contact.accepted")
    office.server.deliver(returned(ack.message_id))
    await office.fetch()
    (told,) = await office.sent("contact.bounced")
    assert (told.channel, told.address, told.about) == ("sms", mobile_number(21), contact.ticket_no)


async def test_files_wait_for_the_scanner_and_the_infected_are_put_apart(
    demo_database: str, dovecot: Dovecot, clamd: Clamd, tmp_path: Path
) -> None:
    made = mail("投诉")
    made.add_attachment(b"%PDF-1.4 clean", "application", "pdf", filename="账单.pdf")
    made.add_attachment(EICAR, "text", "plain", filename="virus.txt")
    made.add_attachment(b"MZ program", "application", "octet-stream", filename="setup.exe")
    dovecot.deliver(bytes(made))
    async with office_of(demo_database, dovecot, tmp_path, scanner="clamd", clamd=f"127.0.0.1:{clamd.port}") as office:
        (contact,) = await office.fetch()
        assert "setup.exe" in contact.note
        async with office.desk.signed_in("8201") as client:
            before = await shown(client, contact)
            assert {each["state"] for each in before["attachments"]} == {"waiting"}
            assert (await client.get(address_of(contact, before["attachments"][0]))).status_code == 404
            await office.desk.context.contacts.checker.look()
            after = {each["name"]: each for each in (await shown(client, contact))["attachments"]}
            assert (after["账单.pdf"]["state"], after["virus.txt"]["state"]) == ("clean", "infected")
            assert (await client.get(address_of(contact, after["账单.pdf"]))).content == b"%PDF-1.4 clean"
            assert (await client.get(address_of(contact, after["virus.txt"]))).status_code == 404
            attached = (await office.ticket(client, contact.ticket_no))["attachments"]
            assert [each["file_name"] for each in attached if each["media_type"] == "application/pdf"] == ["账单.pdf"]


async def test_files_wait_while_the_scanner_is_away(demo_database: str, dovecot: Dovecot, tmp_path: Path) -> None:
    dovecot.deliver(bytes(mail("投诉")))
    async with office_of(demo_database, dovecot, tmp_path, scanner="clamd", clamd=str(tmp_path / "nobody")) as office:
        (contact,) = await office.fetch()
        with pytest.raises(Unavailable):
            await office.desk.context.contacts.checker.look()
        async with office.desk.signed_in("8201") as client:
            assert {each["state"] for each in (await shown(client, contact))["attachments"]} == {"waiting"}


async def test_a_mailbox_that_is_away_is_said_to_be() -> None:
    box = ImapBox(MailboxSettings(host="127.0.0.1", port=free_port(), security="none"))
    with pytest.raises(Unavailable):
        await box.unseen()
    assert "mailbox" in box.trouble


async def shown(client: httpx.AsyncClient, contact: Interaction) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/api/v1/interactions/{contact.interaction_id}")).json()
    return found


def address_of(contact: Interaction, file: dict[str, Any]) -> str:
    return f"/api/v1/interactions/{contact.interaction_id}/files/{file['id']}"


def returned(message_id: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMessage-ID: <dsn@mx.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <1.2.{message_id}@example.cn>\r\n\r\n--b--\r\n"
    ).encode()
