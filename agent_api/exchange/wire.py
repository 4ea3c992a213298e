"""What goes over the link between installations, in version 1: the cross-tier form of requirements.md 2.8.3."""

import hashlib
import json
from datetime import datetime
from functools import cached_property
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent_api.exchange.form_fields import Progress, TakenDown
from agent_api.exchange.words import Incoming, Kind, MessageType
from agent_api.tickets.words import Act, Level, TicketType

VERSION: Literal[1] = 1


class Wire(BaseModel):
    """Fields of later versions are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Entry(Wire):
    """One act of a ticket's timeline."""

    act: Act
    at: AwareDatetime
    actor: str = ""
    role: str = ""
    center_id: str
    comment: str = ""
    data: dict[str, str] = {}
    from_state: str = ""
    to_state: str = ""

    @cached_property
    def act_id(self) -> str:
        """The same act has the same id at every installation, wherever it stands in the timeline."""
        said = [
            self.act.value,
            self.at.timestamp(),
            self.actor,
            self.center_id,
            self.comment,
            sorted(self.data.items()),
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


class FileRef(Wire):
    """A file that can be fetched where it lies."""

    id: str = Field(max_length=64)
    kind: str = Field(max_length=20)
    media_type: str = ""
    file_name: str = ""
    size: int = 0
    seconds: int = 0


class TicketForm(TakenDown, Progress, Wire):
    """Names as the operator's interface has them where it has them (in brackets). The rest is in the entries."""

    ticket_no: str = Field(max_length=20)  # IndictSeq
    type: TicketType
    flow: str = Field(max_length=12)
    """Machine it was opened under: both sides must replay it alike."""
    channel: str = Field(max_length=10)  # ContactChannel
    category: str = Field(max_length=40)  # SvcTypeId
    reason_code: str = Field(default="", max_length=40)
    level: Level  # AllegeLevel, UrgentId
    first_level: Level
    legal_rule: str = Field(default="", max_length=40)
    tier: Literal["N", "P", "C"]
    vip: bool = False  # SubsLevel
    title: str = Field(max_length=200)
    content: str = Field(default="", repr=False)  # ServiceContent
    caller_no: str = Field(default="", max_length=32, repr=False)  # CallerNo
    home_center: str = Field(max_length=20)  # HomeProv
    accept_time: AwareDatetime  # AcceptTime
    accept_staff: str = ""  # AcceptStaff
    limit_hours: int | None = None
    own_limits: dict[str, tuple[int, ...]] = {}
    """Minutes by step and percent by warning, where the accepting centre had its own when it was opened."""
    repeat_of: str | None = Field(default=None, max_length=20)
    contact_id: str | None = Field(default=None, max_length=64)
    """ContactId: the call, and with it the recording."""
    external_id: str = Field(default="", max_length=64)
    external_system: str = Field(default="", max_length=40)


class Payload(Wire):
    version: Literal[1] = VERSION
    kind: Kind
    form: TicketForm | None = None
    base: int = 0
    """How many entries of the timeline come before `entries`."""
    entries: tuple[Entry, ...] = ()
    act_id: str = ""
    """Of the refused act."""
    code: str = ""
    files: tuple[FileRef, ...] = ()


class Message(Wire):
    message_id: str = Field(min_length=8, max_length=36)
    type: MessageType
    from_center: str = Field(max_length=20)
    to_center: str = Field(max_length=20)
    ticket_no: str = Field(max_length=20)
    seq: int = Field(ge=1)
    sent_at: datetime
    payload: Payload


class Ack(Wire):
    """What the receiver made of a message; the same one every time it comes."""

    message_id: str
    state: Incoming
    code: str = ""
    missing: tuple[int, ...] = ()
    """Numbers it waits for before it can take this one."""


class FileWish(Wire):
    ticket_no: str
    file_id: str
