"""Effects and checks that several flows share. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket

Effect = Callable[[Ticket, Happening], Ticket]
REOPEN_WITHIN = timedelta(days=30)
UNREACHED_ATTEMPTS = 3
UNREACHED_DAYS = 2
SATISFACTION = frozenset({"satisfied", "neutral"})


def in_each(states: Iterable[State], acts: Iterable[Act]) -> dict[tuple[State, Act], State]:
    """These acts, which change no state, in each of these states."""
    chosen = tuple(acts)
    return {(state, act): state for state in states for act in chosen}


def moment(text: str) -> datetime | None:
    """An aware ISO time, or None."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def too_late_to_reopen(ticket: Ticket, now: datetime) -> bool:
    return ticket.closed_at is not None and now - ticket.closed_at > REOPEN_WITHIN


def require(done: Happening, code: str, *names: str) -> None:
    if not all(done.data.get(name, "").strip() for name in names):
        raise Refusal(code)


def require_comment(done: Happening) -> None:
    if not done.comment.strip():
        raise Refusal("ticket.comment_required")


def check_shared(done: Happening) -> None:
    """What the acts that every flow knows need."""
    match done.act:
        case Act.COMMENT | Act.REFUSE | Act.DAILY_REPORT | Act.CORRESPOND:
            require_comment(done)
        case Act.ASSIGN | Act.REASSIGN | Act.FORWARD:
            require(done, "ticket.target_required", "target")
        case Act.JOIN | Act.NAME_LEADER:
            require(done, "ticket.target_required", "parent" if done.act is Act.JOIN else "leader")
        case Act.SATISFIED if done.data.get("satisfaction", "satisfied") not in SATISFACTION:
            raise Refusal("ticket.reason_required")
        case _:
            pass


def closed(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, closed_at=done.at, owner="", urged_at=None, subtasks=())


def satisfied(ticket: Ticket, done: Happening) -> Ticket:
    return replace(closed(ticket, done), satisfaction=done.data.get("satisfaction", "satisfied"))


def assigned(ticket: Ticket, done: Happening) -> Ticket:
    """To a unit's pool, or to one person of it."""
    return replace(
        ticket,
        target=done.data["target"],
        target_tier=done.data.get("target_tier", ""),
        leader=done.data.get("leader", ticket.leader),
        owner=done.data.get("owner", ""),
        handler="",
    )


def accepted(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, owner=done.actor, handler=done.actor)


def handed_over(ticket: Ticket, done: Happening) -> Ticket:
    """To a colleague, or back into the pool."""
    return replace(ticket, owner=done.data.get("owner", ""))


def urged(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, urges=ticket.urges + 1, urged_at=ticket.urged_at or done.at)


def commented(ticket: Ticket, _done: Happening) -> Ticket:
    return replace(ticket, urged_at=None)


def said(ticket: Ticket, done: Happening) -> Ticket:
    key = f"{done.data.get('clock', 'operational')}:{done.data.get('percent', '100')}"
    return replace(ticket, said=ticket.said | {key})


def overdue(ticket: Ticket, done: Happening) -> Ticket:
    return replace(said(ticket, done), overdue=True)


def replied(ticket: Ticket, done: Happening) -> Ticket:
    contacted = ticket.contacted_at or (done.at if done.data.get("contacted") == "yes" else None)
    return replace(
        ticket,
        result=done.data["result"],
        duty_reason=done.data.get("duty_reason", ""),
        contacted_at=contacted,
        owner="",
        urged_at=None,
        suspension_asked=None,
    )


def unreached(ticket: Ticket, done: Happening) -> Ticket:
    """Counts the attempt; three on two days close it."""
    days = (*ticket.unreached_on, done.at.date())
    tried = replace(ticket, unreached_on=days)
    if len(days) < UNREACHED_ATTEMPTS or len(set(days)) < UNREACHED_DAYS:
        return tried
    return replace(closed(tried, done), state=State.CLOSED, closed_unreached=True, satisfaction="unreached")


def new_round(ticket: Ticket) -> Ticket:
    """Counted anew: returns, call-backs, warnings."""
    return replace(
        ticket,
        round=ticket.round + 1, closed_at=None, closed_unreached=False, unreached_on=(), returns=0, overruled=False,
        owner="", handler="", overdue=False, said=frozenset(), satisfaction="", contacted_at=None,
    )  # fmt: skip


def joined(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, parent=done.data["parent"])


def led(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, leader=done.data["leader"])


EVERYWHERE: Mapping[Act, Effect] = {
    Act.URGE: urged,
    Act.COMMENT: commented,
    Act.WARN: said,
    Act.OVERDUE: overdue,
    Act.HAND_OVER: handed_over,
    Act.NAME_LEADER: led,
    Act.JOIN: joined,
    Act.LEAVE: lambda ticket, _: replace(ticket, parent=""),
    Act.CONTACT: lambda ticket, done: replace(ticket, contacted_at=ticket.contacted_at or done.at),
    Act.WITHDRAW: closed,
    Act.REFUSE: closed,
    Act.UNREACHED: unreached,
    Act.SATISFIED: satisfied,
}
"""What these acts do in whatever flow knows them."""
