"""The machine of messages, suggestions, praise, reports and work of our own: new, working, answered, closed. Pure."""

from dataclasses import replace
from datetime import datetime

from agent_api.tickets.flows.parts import (
    EVERYWHERE,
    Effect,
    accepted,
    assigned,
    check_shared,
    closed,
    in_each,
    new_round,
    require,
    too_late_to_reopen,
)
from agent_api.tickets.words import Act, Happening, State, Ticket

S, A = State, Act
START = S.NEW
OPEN = (S.NEW, S.WORKING)

NEXT: dict[tuple[State, Act], State] = {
    (S.NEW, A.ACCEPT): S.WORKING,
    (S.NEW, A.ANSWER): S.ANSWERED,
    (S.NEW, A.CLOSE): S.CLOSED,
    (S.NEW, A.ASSIGN): S.NEW,
    (S.WORKING, A.COMMENT): S.WORKING,
    (S.WORKING, A.REPLY): S.ANSWERED,
    (S.WORKING, A.CLOSE): S.CLOSED,
    (S.WORKING, A.ASSIGN): S.NEW,
    (S.ANSWERED, A.CLOSE): S.CLOSED,
    (S.ANSWERED, A.REOPEN): S.WORKING,
    (S.CLOSED, A.REOPEN): S.WORKING,
    **in_each(OPEN, (A.URGE, A.OVERDUE, A.WARN, A.HAND_OVER)),
    **in_each((*OPEN, S.ANSWERED, S.CLOSED, S.CANCELLED), (A.CORRESPOND,)),
    **{(state, A.WITHDRAW): S.CANCELLED for state in OPEN},
}

NEEDS: dict[Act, tuple[str, ...]] = {
    A.ANSWER: ("result",),
    A.REPLY: ("result",),
    A.COMMENT: ("comment",),
    A.ASSIGN: ("target", "owner?"),
    A.HAND_OVER: ("owner?",),
}


def closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:
    return "ticket.too_late" if act is A.REOPEN and too_late_to_reopen(ticket, now) else None


def check_data(_ticket: Ticket, done: Happening) -> None:
    check_shared(done)
    if done.act in (A.ANSWER, A.REPLY):
        require(done, "ticket.result_required", "result")


def _answered(ticket: Ticket, done: Happening) -> Ticket:
    return replace(closed(ticket, done), result=done.data["result"])


EFFECTS: dict[Act, Effect] = {
    **EVERYWHERE,
    A.ACCEPT: accepted,
    A.ANSWER: _answered,
    A.REPLY: _answered,
    A.CLOSE: lambda ticket, done: replace(closed(ticket, done), closed_at=ticket.closed_at or done.at),
    A.ASSIGN: assigned,
    A.REOPEN: lambda ticket, done: replace(new_round(ticket), owner=done.actor),
}
