"""The fault machine of requirements.md 2.13: checked, dispatched, repaired, confirmed by the customer. Pure."""

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
    overdue,
    require,
    too_late_to_reopen,
)
from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket

S, A = State, Act
START = S.REPORTED
OPEN = (S.REPORTED, S.PRE_CHECKED, S.DISPATCHED, S.IN_REPAIR, S.REPAIRED, S.CUSTOMER_CONFIRM)
BROKEN = (S.REPORTED, S.PRE_CHECKED, S.DISPATCHED, S.IN_REPAIR)
RETURN_REASONS = frozenset({"WRONG_UNIT", "INFO_MISSING", "DUPLICATE", "WRONG_CITY"})
MAX_RETURNS = 2

NEXT: dict[tuple[State, Act], State] = {
    (S.REPORTED, A.PRE_CHECK): S.PRE_CHECKED,
    (S.PRE_CHECKED, A.PRE_CHECK): S.PRE_CHECKED,
    (S.REPORTED, A.SOLVE_ONLINE): S.CLOSED,
    (S.PRE_CHECKED, A.SOLVE_ONLINE): S.CLOSED,
    (S.REPORTED, A.ASSIGN): S.DISPATCHED,
    (S.PRE_CHECKED, A.ASSIGN): S.DISPATCHED,
    (S.DISPATCHED, A.ACCEPT): S.IN_REPAIR,
    (S.DISPATCHED, A.RETURN): S.PRE_CHECKED,
    (S.DISPATCHED, A.ASSIGN): S.DISPATCHED,
    (S.IN_REPAIR, A.CONTACT): S.IN_REPAIR,
    (S.IN_REPAIR, A.REPAIR): S.REPAIRED,
    (S.REPAIRED, A.ASK_CUSTOMER): S.CUSTOMER_CONFIRM,
    (S.CUSTOMER_CONFIRM, A.SATISFIED): S.CLOSED,
    (S.CUSTOMER_CONFIRM, A.UNREACHED): S.CUSTOMER_CONFIRM,
    (S.CUSTOMER_CONFIRM, A.NOT_FIXED): S.IN_REPAIR,
    (S.CLOSED, A.REOPEN): S.IN_REPAIR,
    **in_each(OPEN, (A.COMMENT, A.URGE, A.OVERDUE, A.WARN, A.HAND_OVER)),
    **in_each(BROKEN, (A.JOIN, A.LEAVE)),
    **{(state, A.FOLLOW): S.REPAIRED for state in BROKEN},  # the mass fault it belongs to was repaired
    **in_each((*OPEN, S.CLOSED, S.CANCELLED), (A.CORRESPOND,)),
    **{(state, A.WITHDRAW): S.CANCELLED for state in OPEN},
}

NEEDS: dict[Act, tuple[str, ...]] = {
    A.PRE_CHECK: ("line_test", "remote_reset?"),
    A.SOLVE_ONLINE: ("consent",),
    A.ASSIGN: ("target", "owner?"),
    A.RETURN: ("reason",),
    A.COMMENT: ("comment",),
    A.REPAIR: ("result",),
    A.SATISFIED: ("satisfaction?",),
    A.NOT_FIXED: ("comment",),
    A.JOIN: ("parent",),
    A.HAND_OVER: ("owner?",),
}


def closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:
    match act:
        case A.REOPEN if too_late_to_reopen(ticket, now):
            return "ticket.too_late"
        case A.RETURN if ticket.returns >= MAX_RETURNS:
            return "ticket.no_more_returns"
        case A.JOIN if ticket.parent:
            return "ticket.has_parent"
        case A.LEAVE | A.FOLLOW if not ticket.parent:
            return "ticket.no_parent"
        case _:
            return None


def check_data(_ticket: Ticket, done: Happening) -> None:
    check_shared(done)
    match done.act:
        case A.PRE_CHECK:
            require(done, "ticket.result_required", "line_test")
        case A.SOLVE_ONLINE if done.data.get("consent") != "yes":
            raise Refusal("ticket.consent_required")
        case A.RETURN if done.data.get("reason") not in RETURN_REASONS:
            raise Refusal("ticket.reason_required")
        case A.REPAIR:
            require(done, "ticket.result_required", "result")
        case A.NOT_FIXED if not done.comment.strip():
            raise Refusal("ticket.comment_required")
        case _:
            pass


def _repaired(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, result=done.data.get("result", ticket.result), owner="", urged_at=None)


def _overdue(ticket: Ticket, done: Happening) -> Ticket:
    """Telecom regulations, article 32: the customer is told, and pays no monthly fee for these days."""
    return replace(overdue(ticket, done), waive_fee=True)


EFFECTS: dict[Act, Effect] = {
    **EVERYWHERE,
    A.SOLVE_ONLINE: closed,
    A.ASSIGN: assigned,
    A.ACCEPT: accepted,
    A.RETURN: lambda ticket, _: replace(ticket, returns=ticket.returns + 1, owner="", target="", target_tier=""),
    A.REPAIR: _repaired,
    A.FOLLOW: _repaired,
    A.NOT_FIXED: lambda ticket, _: replace(ticket, not_fixed=ticket.not_fixed + 1, owner=ticket.handler),
    A.REOPEN: lambda ticket, _: new_round(ticket),
    A.OVERDUE: _overdue,
}
