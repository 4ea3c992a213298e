"""The consultation machine of requirements.md 2.2. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket

S, A = State, Act

NEXT: dict[tuple[State, Act], State] = {
    (S.ASKED, A.ANSWER): S.ANSWERED,
    (S.ASKED, A.FORWARD): S.FORWARDED,
    (S.FORWARDED, A.REPLY): S.REPLIED,
    (S.FORWARDED, A.NOT_NATIONAL): S.ASKED,
    (S.REPLIED, A.NOTIFY): S.NOTIFIED,
    (S.NOTIFIED, A.ARCHIVE): S.ARCHIVED,
    (S.ANSWERED, A.ARCHIVE): S.ARCHIVED,
}

OPEN = (S.ASKED, S.FORWARDED, S.REPLIED)
for _state in OPEN:
    NEXT[_state, A.WITHDRAW] = S.CANCELLED
    NEXT[_state, A.URGE] = _state
    NEXT[_state, A.OVERDUE] = _state
    NEXT[_state, A.WARN] = _state

NEEDS: dict[Act, tuple[str, ...]] = {A.ANSWER: ("result",), A.REPLY: ("result",), A.FORWARD: ("target",)}


def closed_off(ticket: Ticket, act: Act, _now: datetime) -> str | None:
    """Only the national centre can say that a question is not a national one."""
    national = "N" in (ticket.target_tier, ticket.target)
    return "ticket.wrong_state" if act is A.NOT_NATIONAL and not national else None


def check_data(_ticket: Ticket, done: Happening) -> None:
    if done.act in (A.ANSWER, A.REPLY) and not done.data.get("result"):
        raise Refusal("ticket.result_required")
    if done.act is A.FORWARD and not done.data.get("target"):
        raise Refusal("ticket.target_required")


EFFECTS: dict[Act, Callable[[Ticket, Happening], Ticket]] = {
    A.ANSWER: lambda ticket, done: replace(ticket, result=done.data["result"], closed_at=done.at),
    A.FORWARD: lambda ticket, done: replace(
        ticket, target=done.data["target"], target_tier=done.data.get("target_tier", "")
    ),
    A.REPLY: lambda ticket, done: replace(ticket, result=done.data["result"]),
    A.NOT_NATIONAL: lambda ticket, _: replace(ticket, target="", target_tier=""),
    A.NOTIFY: lambda ticket, done: replace(ticket, closed_at=done.at),
    A.WITHDRAW: lambda ticket, done: replace(ticket, closed_at=done.at),
    A.URGE: lambda ticket, _: replace(ticket, urges=ticket.urges + 1),
    A.OVERDUE: lambda ticket, _: replace(ticket, overdue=True),
}
