"""Traffic added up by the database, half hour by half hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from acd.contracts.vocabulary import AgentState
from agent_api.agents.models import AgentSpan
from agent_api.calls.models import Call

HALF_HOUR = 1800


class _Seconds(FunctionElement[int]):
    """Whole seconds since 1970 of a time column."""

    type = Integer()
    inherit_cache = True


@compiles(_Seconds, "sqlite")
def _on_sqlite(element: _Seconds, compiler: SQLCompiler, **kwargs: object) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **kwargs)}) AS INTEGER)"


@compiles(_Seconds, "postgresql")
def _on_postgresql(element: _Seconds, compiler: SQLCompiler, **kwargs: object) -> str:
    return f"CAST(floor(extract(epoch from {compiler.process(element.clauses, **kwargs)})) AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Traffic:
    """Calls that entered a queue in one half hour, or another time."""

    start: datetime
    arrivals: int
    answered: int
    handled_seconds: float
    """Talk and hold."""
    abandoned: int
    waited_seconds: float
    """Of all of them, also of those who gave up."""


async def traffic(session: AsyncSession, start: datetime, end: datetime, queue: str | None) -> Sequence[Traffic]:
    slot = (_Seconds(Call.queued_at) // HALF_HOUR).label("slot")
    query = _added_up(start, end, slot).order_by(slot)
    if queue is not None:
        query = query.where(Call.queue == queue)
    return [
        _traffic(datetime.fromtimestamp(int(number) * HALF_HOUR, UTC), sums)
        for number, *sums in await session.execute(query)
    ]


async def traffic_by_queue(session: AsyncSession, start: datetime, end: datetime) -> dict[str, Traffic]:
    """All of the time as one."""
    return {
        queue: _traffic(start, sums)
        for queue, *sums in await session.execute(_added_up(start, end, Call.queue))
        if queue is not None
    }


async def mean_wrap_up_seconds(session: AsyncSession, since: datetime) -> float:
    length = _Seconds(AgentSpan.ended_at) - _Seconds(AgentSpan.started_at)
    query = select(func.avg(length)).where(AgentSpan.ended_at >= since, AgentSpan.state == AgentState.WRAP_UP.value)
    return float(await session.scalar(query) or 0)


def _added_up(start: datetime, end: datetime, by: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    gave_up = Call.abandon_stage.in_(("queue", "ring"))
    return (
        select(
            by,
            func.count(),
            func.count(Call.connected_at),
            func.sum(Call.talk_ms + Call.hold_ms),
            func.count().filter(gave_up),
            func.sum(func.coalesce(Call.wait_ms, 0)),
        )
        # The first condition has an index.
        .where(Call.offered_at >= start - timedelta(hours=2), Call.offered_at < end)
        .where(Call.queued_at >= start, Call.queued_at < end, Call.direction == "inbound")
        .group_by(by)
    )


def _traffic(start: datetime, sums: Sequence[Any]) -> Traffic:
    arrivals, answered, handled, abandoned, waited = sums
    return Traffic(start, arrivals, answered, float(handled or 0) / 1000, abandoned, float(waited or 0) / 1000)
