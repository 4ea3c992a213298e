"""办理进度: how far an order or a ticket is, by its number and the last digits of the contact telephone."""

import re
from collections.abc import Mapping

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import key_number
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.orders import FetchOrderProgress
from ivr.lookups.tickets import FetchTicketProgress, TicketProgress
from ivr.lookups.words import digits_of
from ivr.phrases import Phrase, Template
from ivr.speech.values import Day, Saying
from ivr.steps import Flow, ask

REFERENCE = re.compile(r"[0-9]{6,20}")
LAST4 = re.compile(r"[0-9]{4}")
ORDER_STATES: Mapping[str, Phrase] = {
    "accepted": Phrase.ORDER_STATE_ACCEPTED,
    "working": Phrase.ORDER_STATE_WORKING,
    "info": Phrase.ORDER_STATE_INFO,
    "done": Phrase.ORDER_STATE_DONE,
    "failed": Phrase.ORDER_STATE_FAILED,
    "cancelled": Phrase.ORDER_STATE_CANCELLED,
}


def order_progress(session: Session, job: Job) -> Flow[None]:
    for _ in range(MAX_TRIES):
        digits, last4 = yield from _reference()
        answer = yield from ask(FetchOrderProgress(digits, last4))
        if answer.result == "ok":
            yield from tell(session, ORDER_STATES[answer.state])
        yield from say(Phrase.NOT_FOUND)
    raise TaskOver(tasks.FAILED)


def ticket_progress(session: Session, job: Job) -> Flow[None]:
    for _ in range(MAX_TRIES):
        digits, last4 = yield from _reference()
        answer = yield from ask(FetchTicketProgress(digits, last4))
        if answer.result == "ok":
            yield from tell(session, _state_of(answer))
        yield from say(Phrase.NOT_FOUND)
    raise TaskOver(tasks.FAILED)


def open_ticket(session: Session, job: Job) -> Flow[None]:
    """Offered to a caller whose ticket is open, before the menus."""
    ticket = session.caller.open_ticket
    if ticket is None:
        return
    if (yield from choose((Phrase.PROGRESS_MENU,), {"1": "progress", "2": "other"})) == "other":
        return
    digits = digits_of(ticket.ticket_no)
    answer = yield from ask(FetchTicketProgress(digits, session.call.caller_number[-4:]))
    if answer.result != "ok":
        yield from refuse(Phrase.NOT_FOUND)
    yield from tell(session, _state_of(answer))


def _reference() -> Flow[tuple[str, str]]:
    digits = yield from key_number(Phrase.ASK_REFERENCE, REFERENCE, 20)
    last4 = yield from key_number(Phrase.ASK_LAST4, LAST4, 4)
    return digits, last4


def _state_of(ticket: TicketProgress) -> Phrase | Saying:
    match ticket.state:
        case "answered":
            return Phrase.PROGRESS_ANSWERED
        case "closed":
            return Phrase.PROGRESS_CLOSED
        case _ if ticket.due is not None:
            return Saying(Template.PROGRESS_WORKING, {"day": Day(ticket.due)})
    return Phrase.PROGRESS_OPEN
