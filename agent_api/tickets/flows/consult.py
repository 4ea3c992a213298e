"""The consultation machine of requirements.md 2.2. Pure."""

from dataclasses import replace
from datetime import datetime

from agent_api.tickets.flows.parts import EVERYWHERE, Effect, assigned, check_shared, closed, in_each, replied, require
from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket

S, A = State, Act
START = S.ASKED
OPEN = (S.ASKED, S.FORWARDED, S.REPLIED)
NOT_NATIONAL = "NOT_NATIONAL"

NEXT: dict[tuple[State, Act], State] = {
    (S.ASKED, A.ANSWER): S.ANSWERED,
    (S.ASKED, A.FORWARD): S.FORWARDED,
    (S.FORWARDED, A.ACCEPT): S.FORWARDED,
    (S.FORWARDED, A.COMMENT): S.FORWARDED,
    (S.FORWARDED, A.REPLY): S.REPLIED,
    (S.FORWARDED, A.NOT_NATIONAL): S.ASKED,
    (S.REPLIED, A.NOTIFY): S.NOTIFIED,
    (S.NOTIFIED, A.ARCHIVE): S.ARCHIVED,
    (S.ANSWERED, A.ARCHIVE): S.ARCHIVED,
    **in_each(OPEN, (A.URGE, A.OVERDUE, A.WARN, A.HAND_OVER)),
    **in_each((*OPEN, S.ANSWERED, S.NOTIFIED, S.ARCHIVED, S.CANCELLED), (A.CORRESPOND,)),
    **{(state, A.WITHDRAW): S.CANCELLED for state in OPEN},
}

NEEDS: dict[Act, tuple[str, ...]] = {
    A.ANSWER: ("result",),
    A.REPLY: ("result", "to_knowledge?"),
    A.FORWARD: ("target",),
    A.COMMENT: ("comment",),
    A.HAND_OVER: ("owner?",),
}


def closed_off(ticket: Ticket, act: Act, _now: datetime) -> str | None:
    """Only the national centre can say that a question is not a national one."""
    national = "N" in (ticket.target_tier, ticket.target)
    return "ticket.wrong_state" if act is A.NOT_NATIONAL and not national else None


def check_data(_ticket: Ticket, done: Happening) -> None:
    check_shared(done)
    if done.act in (A.ANSWER, A.REPLY):
        require(done, "ticket.result_required", "result")
    if done.act is A.NOT_NATIONAL and done.data.get("reason", NOT_NATIONAL) != NOT_NATIONAL:
        raise Refusal("ticket.reason_required")


EFFECTS: dict[Act, Effect] = {
    **EVERYWHERE,
    A.ANSWER: lambda ticket, done: replace(closed(ticket, done), result=done.data["result"]),
    A.FORWARD: assigned,
    A.ACCEPT: lambda ticket, done: replace(ticket, owner=done.actor, handler=done.actor),
    A.REPLY: replied,
    A.NOT_NATIONAL: lambda ticket, _: replace(ticket, target="", target_tier="", owner="", returns=ticket.returns + 1),
    A.NOTIFY: closed,
}
