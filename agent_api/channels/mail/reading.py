"""A raw mail as values: sender, words as plain text, files, what it answers, whether a machine wrote it. Pure."""

import email
import email.policy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr

from selectolax.lexbor import LexborHTMLParser

from agent_api.channels.arrivals import ArrivedFile
from agent_api.channels.files import type_of
from agent_api.tickets.files import Kind

ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9.-]{1,190}")
MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,248}>")
OURS = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
"""A message of ours: its id stands in its Message-ID (messages/gateways/mail.py)."""
_OLD_CHINESE = re.compile(rb"=\?(?:gb2312|gbk|x-gbk)\?", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
_BREAKS = "br, p, div, tr, li, h1, h2, h3, h4, blockquote"
_UNSEEN = "script, style, head, title, template, noscript, iframe, object, svg"
MOST_REFERENCES = 50


@dataclass(frozen=True, slots=True)
class ReadMail:
    message_id: str
    address: str = field(repr=False)
    name: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    answers: tuple[str, ...]
    """Message-IDs of In-Reply-To and References."""
    automatic: str
    """Why no machine may answer it; "" when a person wrote it."""
    spam: bool
    bounce_of: str
    """Our message that could not be delivered."""
    files: tuple[ArrivedFile, ...] = field(default=(), repr=False)

    @property
    def readable(self) -> bool:
        return bool(self.address) and (bool(self.text.strip()) or bool(self.subject) or bool(self.files))


def read(raw: bytes) -> ReadMail:
    head, gap, body = raw.partition(b"\r\n\r\n")
    mail = email.message_from_bytes(
        _OLD_CHINESE.sub(b"=?gb18030?", head) + gap + body, _class=EmailMessage, policy=email.policy.default
    )
    name, address = parseaddr(_header(mail, "From"))
    plain, html, files = _parts(mail)
    return ReadMail(
        message_id=next(iter(MESSAGE_ID.findall(_header(mail, "Message-ID"))), ""),
        address=address.lower() if ADDRESS.fullmatch(address) else "",
        name=one_line(name)[:100],
        subject=one_line(_header(mail, "Subject"))[:200],
        text=(plain or safe_text(html)).replace("\0", "").strip(),
        answers=tuple(MESSAGE_ID.findall(f"{_header(mail, 'In-Reply-To')} {_header(mail, 'References')}"))[
            -MOST_REFERENCES:
        ],
        automatic=_automatic(mail, address),
        spam=_header(mail, "X-Spam-Flag").strip().upper() == "YES",
        bounce_of=_bounce_of(mail, raw),
        files=tuple(files),
    )


def safe_text(html: str) -> str:
    """The words of a page as a person would see them; no markup, nothing that loads or runs."""
    if not html:
        return ""
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNSEEN):
        node.decompose()
    for node in tree.css("td, th"):
        node.insert_after(" ")
    for node in tree.css(_BREAKS):
        node.insert_after("\n")
    text = tree.body.text(deep=True) if tree.body else ""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _header(mail: EmailMessage, name: str) -> str:
    """Also where it is raw bytes in some Chinese coding, or no proper header at all."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    try:
        raw.encode()
    except UnicodeEncodeError:
        return decoded(raw.encode("utf-8", "surrogateescape"), "")
    try:
        return str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError, LookupError):  # the library's parser trips over broken ones
        return raw


def decoded(content: bytes, said: str) -> str:
    """By what was said if that is true, else UTF-8, else GB18030: that always gives something."""
    charset = _WIDER.get(said.lower(), said)
    for each in filter(None, (charset, "utf-8")):
        try:
            return content.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", "replace")


def _parts(mail: EmailMessage) -> tuple[str, str, list[ArrivedFile]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[ArrivedFile] = []
    for part in _leaves(mail):
        name, kind = part.get_filename() or "", part.get_content_type()
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        if not name and part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            (plain if kind == "text/plain" else html).append(decoded(content, part.get_content_charset() or ""))
        elif content:
            files.append(ArrivedFile(Kind.EVIDENCE, one_line(name), type_of(content, kind), content))
    return "\n".join(plain), "\n".join(html), files


def _leaves(mail: EmailMessage) -> Iterable[EmailMessage]:
    return (part for part in mail.walk() if not part.is_multipart() and isinstance(part, EmailMessage))


def _automatic(mail: EmailMessage, address: str) -> str:
    """RFC 3834 and what machines do instead of it."""
    submitted = _header(mail, "Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return "auto_submitted"
    if _header(mail, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return "precedence"
    if _header(mail, "List-Id") or _header(mail, "X-Autoreply") or _header(mail, "X-Autorespond"):
        return "list_or_responder"
    if _header(mail, "Return-Path").strip() == "<>" or mail.get_content_type() == "multipart/report":
        return "report"
    local = address.partition("@")[0].lower()
    return "daemon" if local in ("mailer-daemon", "postmaster", "noreply", "no-reply") else ""


def _bounce_of(mail: EmailMessage, raw: bytes) -> str:
    """A delivery report that names a mail of ours and says that it failed."""
    report = mail.get_content_type() == "multipart/report" and mail.get_param("report-type") == "delivery-status"
    daemon = _automatic(mail, parseaddr(_header(mail, "From"))[1]) == "daemon"
    if not report and not daemon:
        return ""
    text = raw.decode("ascii", "replace")
    if report and not re.search(r"(?im)^action:\s*failed", text):
        return ""  # delayed, or delivered
    found = OURS.findall(text)
    return found[-1] if found else ""
