"""What a waiting entry asks for now, and when that changes by itself. Pure; conditions of the floor come as figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from acd.contracts.ids import AgentId, QueueName
from acd.contracts.routing import Overflow, QueueRule, When
from acd.core.routing.entry import Entry
from acd.core.routing.needs import Ask, ask_of
from acd.core.routing.rules import Rules


class Figures(Protocol):
    """What overflow conditions look at."""

    def signed_in(self, queue: QueueName) -> int: ...

    def ready(self, queue: QueueName) -> int: ...

    def waiting(self, queue: QueueName) -> int: ...

    def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Stage:
    asks: tuple[Ask, ...]
    """Its own queue's first."""
    only: tuple[AgentId, ...]
    """For the time being these agents alone, best first."""
    next_at: datetime | None
    """When time alone will widen it again."""


def reach_after(rule: QueueRule, waited: float) -> int:
    return max((circle.reach for circle in rule.circles if circle.after_seconds <= waited), default=0)


def stage(entry: Entry, rules: Rules, only: tuple[AgentId, ...], now: datetime) -> Stage:
    """`only`: who of the preferred agents is worth waiting for."""
    rule, waited = rules.queue(entry.queue), entry.waited(now)
    if entry.pinned is not None:
        return Stage((), (entry.pinned,), None)
    if waited >= rule.last_agent_seconds:
        only = ()
    root = rules.root(entry.center, reach_after(rule, waited))
    serving = (rule, *(rules.queue(name) for name in entry.opened))
    asks = (ask_of(each, waited, root, rule.strategy) for each in serving)
    coming = [after for after in _moments(entry, rule, rules) if after > waited]
    next_at = entry.joined + timedelta(seconds=min(coming)) if coming else None
    return Stage(tuple(dict.fromkeys(asks)), only, next_at)


def _moments(entry: Entry, rule: QueueRule, rules: Rules) -> Iterator[float]:
    """Seconds after joining at which something may widen."""
    if entry.manager is not None or entry.last_agent is not None:
        yield rule.last_agent_seconds
    for circle in rule.circles:
        yield circle.after_seconds
    for overflow in rule.overflows:
        yield overflow.after_seconds
    for name in (rule.name, *entry.opened):
        for need in rules.queue(name).skills:
            for relax in need.relax:
                yield relax.after_seconds


def due_overflows(entry: Entry, rule: QueueRule, now: datetime) -> tuple[Overflow, ...]:
    """Those whose time has come and that are not open yet."""
    waited = entry.waited(now)
    return tuple(
        overflow
        for overflow in rule.overflows
        if overflow.after_seconds <= waited and overflow.to_queue not in (entry.queue, *entry.opened)
    )


def holds(overflow: Overflow, queue: QueueName, ahead: int, figures: Figures) -> bool:
    match overflow.when:
        case When.ALWAYS:
            return True
        case When.NO_AGENT:
            return figures.signed_in(queue) == 0
        case When.NONE_READY:
            return figures.ready(queue) == 0
        case When.EXPECTED_WAIT_OVER:
            seconds = figures.expected_wait_seconds(queue, ahead)
            return seconds is None or seconds > overflow.threshold
        case When.WAITING_PER_AGENT_OVER:
            return figures.waiting(queue) > overflow.threshold * figures.signed_in(queue)
