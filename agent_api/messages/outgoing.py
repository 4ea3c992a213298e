"""A message somebody wants sent, as a value. Other features make one and hand it to service.queue. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    FAX = "fax"
    POST = "post"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Route:
    channel: Channel
    address: str = field(repr=False)
    """A number, an e-mail address, or a postal address."""


@dataclass(frozen=True, slots=True)
class Document:
    """A table that goes with the message: a sheet by e-mail, pages by fax or post. Never part of an SMS."""

    title: str
    columns: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    template: str
    """Id in templates.toml."""
    routes: tuple[Route, ...]
    """Where it goes; the next one when the one before gave up. Routes without an address are left out."""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the template's {names} stand for; `brand` and `hotline` are always there."""
    language: str = "zh"
    customer_id: str | None = None
    call_id: str | None = None
    about: str = ""
    """Number of the ticket or order it belongs to."""
    document: Document | None = None
    center_id: str = ""
    """In whose words it is written; empty: in those of the top centre."""
    expires_at: datetime | None = None
    """Useless after this (a one-time code): then it is cancelled, not sent."""
