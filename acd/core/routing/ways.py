"""Where a caller goes who cannot wait (any longer), and why. Pure: the dialplan's side turns it into what is heard."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.routing import QueueRule, RoutingTable, Way
from acd.contracts.vocabulary import QueueExit
from acd.core.routing.hours import is_open


@dataclass(frozen=True, slots=True)
class Crowd:
    """The queue as the caller meets it."""

    closed: bool
    """By a supervisor (CloseQueue)."""
    waiting: int
    """Others in front of the door or in the queue; not this caller."""
    signed_in: int
    """Agents of the queue, and of those its callers overflow to."""


@dataclass(frozen=True, slots=True)
class WayOut:
    how: QueueExit
    way: Way


def way_out(rule: QueueRule, table: RoutingTable, crowd: Crowd, now: datetime) -> WayOut | None:
    """For a caller who comes in now; None: may wait here. Who waits already is served, closed or not."""
    if crowd.closed or not is_open(rule.hours, table, now):
        return WayOut(QueueExit.CLOSED, rule.when_closed)
    if rule.when_no_agent is not None and crowd.signed_in == 0:
        return WayOut(QueueExit.NO_AGENT, rule.when_no_agent)
    if rule.most_waiting is not None and crowd.waiting >= rule.most_waiting:
        return WayOut(QueueExit.FULL, rule.when_full)
    return None


def way_out_while_waiting(rule: QueueRule, waited_seconds: float, signed_in: int) -> WayOut | None:
    """For a caller who waits: longer than the queue allows, or with nobody left to answer."""
    if rule.longest_wait_seconds is not None and waited_seconds >= rule.longest_wait_seconds:
        return WayOut(QueueExit.TIMEOUT, rule.when_too_long)
    if rule.when_no_agent is not None and signed_in == 0:
        return WayOut(QueueExit.NO_AGENT, rule.when_no_agent)
    return None
