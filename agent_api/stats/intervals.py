"""Traffic by interval: offered calls count when they came in, the rest when the caller asked for an agent. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_api.stats.facts import CallFact
from agent_api.stats.formulas import ANSWER_SECONDS, abandoned_waiting, answered_within


@dataclass(slots=True)
class Interval:
    start: datetime
    offered: int = 0
    queued: int = 0
    answered: int = 0
    abandoned: int = 0
    answered_15s: int = 0
    incomplete: bool = False


def intervals(
    calls: Iterable[CallFact],
    start: datetime,
    end: datetime,
    length: timedelta,
    is_incomplete: Callable[[datetime, datetime], bool],
) -> list[Interval]:
    """Every interval of [start, end), empty ones too. `is_incomplete` says whether events of a time are missing."""
    count = max(0, -(-(end - start) // length))
    rows = [Interval(start + index * length) for index in range(count)]
    for row in rows:
        row.incomplete = is_incomplete(row.start, min(row.start + length, end))

    def row_of(at: datetime) -> Interval | None:
        index = (at - start) // length
        return rows[index] if 0 <= index < count else None

    for call in calls:
        if came := row_of(call.t_in):
            came.offered += 1
            came.incomplete = came.incomplete or call.incomplete
        if call.t_req is not None and (asked := row_of(call.t_req)):
            asked.queued += 1
            asked.answered += call.is_agent_anw
            asked.abandoned += abandoned_waiting(call)
            asked.answered_15s += answered_within(call, ANSWER_SECONDS)
    return rows
