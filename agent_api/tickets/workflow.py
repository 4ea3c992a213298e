"""The one entrance to the ticket flows: where a ticket starts, what an act makes of it, what may be done now. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agent_api.tickets import complaint_flow, consult_flow
from agent_api.tickets.words import SYSTEM_ACTS, Act, Happening, Level, Refusal, State, Ticket, TicketType

START = {TicketType.COMPLAINT: State.DRAFT, TicketType.CONSULT: State.ASKED}
TABLES = {TicketType.COMPLAINT: complaint_flow.NEXT, TicketType.CONSULT: consult_flow.NEXT}


def start(kind: TicketType, tier: str, level: Level = Level.NORMAL) -> Ticket:
    return Ticket(kind, START[kind], tier, level)


def step(ticket: Ticket, done: Happening) -> Ticket:
    """The ticket after the act. Raises Refusal with a stable code."""
    target = TABLES[ticket.type].get((ticket.state, done.act))
    if target is None:
        raise Refusal("ticket.wrong_state")
    if refusal := _closed_off(ticket, done.act, done.at):
        raise Refusal(refusal)
    flow = complaint_flow if ticket.type is TicketType.COMPLAINT else consult_flow
    flow.check_data(ticket, done)
    moved = replace(ticket, state=target)
    effect = flow.EFFECTS.get(done.act)
    return effect(moved, done) if effect else moved


def rebuild(first: Ticket, happenings: Iterable[Happening]) -> Ticket:
    """The ticket as its timeline tells it."""
    for done in happenings:
        first = step(first, done)
    return first


def allowed(ticket: Ticket, now: datetime) -> list[Act]:
    """What a person could do now, in the order of the table; roles are not its business."""
    return [
        act
        for state, act in TABLES[ticket.type]
        if state is ticket.state and act not in SYSTEM_ACTS and not _closed_off(ticket, act, now)
    ]


def needs(ticket: Ticket, act: Act) -> tuple[str, ...]:
    """Fields a form must ask for."""
    table = complaint_flow.NEEDS if ticket.type is TicketType.COMPLAINT else consult_flow.NEEDS
    return table.get(act, ())


def _closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:
    if ticket.type is TicketType.COMPLAINT:
        return complaint_flow.closed_off(ticket, act, now)
    return consult_flow.closed_off(ticket, act)
