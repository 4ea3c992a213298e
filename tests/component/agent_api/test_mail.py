"""E-mail over a real SMTP server: words, sheet, refusals; and the folder that takes its place."""

import email
import email.policy
import io
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from openpyxl import load_workbook

from agent_api.messages.gateways.embedded import MailFolder
from agent_api.messages.gateways.mail import MailWriter, SmtpGateway
from agent_api.messages.gateways.port import Letter
from agent_api.messages.outgoing import Document
from agent_api.messages.settings import MailSettings
from agent_api.messages.workflow import Accepted, Refused
from tests.support.mosquitto import free_port

pytestmark = pytest.mark.component

WRITER = MailWriter("service@hotline.example", "畅联通信")
SHEET = Document("2026年10月话费清单", ("月份", "项目", "金额（元）"), (("2026-10", "=1+1", "99.00"),))


class Inbox:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address.startswith("nobody"):
            return "550 no such user"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
async def inbox() -> AsyncIterator[tuple[Inbox, SmtpGateway]]:
    inbox = Inbox()
    port = free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield inbox, SmtpGateway(MailSettings(host="127.0.0.1", port=port), WRITER)
    server.stop()


def letter(address: str = "li@example.cn", document: Document | None = None) -> Letter:
    return Letter("m-1", address, "2026年10月账单", "【畅联通信】您的话费共计128.50元。", document)


async def test_a_mail_arrives_in_chinese(inbox: tuple[Inbox, SmtpGateway]) -> None:
    box, gateway = inbox
    assert isinstance(await gateway.send(letter()), Accepted)
    (mail,) = box.mails
    assert (mail["to"], mail["subject"]) == ("li@example.cn", "2026年10月账单")
    assert mail["from"].addresses[0].display_name == "畅联通信"
    assert mail["auto-submitted"] == "auto-generated"
    assert mail.get_content().strip() == "【畅联通信】您的话费共计128.50元。"


async def test_the_list_comes_as_a_sheet_without_formulas(inbox: tuple[Inbox, SmtpGateway]) -> None:
    box, gateway = inbox
    await gateway.send(letter(document=SHEET))
    (attachment,) = box.mails[0].iter_attachments()
    assert attachment.get_filename() == "2026年10月话费清单.xlsx"
    sheet = load_workbook(io.BytesIO(attachment.get_content())).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["月份", "项目", "金额（元）"],
        ["2026-10", "'=1+1", "99.00"],
    ]


@pytest.mark.parametrize(
    ("address", "for_good"),
    [("nobody@example.cn", True), ("full@example.cn", False), ("not an address", True), ("a@b.cn\nBcc: c@d.cn", True)],
)
async def test_who_cannot_be_reached(inbox: tuple[Inbox, SmtpGateway], address: str, for_good: bool) -> None:
    refused = await inbox[1].send(letter(address))
    assert isinstance(refused, Refused)
    assert refused.for_good is for_good
    assert "@" not in refused.error, "errors are logged: no address in them"
    assert inbox[0].mails == []


async def test_two_addresses_are_not_one(inbox: tuple[Inbox, SmtpGateway]) -> None:
    assert isinstance(await inbox[1].send(letter("a@b.cn, c@d.cn")), Refused)


async def test_no_server_is_tried_again_later() -> None:
    gateway = SmtpGateway(MailSettings(host="127.0.0.1", port=1), WRITER)
    assert await gateway.send(letter()) == Refused("mail server: ConnectionRefusedError")


async def test_without_a_server_mails_are_kept_as_files(tmp_path: Path) -> None:
    assert await MailFolder(tmp_path / "outbox", WRITER).send(letter(document=SHEET)) == Accepted()
    path = tmp_path / "outbox" / "m-1.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["subject"] == "2026年10月账单"
