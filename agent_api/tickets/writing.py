"""What customers are told of their tickets in writing, by act. Never commits."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.tickets.calendar.legal import ZONE
from agent_api.tickets.ledger import TicketCase, clocks_of
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import Act, Channel, Happening, State, TicketType

Values = dict[str, str]
TOLD_WHEN_ANSWERED = frozenset(
    {TicketType.FAULT, TicketType.SUGGESTION, TicketType.PRAISE, TicketType.MESSAGE, TicketType.FRAUD}
)


def _nothing_more(_case: TicketCase, _done: Happening) -> Values:
    return {}


def _reason(_case: TicketCase, done: Happening) -> Values:
    return {"reason": done.comment.strip()}


def _until(case: TicketCase, _done: Happening) -> Values:
    until = case.ticket.suspended_until
    return {"day": f"{until.astimezone(ZONE):%Y-%m-%d}" if until else ""}


def _hours(case: TicketCase, done: Happening) -> Values:
    limit = clocks_of(case.row, case.timeline, done.at)[0].limit
    return {"hours": f"{limit / timedelta(hours=1):.3g}"}


LETTERS: Mapping[Act, tuple[str, Callable[[TicketCase, Happening], Values]]] = {
    Act.REFUSE: ("ticket.rejected", _reason),
    Act.MERGE: ("ticket.merged", lambda _case, done: {"other": done.data["merged_into"]}),
    Act.SUSPEND: ("ticket.suspended", _until),
    Act.NEED_INFO: ("ticket.info_required", _nothing_more),
    Act.NOTIFY: ("ticket.answered", _nothing_more),
    Act.AUDIT_OK: ("ticket.answered", _nothing_more),
    Act.FOLLOW: ("ticket.answered", _nothing_more),
    Act.REPAIR: ("fault.repaired", _nothing_more),
}


async def write(session: AsyncSession, case: TicketCase, done: Happening) -> None:
    """The letter that goes with the act, if there is one."""
    found = _letter(case, done)
    if found is not None:
        await tell(session, case.row, found[0], found[1], done.at)


def _letter(case: TicketCase, done: Happening) -> tuple[str, Values] | None:
    kind = case.ticket.type
    if done.act in (Act.ANSWER, Act.REPLY) and kind in TOLD_WHEN_ANSWERED:
        return ("ticket.answered", {})
    if done.act is Act.SUBMIT and case.row.channel == Channel.VOICE:  # who writes is answered in writing anyway
        return ("complaint.accepted", _hours(case, done))
    if done.act is Act.COMMENT and done.data.get("tell_customer") == "yes":
        return ("ticket.progress", {"progress": done.comment.strip()})
    if done.act is Act.UNREACHED and case.ticket.state is State.CLOSED:
        return ("ticket.unreached", {})
    if done.act is Act.OVERDUE and kind is TicketType.FAULT and case.ticket.flow == "fault":
        return ("fault.late", {})
    if done.act is Act.FOLLOW and kind is TicketType.FAULT:
        return ("fault.repaired", {})
    letter = LETTERS.get(done.act)
    return None if letter is None else (letter[0], letter[1](case, done))


async def tell_accepted(session: AsyncSession, row: TicketRow, customer: Customer | None, now: datetime) -> None:
    """The number in writing, to whom we shall answer. Of a complaint its submission tells, whoever took it down."""
    if row.type == TicketType.COMPLAINT:
        return
    hours = {"hours": str(row.limit_hours)} if row.limit_hours else {}
    template = "fault.accepted" if row.type == TicketType.FAULT else "ticket.accepted"
    await _tell(session, row, customer, template, hours, now, row.call_id)


async def tell(session: AsyncSession, row: TicketRow, template: str, values: Values, now: datetime) -> None:
    customer = await customers.get(session, row.customer_id) if row.customer_id else None
    await _tell(session, row, customer, template, values, now)


async def _tell(
    session: AsyncSession,
    row: TicketRow,
    customer: Customer | None,
    template: str,
    values: Values,
    now: datetime,
    call_id: str | None = None,
) -> None:
    values = {"ticket_no": row.ticket_no} | values
    about, center_id, number = row.ticket_no, row.center_id, row.contact_number
    if customer is not None:
        to = (number,)
        await notices.tell(
            session, customer, template, values, now, numbers=to, call_id=call_id, about=about, center_id=center_id
        )
    elif number:
        await notices.tell_number(
            session, number, template, values, now, call_id=call_id, about=about, center_id=center_id
        )
