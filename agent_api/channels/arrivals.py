"""A written contact as it came in, before anything is stored: what every channel hands to service.receive. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from agent_api.tickets.words import Channel, TicketType

BODY_LENGTH = 20_000
TITLES = {
    TicketType.COMPLAINT: ("投诉", "申诉", "complain"),
    TicketType.FAULT: ("故障", "障碍", "不能上网", "无法上网", "断网", "没有信号", "无信号", "fault", "no signal"),
    TicketType.SUGGESTION: ("建议", "suggest"),
    TicketType.PRAISE: ("表扬", "感谢信", "praise"),
}


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    kind: str
    """As in tickets/files.py."""
    file_name: str
    media_type: str
    content: bytes = field(repr=False)
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Arrived:
    channel: Channel
    source: str
    """Names this very contact, for ever: a second one of it is the same contact."""
    at: datetime
    address: str = field(default="", repr=False)
    contact_number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    customer_id: str | None = None
    subject: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    kind: TicketType | None = None
    reason_code: str = ""
    thread: str = ""
    call_id: str | None = None
    files: tuple[ArrivedFile, ...] = ()
    readable: bool = True
    note: str = ""


def kind_of(subject: str, body: str) -> TicketType:
    """What a customer's words ask for: the subject first, then the text; a question if nothing else."""
    for text in (subject.lower(), body[:2000].lower()):
        for kind, words in TITLES.items():
            if any(word in text for word in words):
                return kind
    return TicketType.CONSULT
