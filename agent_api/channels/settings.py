"""What written channels need from outside: the mailbox, the scanner, limits. Part of the process's settings."""

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

_FROZEN = ConfigDict(frozen=True)


class MailboxSettings(BaseModel):
    """Where customers' mails arrive (IMAP). Answers go out by the mail server of `messages`."""

    model_config = _FROZEN

    host: str = ""
    """Empty: no mails are fetched."""
    port: int = Field(default=993, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "tls"
    username: str = ""
    password: SecretStr = SecretStr("")
    folder: str = "INBOX"
    every: timedelta = timedelta(seconds=15)
    """How often it is looked at: an acknowledgement has to go out within a minute."""


class ChannelSettings(BaseModel):
    model_config = _FROZEN

    web: bool = False
    """The page for customers, /service."""
    mailbox: MailboxSettings = MailboxSettings()
    scanner: Literal["none", "clamd"] = "none"
    """clamd: files wait until it found them clean. none: they are shown as not checked."""
    clamd: str = "127.0.0.1:3310"
    """Host and port, or the path of its socket, e.g. /run/clamav/clamd.ctl."""
    most_files: int = Field(default=5, ge=0, le=20)
    """Of one contact; what is above is left out, and said so."""
    per_hour: int = Field(default=5, ge=1)
    """How often a number, and an address, may write on the public page."""
    session_length: timedelta = timedelta(minutes=30)
