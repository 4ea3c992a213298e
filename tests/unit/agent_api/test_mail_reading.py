"""Mails of strangers: charsets, HTML, headers that are none, machines that answer, reports of mails that came back."""

import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.channels.arrivals import kind_of
from agent_api.channels.mail.intake import TICKET_NO, source_of
from agent_api.channels.mail.reading import read, safe_text
from agent_api.tickets.words import TicketType

pytestmark = pytest.mark.unit

OURS = "0f8fad5b-d9cb-469f-a165-70867728950e"


def mail(**headers: str) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    for name, value in (
        {"From": "李明 <li@example.cn>", "Subject": "投诉", "Message-ID": "<1@example.cn>"} | headers
    ).items():
        made[name.replace("_", "-")] = value
    made.set_content("上月话费多收了20元。")
    return made


def test_a_plain_mail_in_chinese() -> None:
    found = read(bytes(mail()))
    assert (found.address, found.name, found.subject) == ("li@example.cn", "李明", "投诉")
    assert (found.text, found.message_id, found.automatic) == ("上月话费多收了20元。", "<1@example.cn>", "")


def test_old_charsets_hold_more_than_they_say() -> None:
    """镕 and 〇 are no GB2312, yet mail programs say they are."""
    raw = (
        b"From: =?gb2312?B?" + _base64("朱镕".encode("gb18030")) + b"?= <a@example.cn>\r\n"
        b"Subject: =?GB2312?B?" + _base64("二〇二六年㐀".encode("gb18030")) + b"?=\r\n"
        b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "镕𠀀".encode("gb18030")
    )
    found = read(raw)
    assert (found.name, found.subject, found.text) == ("朱镕", "二〇二六年㐀", "镕𠀀")


def test_raw_bytes_in_headers_and_a_charset_that_lies() -> None:
    raw = b"From: a@example.cn\r\nSubject: " + "投诉".encode("gb18030")
    raw += b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + "话费".encode("gb18030")
    found = read(raw)
    assert (found.subject, found.text) == ("投诉", "话费")


def test_a_page_becomes_its_words() -> None:
    page = """<html><head><title>t</title><style>p{}</style></head><body onload="steal()"><p>您好<b>！</b><br>话费</p>
    <script>alert(1)</script><img src=x onerror=alert(1)><iframe src="http://evil"></iframe><table><tr><td>一<td>二</table></body>"""
    assert safe_text(page) == "您好！\n话费\n\n一 二"
    made = mail()
    made.set_content(page, subtype="html")
    assert "alert" not in read(bytes(made)).text


@given(st.text())
def test_no_page_leaves_markup_that_was_read_as_such(words: str) -> None:
    assert "<script" not in safe_text(f"<p>{words.replace('<', '')}<script>x</script>")


def test_headers_cannot_be_smuggled_in() -> None:
    raw = b"From: a@example.cn\r\nSubject: =?utf-8?Q?a=0D=0ABcc:_x@evil.cn?=\r\nMessage-ID: <a b>\r\n"
    raw += b"In-Reply-To: <ok@x.cn>\r\n\r\nwords"
    found = read(raw)
    assert "\n" not in found.subject
    assert "\r" not in found.subject
    assert (found.message_id, found.answers) == ("", ("<ok@x.cn>",))


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"Precedence": "bulk"}, "precedence"),
        ({"List_Id": "<news.example.cn>"}, "list_or_responder"),
        ({"Return_Path": "<>"}, "report"),
        ({"From": "MAILER-DAEMON@example.cn"}, "daemon"),
        ({"Auto_Submitted": "no"}, ""),
    ],
)
def test_machines_are_told_from_people(headers: dict[str, str], why: str) -> None:
    assert read(bytes(mail(**headers))).automatic == why


def test_files_are_told_by_their_content() -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.4 x", "application", "octet-stream", filename="../../账单.pdf")
    made.add_attachment(b"MZ\x90", "application", "pdf", filename="bill.pdf")
    (pdf, program) = read(bytes(made)).files
    assert (pdf.media_type, program.media_type) == ("application/pdf", "application/pdf")
    assert not program.content.startswith(b"%PDF")


def test_a_report_names_the_mail_that_came_back() -> None:
    assert read(report("failed")).bounce_of == OURS
    assert read(report("delayed")).bounce_of == ""


def report(action: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.cn\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        f"Action: {action}\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: <17.1.{OURS}@hotline.example>\r\nSubject: x\r\n\r\n\r\n--b--\r\n"
    ).encode()


@given(st.binary(max_size=300))
def test_nothing_a_stranger_sends_stops_the_reader(raw: bytes) -> None:
    found = read(raw)
    assert source_of(found, raw) == source_of(read(raw), raw)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("投诉多收费", TicketType.COMPLAINT),
        ("宽带断网", TicketType.FAULT),
        ("一点建议", TicketType.SUGGESTION),
        ("表扬8001号", TicketType.PRAISE),
        ("怎么办理携号转网", TicketType.CONSULT),
    ],
)
def test_what_words_ask_for(subject: str, kind: TicketType) -> None:
    assert kind_of(subject, "") is kind


def test_numbers_in_subjects() -> None:
    assert TICKET_NO.findall("Re: 【受理编号TS20261118000001】投诉 XTS20261118000001 TS202611180000019") == [
        "TS20261118000001"
    ]


def _base64(content: bytes) -> bytes:
    import base64

    return base64.b64encode(content)
