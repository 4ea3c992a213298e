"""The mailbox over IMAP (the only user of imap-tools). It knows bytes and UIDs, not what a mail means."""

import asyncio
import imaplib
import re
import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeVar

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from agent_api.channels.settings import MailboxSettings
from agent_api.errors import Unavailable

DEADLINE_SECONDS = 20.0
LARGEST = 40 * 1024 * 1024
"""What is above is cut off: then a file at the end is missing, the words are there."""
AT_ONCE = 10
T = TypeVar("T")
_LITERAL = re.compile(rb"BODY\[\]")


@dataclass(frozen=True, slots=True)
class Fetched:
    uid: str
    raw: bytes = field(repr=False)


class ImapBox:
    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self.trouble = ""
        """For /health."""

    async def unseen(self) -> list[Fetched]:
        """The oldest that nobody has marked seen. They stay unseen until `mark_seen`."""
        return await self._away(self._unseen)

    async def mark_seen(self, uids: Collection[str]) -> None:
        if uids:
            await self._away(lambda: self._mark_seen(list(uids)))

    async def _away(self, work: Callable[[], T]) -> T:
        try:
            done = await asyncio.to_thread(work)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            self.trouble = f"the mailbox cannot be read: {type(error).__name__}"
            raise Unavailable("mailbox") from error
        self.trouble = ""
        return done

    def _unseen(self) -> list[Fetched]:
        with self._signed_in() as box:
            uids = box.uids(AND(seen=False))[:AT_ONCE]
            return [Fetched(uid, raw) for uid in uids if (raw := _content(box, uid))]

    def _mark_seen(self, uids: list[str]) -> None:
        with self._signed_in() as box:
            box.flag(uids, r"\Seen", True)

    def _signed_in(self) -> BaseMailBox:
        settings = self._settings
        box: BaseMailBox
        if settings.security == "none":
            box = MailBoxUnencrypted(settings.host, settings.port, DEADLINE_SECONDS)
        elif settings.security == "starttls":
            box = MailBoxStartTls(
                settings.host, settings.port, DEADLINE_SECONDS, ssl_context=ssl.create_default_context()
            )
        else:
            box = MailBox(settings.host, settings.port, DEADLINE_SECONDS, ssl_context=ssl.create_default_context())
        return box.login(settings.username, settings.password.get_secret_value(), settings.folder)


def _content(box: BaseMailBox, uid: str) -> bytes:
    """The mail as it is: the library's own fetch would give it parsed. b"" when somebody has deleted it meanwhile."""
    _, data = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return next((part[1] for part in data if isinstance(part, tuple) and _LITERAL.search(part[0])), b"")
