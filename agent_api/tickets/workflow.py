"""The one entrance to the ticket flows: where a ticket starts, what an act makes of it, what may be done now. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from agent_api.tickets import complaint_flow, consult_flow, simple_flow
from agent_api.tickets.words import SYSTEM_ACTS, Act, Happening, Level, Refusal, State, Ticket, TicketType


class Flow(Protocol):
    """One of the *_flow modules."""

    @property
    def NEXT(self) -> Mapping[tuple[State, Act], State]: ...  # noqa: N802 - a module's constant
    @property
    def NEEDS(self) -> Mapping[Act, tuple[str, ...]]: ...  # noqa: N802
    @property
    def EFFECTS(self) -> Mapping[Act, Callable[[Ticket, Happening], Ticket]]: ...  # noqa: N802
    def closed_off(self, ticket: Ticket, act: Act, now: datetime, /) -> str | None: ...
    def check_data(self, ticket: Ticket, done: Happening, /) -> None: ...


START = dict.fromkeys(TicketType, State.NEW) | {TicketType.COMPLAINT: State.DRAFT, TicketType.CONSULT: State.ASKED}
FLOWS: dict[TicketType, Flow] = {
    **dict.fromkeys(TicketType, simple_flow),
    TicketType.COMPLAINT: complaint_flow,
    TicketType.CONSULT: consult_flow,
}


def start(kind: TicketType, tier: str, level: Level = Level.NORMAL) -> Ticket:
    return Ticket(kind, START[kind], tier, level)


def step(ticket: Ticket, done: Happening) -> Ticket:
    """The ticket after the act. Raises Refusal with a stable code."""
    flow = FLOWS[ticket.type]
    target = flow.NEXT.get((ticket.state, done.act))
    if target is None:
        raise Refusal("ticket.wrong_state")
    if refusal := flow.closed_off(ticket, done.act, done.at):
        raise Refusal(refusal)
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
        for state, act in FLOWS[ticket.type].NEXT
        if state is ticket.state and act not in SYSTEM_ACTS and not FLOWS[ticket.type].closed_off(ticket, act, now)
    ]


def needs(ticket: Ticket, act: Act) -> tuple[str, ...]:
    """Fields a form must ask for."""
    return FLOWS[ticket.type].NEEDS.get(act, ())
