"""The states of requirements.md 2.12 as a view on work: read from what a piece of work is, never stored. Pure.

A ticket has its own machine and its timeline decides; a second one beside it could only disagree (DECISIONS 32).
"""

from dataclasses import dataclass
from enum import StrEnum

from agent_api.channels.flow import State as ContactState
from agent_api.orders.workflow import State as OrderState
from agent_api.tickets.words import State
from agent_api.visits.flow import State as VisitState


class Stage(StrEnum):
    POOLED = "POOLED"
    CLAIMED = "CLAIMED"
    VERIFYING = "VERIFYING"
    SOLVED = "SOLVED"
    DISPATCHED = "DISPATCHED"
    MERGED = "MERGED"
    ORDER_SUBMITTED = "ORDER_SUBMITTED"
    RETURNED_TO_FRONT = "RETURNED_TO_FRONT"
    TRACKING = "TRACKING"
    REPLY_READY = "REPLY_READY"
    CUSTOMER_TOLD = "CUSTOMER_TOLD"
    ARCHIVED = "ARCHIVED"


STAGE_TITLES = {
    Stage.POOLED: "待领取",
    Stage.CLAIMED: "已领取",
    Stage.VERIFYING: "核实中",
    Stage.SOLVED: "已解决",
    Stage.DISPATCHED: "已派发",
    Stage.MERGED: "已合并",
    Stage.ORDER_SUBMITTED: "已转受理",
    Stage.RETURNED_TO_FRONT: "已退前台",
    Stage.TRACKING: "跟踪中",
    Stage.REPLY_READY: "待答复",
    Stage.CUSTOMER_TOLD: "已告知",
    Stage.ARCHIVED: "已归档",
}


class Kind(StrEnum):
    """What waits in the pool; a message left by voice is a ticket, and shown as what it is."""

    TICKET = "ticket"
    MESSAGE = "message"
    CONTACT = "contact"
    MISSED = "missed"
    VISIT = "visit"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a ticket besides its state."""

    held: bool = False
    """Somebody took it and has not begun."""
    owned: bool = False
    returned: bool = False
    """With the front line again, which made a mistake."""
    merged: bool = False
    orders: tuple[str, ...] = ()
    """States of the orders that were placed to settle it."""


S = State
AT_OUR_DESK = frozenset({S.DRAFT, S.ACCEPTED, S.AUDITING, S.RETURNED, S.REOPENED, S.ASKED, S.NEW, S.REPORTED})
"""States in which the pool itself must do something first."""
AWAY = frozenset({S.PROCESSING, S.INFO_REQUIRED, S.SUSPENDED, S.REPROCESSING, S.IN_REPAIR, S.FORWARDED, S.WORKING})
FIXED = {
    S.DISPATCHED: Stage.DISPATCHED,
    S.PRE_CHECKED: Stage.VERIFYING,
    S.REPLIED: Stage.REPLY_READY,
    S.RESULT_AUDIT: Stage.REPLY_READY,
    S.REPAIRED: Stage.REPLY_READY,
    S.CALLBACK: Stage.CUSTOMER_TOLD,
    S.CUSTOMER_CONFIRM: Stage.CUSTOMER_TOLD,
    S.NOTIFIED: Stage.CUSTOMER_TOLD,
    S.ANSWERED: Stage.SOLVED,
    S.CLOSED: Stage.SOLVED,
    S.CANCELLED: Stage.ARCHIVED,
    S.REJECTED: Stage.ARCHIVED,
    S.ARCHIVED: Stage.ARCHIVED,
}
ORDER_RUNS = frozenset({OrderState.IN_PROGRESS.value, OrderState.INFO_REQUIRED.value})
ORDER_OVER = frozenset({"COMPLETED", "FAILED", "REJECTED", "CANCELLED", "NOTIFIED", "ARCHIVED"})


def of_ticket(state: State, seen: Seen) -> Stage:
    if seen.merged:
        return Stage.MERGED
    if (state in AT_OUR_DESK or state in AWAY) and seen.orders:
        return _of_orders(seen.orders)
    if state in FIXED:
        return FIXED[state]
    if state in AWAY:
        return Stage.TRACKING
    if seen.returned:
        return Stage.RETURNED_TO_FRONT
    return Stage.CLAIMED if seen.held else Stage.VERIFYING if seen.owned else Stage.POOLED


def _of_orders(states: tuple[str, ...]) -> Stage:
    if all(state in ORDER_OVER for state in states):
        return Stage.REPLY_READY
    return Stage.TRACKING if any(state in ORDER_RUNS for state in states) else Stage.ORDER_SUBMITTED


def of_contact(state: ContactState, held: bool) -> Stage:
    match state:
        case ContactState.ARCHIVED | ContactState.SPAM:
            return Stage.ARCHIVED
        case ContactState.SENT:
            return Stage.CUSTOMER_TOLD
        case ContactState.REPLY_DRAFT | ContactState.APPROVED:
            return Stage.REPLY_READY
        case ContactState.PROCESSING:
            return Stage.VERIFYING
        case ContactState.ASSIGNED:
            return Stage.CLAIMED
        case _:
            return Stage.CLAIMED if held else Stage.POOLED


def of_order(state: OrderState, held: bool) -> Stage:
    match state:
        case OrderState.SUBMITTED | OrderState.FAILED:
            return Stage.CLAIMED if held else Stage.POOLED
        case OrderState.IN_PROGRESS:
            return Stage.VERIFYING if held else Stage.TRACKING
        case OrderState.INFO_REQUIRED:
            return Stage.TRACKING
        case OrderState.COMPLETED:
            return Stage.REPLY_READY
        case OrderState.NOTIFIED:
            return Stage.CUSTOMER_TOLD
        case OrderState.ARCHIVED | OrderState.CANCELLED | OrderState.REJECTED:
            return Stage.ARCHIVED
        case _:
            return Stage.VERIFYING


def of_visit(state: VisitState) -> Stage:
    match state:
        case VisitState.PLANNED:
            return Stage.POOLED
        case VisitState.CALLING:
            return Stage.CLAIMED
        case VisitState.DONE:
            return Stage.CUSTOMER_TOLD
        case VisitState.CANCELLED:
            return Stage.ARCHIVED


def of_missed(held: bool, promised: bool) -> Stage:
    """A promise to call back is kept by the telephone side."""
    return Stage.TRACKING if promised else Stage.CLAIMED if held else Stage.POOLED
