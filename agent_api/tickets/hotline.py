"""What a caller reports to the voice menu: a fault, a message; and how far a ticket is. Never commits."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers import service as customers
from agent_api.customers.rules import ProductType
from agent_api.identity import tries
from agent_api.tickets import attachments, repository
from agent_api.tickets.clocks import LIMIT_SIMPLE
from agent_api.tickets.models import TicketRow
from agent_api.tickets.reports import Report, open_ticket
from agent_api.tickets.service import PREFIXES, clocks_of
from agent_api.tickets.words import INTERNAL_TYPES, State, TicketType
from agent_api.tickets.writing import tell_accepted

TOWN_HOURS, COUNTRY_HOURS = 48, 72
FAULTS = {
    "no_service": ("电话无法使用", "F.NO_SERVICE"),
    "internet": ("上网故障", "F.INTERNET"),
    "signal": ("信号问题", "F.SIGNAL"),
    "other": ("其他障碍", "F.OTHER"),
}
ABOUT = {
    "complaint": (TicketType.COMPLAINT, "语音投诉留言", "T.MESSAGE"),
    "suggestion": (TicketType.SUGGESTION, "语音建议留言", "S.MESSAGE"),
    "praise": (TicketType.PRAISE, "语音表扬留言", "P.MESSAGE"),
    "general": (TicketType.MESSAGE, "语音留言", "M.GENERAL"),
}
_DISTRICT, _TOWNSHIP = "区", ("县", "镇", "乡", "村")
PROGRESS = "progress"
_CLOSED = frozenset({State.CLOSED, State.ARCHIVED, State.CANCELLED, State.REJECTED})
_ANSWERED = frozenset(
    {
        State.ANSWERED, State.NOTIFIED, State.REPLIED, State.RESULT_AUDIT, State.CALLBACK, State.REPAIRED,
        State.CUSTOMER_CONFIRM,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoiceMessage:
    about: str
    recording: Path
    seconds: int
    caller_number: str = field(repr=False)
    call_id: str


@dataclass(frozen=True, slots=True)
class Progress:
    state: Literal["working", "answered", "closed"]
    due: date | None


async def report_fault(
    session: AsyncSession, line: customers.Line, fault: str, call_id: str, now: datetime, zone: ZoneInfo
) -> TicketRow:
    """The same fault of the same line in the same call is one ticket."""
    source = f"fault:{call_id}:{line.product.product_id}:{fault}"
    if (known := await repository.by_source(session, source)) is not None:
        return known
    title, category = FAULTS[fault]
    report = Report(
        TicketType.FAULT,
        title,
        f"语音菜单障碍申告,业务类型 {line.product.type}",
        category,
        line.customer,
        line.product.number,
        call_id,
        limit_hours=repair_hours(ProductType(line.product.type), line.customer.address),
        source=source,
    )
    row = await open_ticket(session, report, now, zone)
    await tell_accepted(session, row, line.customer, now)
    return row


def repair_hours(product: ProductType, address: str) -> int:
    """48 hours in town and for mobile lines, 72 in the country."""
    rural = any(mark in address for mark in _TOWNSHIP) and _DISTRICT not in address
    return COUNTRY_HOURS if rural and product is not ProductType.MOBILE else TOWN_HOURS


async def take_message(
    session: AsyncSession, message: VoiceMessage, folder: Path, now: datetime, zone: ZoneInfo
) -> TicketRow:
    """The same recording twice is one ticket."""
    source = f"message:{message.recording.name}"
    if (known := await repository.by_source(session, source)) is not None:
        return known
    kind, title, category = ABOUT[message.about]
    number = message.caller_number
    line = await customers.find_line(session, number) if number else None
    customer = line.customer if line else None
    description = f"客户语音留言,{message.seconds}秒"
    report = Report(kind, title, description, category, customer, number, message.call_id, source=source)
    row = await open_ticket(session, report, now, zone)
    attachments.keep(session, row.ticket_no, message.recording, message.seconds, folder, now)
    await tell_accepted(session, row, customer, now)
    return row


async def progress(session: AsyncSession, digits: str, last4: str, now: datetime, zone: ZoneInfo) -> Progress | None:
    """None for a wrong number and for wrong last digits; after three wrong ones in a day for any."""
    prefixes = [prefix for kind, prefix in PREFIXES.items() if kind not in INTERNAL_TYPES]
    rows = await repository.by_numbers(session, [prefix + digits for prefix in prefixes])
    today = now.astimezone(zone).date()
    if not rows or await tries.left(session, PROGRESS, digits, today) == 0:
        return None
    row = next((each for each in rows if each.contact_number.endswith(last4)), None)
    if row is None:
        await tries.add(session, PROGRESS, digits, today)
        return None
    return await _progress_of(session, row, now, zone)


async def _progress_of(session: AsyncSession, row: TicketRow, now: datetime, zone: ZoneInfo) -> Progress:
    state = State(row.state)
    if state in _CLOSED:
        return Progress("closed", None)
    if state in _ANSWERED:
        return Progress("answered", None)
    timeline = await repository.timeline(session, row.ticket_no)
    running = [clock.due_at for clock in clocks_of(row, timeline, now) if clock.due_at is not None]
    due = running[0] if running else now + LIMIT_SIMPLE
    return Progress("working", max(due, now).astimezone(zone).date())
