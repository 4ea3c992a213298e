"""What waits in the pool, how long one may hold it, when it is too much. Pure."""

from datetime import timedelta
from enum import StrEnum

from agent_api.tickets.words import State

LEASE = timedelta(minutes=30)
MINUTES_A_PIECE = 10
ALARM_MINUTES = 120
WAITING = frozenset(
    {
        State.AUDITING, State.RETURNED, State.DISPATCHED, State.REPLIED, State.RESULT_AUDIT, State.REPROCESSING,
        State.CALLBACK, State.REOPENED, State.ASKED, State.FORWARDED, State.NEW, State.REPORTED, State.PRE_CHECKED,
        State.REPAIRED, State.CUSTOMER_CONFIRM,
    }
)  # fmt: skip
"""States in which somebody of the back office should take a ticket that nobody has."""


class Mistake(StrEnum):
    """Why work goes back to the front line."""

    INFO_MISSING = "INFO_MISSING"
    WRONG_TYPE = "WRONG_TYPE"
    SOLVABLE_ONLINE = "SOLVABLE_ONLINE"
    NOT_IDENTIFIED = "NOT_IDENTIFIED"


def backlog_minutes(waiting: int, people: int) -> float:
    """Work that waits for each of them."""
    return waiting * MINUTES_A_PIECE / max(people, 1)
