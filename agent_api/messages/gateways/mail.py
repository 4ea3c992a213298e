"""E-mail: the standard library's smtplib in a thread. A document goes as a sheet (XLSX)."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from agent_api.messages.gateways.port import Letter
from agent_api.messages.settings import MailSettings
from agent_api.messages.workflow import Accepted, Fact, Refused
from agent_api.stats.export import as_xlsx

DEADLINE_SECONDS = 20.0
SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class MailWriter:
    def __init__(self, sender: str, brand: str) -> None:
        self._sender = sender
        self._brand = brand

    def mail(self, letter: Letter) -> EmailMessage:
        """Raises ValueError for an address no header may hold."""
        mail = EmailMessage()
        mail["From"] = f"{self._brand} <{self._sender}>"
        mail["To"] = letter.address
        mail["Subject"] = letter.subject
        mail["Date"] = formatdate()
        mail["Message-ID"] = make_msgid(letter.message_id, self._sender.rpartition("@")[2])
        if letter.in_reply_to:
            mail["In-Reply-To"] = mail["References"] = letter.in_reply_to
        # no answering machine shall answer it
        mail["Auto-Submitted"] = "auto-replied" if letter.in_reply_to else "auto-generated"
        if "@" not in letter.address or len(mail["To"].addresses) != 1:
            raise ValueError("not one address")
        mail.set_content(letter.text)
        if (document := letter.document) is not None:
            sheet = as_xlsx({document.title[:31]: (document.columns, document.rows)})
            mail.add_attachment(sheet, *SHEET, filename=f"{document.title}.xlsx")
        return mail


class SmtpGateway:
    def __init__(self, settings: MailSettings, writer: MailWriter) -> None:
        self._settings = settings
        self._writer = writer

    async def send(self, letter: Letter) -> Fact:
        try:
            mail = self._writer.mail(letter)
        except ValueError:
            return Refused("bad address", for_good=True)
        try:
            await asyncio.to_thread(self._deliver, mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            return Refused(f"recipient refused ({code})", for_good=code >= 500)
        except smtplib.SMTPResponseException as refused:
            # Its text may repeat the address: only the number is kept.
            return Refused(f"mail server said {refused.smtp_code}")
        except (smtplib.SMTPException, OSError) as error:
            return Refused(f"mail server: {type(error).__name__}")
        return Accepted(str(mail["Message-ID"])[:65])

    def _deliver(self, mail: EmailMessage) -> None:
        settings = self._settings
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(settings.host, settings.port, timeout=DEADLINE_SECONDS, context=context)
            if settings.security == "tls"
            else smtplib.SMTP(settings.host, settings.port, timeout=DEADLINE_SECONDS)
        ) as server:
            if settings.security == "starttls":
                server.starttls(context=context)
            if settings.username:
                server.login(settings.username, settings.password.get_secret_value())
            server.send_message(mail)
