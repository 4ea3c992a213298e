"""The machine of faults, messages, reports and our own work items: new, working, answered, closed. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket

S, A = State, Act

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
}

OPEN = (S.NEW, S.WORKING)
for _state in OPEN:
    for _act in (A.URGE, A.OVERDUE, A.WARN):
        NEXT[_state, _act] = _state
    NEXT[_state, A.WITHDRAW] = S.CANCELLED

NEEDS: dict[Act, tuple[str, ...]] = {
    A.ANSWER: ("result",),
    A.REPLY: ("result",),
    A.COMMENT: ("comment",),
    A.ASSIGN: ("target",),
}
REOPEN_WITHIN = timedelta(days=30)


def closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:
    if act is A.REOPEN and ticket.closed_at is not None and now - ticket.closed_at > REOPEN_WITHIN:
        return "ticket.too_late"
    return None


def check_data(ticket: Ticket, done: Happening) -> None:
    if done.act in (A.ANSWER, A.REPLY) and not done.data.get("result"):
        raise Refusal("ticket.result_required")
    if done.act is A.COMMENT and not done.comment.strip():
        raise Refusal("ticket.comment_required")
    if done.act is A.ASSIGN and not done.data.get("target"):
        raise Refusal("ticket.target_required")


def _answered(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, result=done.data["result"], closed_at=done.at)


EFFECTS: dict[Act, Callable[[Ticket, Happening], Ticket]] = {
    A.ANSWER: _answered,
    A.REPLY: _answered,
    A.CLOSE: lambda ticket, done: replace(ticket, closed_at=ticket.closed_at or done.at),
    A.ASSIGN: lambda ticket, done: replace(ticket, target=done.data["target"]),
    A.REOPEN: lambda ticket, _: replace(ticket, round=ticket.round + 1, closed_at=None),
    A.WITHDRAW: lambda ticket, done: replace(ticket, closed_at=done.at),
    A.URGE: lambda ticket, _: replace(ticket, urges=ticket.urges + 1),
    A.OVERDUE: lambda ticket, _: replace(ticket, overdue=True),
}
