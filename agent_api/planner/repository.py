"""Traffic added up by the database, half hour by half hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Integer, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

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
    """Calls that entered a queue in one half hour."""

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
    gave_up = Call.abandon_stage.in_(("queue", "ring"))
    query = (
        select(
            slot,
            func.count(),
            func.count(Call.connected_at),
            func.sum(Call.talk_ms + Call.hold_ms),
            func.count().filter(gave_up),
            func.sum(func.coalesce(Call.wait_ms, 0)),
        )
        # The first condition has an index.
        .where(Call.offered_at >= start - timedelta(hours=2), Call.offered_at < end)
        .where(Call.queued_at >= start, Call.queued_at < end, Call.direction == "inbound")
        .group_by(slot)
        .order_by(slot)
    )
    if queue is not None:
        query = query.where(Call.queue == queue)
    return [
        Traffic(
            datetime.fromtimestamp(int(number) * HALF_HOUR, UTC),
            arrivals,
            answered,
            float(handled or 0) / 1000,
            abandoned,
            float(waited or 0) / 1000,
        )
        for number, arrivals, answered, handled, abandoned, waited in await session.execute(query)
    ]
