"""A day's plan out of stored traffic, what callers can expect now, and what-if. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import floor
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.snapshots import QueueSnapshot
from agent_api.agents import service as agents
from agent_api.auth import service as auth
from agent_api.planner import repository
from agent_api.planner.erlang import Goal, Load, Model, agents_needed, model_for, rostered
from agent_api.planner.forecast import SLOTS, WEEKS, Forecast, forecast
from agent_api.planner.repository import HALF_HOUR, Traffic
from agent_api.planner.schemas import (
    Expected,
    ModelOut,
    Plan,
    PlannedInterval,
    StaffingTarget,
    WhatIf,
    WhatIfAnswer,
    WhatIfRow,
)

USUAL_AHT_SECONDS = 180.0
"""Where nothing is known yet."""
ENOUGH_GAVE_UP = 20
RECENT_DAYS = 14
RECENT_WRAP_UPS = timedelta(days=1)
LENGTH = timedelta(seconds=HALF_HOUR)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the recent past says of callers and agents."""

    aht_seconds: float
    patience_seconds: float | None


def habits(past: Sequence[Traffic], wrap_up_seconds: float) -> Habits:
    """Patience: all that was waited by how many gave up, the usual estimator."""
    answered = sum(each.answered for each in past)
    gave_up = sum(each.abandoned for each in past)
    handled = sum(each.handled_seconds for each in past)
    return Habits(
        handled / answered + wrap_up_seconds if answered else USUAL_AHT_SECONDS,
        sum(each.waited_seconds for each in past) / gave_up if gave_up >= ENOUGH_GAVE_UP else None,
    )


async def plan(
    session: AsyncSession,
    day: date,
    queue: str | None,
    target: StaffingTarget,
    shrinkage: float,
    holidays: frozenset[date],
    now: datetime,
    zone: ZoneInfo,
) -> Plan:
    begin = datetime.combine(day, time(), zone)
    past = await repository.traffic(session, begin - timedelta(weeks=WEEKS), min(begin, now), queue)
    today = await repository.traffic(session, begin, min(begin + timedelta(days=1), now), queue) if begin < now else []
    expected = forecast(by_day(past, day, now, zone), day, holidays)
    recent = [each for each in past if each.start >= begin - timedelta(days=RECENT_DAYS)]
    known = habits(recent, await repository.mean_wrap_up_seconds(session, now - RECENT_WRAP_UPS))
    signed_in = await _signed_in(session, begin, min(begin + timedelta(days=1), now), queue) if begin < now else {}
    model = model_for(known.patience_seconds)
    arrived = {each.start: each.arrivals for each in today}
    intervals = []
    for slot in range(SLOTS):
        start = begin + slot * LENGTH
        over = start + LENGTH <= now
        staffing = _Staffing(model, target, shrinkage, Load(expected.arrivals[slot] / HALF_HOUR, known.aht_seconds))
        actual = arrived.get(start, 0) if over else None
        intervals.append(_interval(staffing, start, actual, signed_in.get(start, 0.0) if over else None))
    return _plan(day, queue, target, shrinkage, known, model, expected, intervals)


def _plan(
    day: date,
    queue: str | None,
    target: StaffingTarget,
    shrinkage: float,
    known: Habits,
    model: Model,
    expected: Forecast,
    intervals: list[PlannedInterval],
) -> Plan:
    return Plan(
        day=day,
        queue=queue,
        target=target,
        shrinkage=shrinkage,
        patience_seconds=known.patience_seconds,
        model=_model_out(model),
        based_on=list(expected.days),
        trend=expected.trend,
        intervals=intervals,
    )


@dataclass(frozen=True, slots=True)
class _Staffing:
    model: Model
    target: StaffingTarget
    shrinkage: float
    load: Load

    @property
    def needed(self) -> int:
        return agents_needed(self.model, self.load, goal_of(self.target))


def _interval(staffing: _Staffing, start: datetime, actual: int | None, signed_in: float | None) -> PlannedInterval:
    load, needed = staffing.load, staffing.needed
    # What was planned for the traffic that came; a part of an agent is none.
    if actual is not None:
        load = Load(actual / HALF_HOUR, load.aht_seconds)
    there = needed if signed_in is None else floor(signed_in)
    outcome = staffing.model.outcome(load, there, staffing.target.seconds) if load.erlangs > 0 else None
    return PlannedInterval(
        start=start,
        forecast_arrivals=round(staffing.load.arrivals_per_second * HALF_HOUR, 2),
        actual_arrivals=actual,
        aht_seconds=round(load.aht_seconds, 1),
        agents_needed=needed,
        agents_rostered=rostered(needed, staffing.shrinkage),
        agents_signed_in=None if signed_in is None else round(signed_in, 2),
        expected_service_level=outcome.service_level if outcome else None,
        expected_asa_seconds=outcome.asa_seconds if outcome else None,
        occupancy=outcome.occupancy if outcome else None,
        abandon_share=outcome.abandon_share if outcome else None,
    )


def by_day(past: Sequence[Traffic], day: date, now: datetime, zone: ZoneInfo) -> dict[date, list[float]]:
    """Local days from the first with traffic on, 48 half hours each. A day that is not over is none."""
    days: dict[date, list[float]] = {}
    for each in past:
        local = each.start.astimezone(zone)
        days.setdefault(local.date(), [0.0] * SLOTS)[local.hour * 2 + local.minute // 30] += each.arrivals
    if not days:
        return {}
    first, last = min(days), min(day, now.astimezone(zone).date())
    for back in range((last - first).days):
        days.setdefault(first + timedelta(days=back), [0.0] * SLOTS)
    return {each: slots for each, slots in days.items() if each < last}


async def expected_now(
    session: AsyncSession, queues: Sequence[QueueSnapshot], target: StaffingTarget, now: datetime
) -> list[Expected]:
    """For the wallboard, by queue."""
    if not queues:
        return []
    wrap_up = await repository.mean_wrap_up_seconds(session, now - RECENT_WRAP_UPS)
    last = await repository.traffic_by_queue(session, now - LENGTH, now)
    day = await repository.traffic_by_queue(session, now - timedelta(days=1), now)
    found = []
    for queue in queues:
        arrivals = last[queue.queue].arrivals if queue.queue in last else 0
        known = habits([day[queue.queue]] if queue.queue in day else [], wrap_up)
        mine = target.model_copy(update={"seconds": queue.service_level_seconds})
        found.append(_expected(queue, arrivals, known, mine))
    return found


def _expected(queue: QueueSnapshot, arrivals: float, known: Habits, target: StaffingTarget) -> Expected:
    load, model = Load(arrivals / HALF_HOUR, known.aht_seconds), model_for(known.patience_seconds)
    there = queue.agents_logged_in
    outcome = model.outcome(load, there, target.seconds) if load.erlangs > 0 else None
    return Expected(
        queue=queue.queue,
        arrivals_per_half_hour=arrivals,
        aht_seconds=round(known.aht_seconds, 1),
        agents=there,
        service_level=outcome.service_level if outcome else None,
        asa_seconds=outcome.asa_seconds if outcome else None,
        occupancy=outcome.occupancy if outcome else None,
        agents_needed=agents_needed(model, load, goal_of(target)),
    )


def what_if(question: WhatIf) -> WhatIfAnswer:
    """Some fewer agents than needed, and some more."""
    load = Load(question.arrivals_per_half_hour / HALF_HOUR, question.aht_seconds)
    model, goal = model_for(question.patience_seconds), goal_of(question.target)
    needed = agents_needed(model, load, goal)
    around = max(3, needed // 10)
    rows = []
    for count in range(max(1, needed - around), needed + around + 1):
        outcome = model.outcome(load, count, goal.seconds)
        if outcome is not None:
            rows.append(
                WhatIfRow(
                    agents=count,
                    rostered=rostered(count, question.shrinkage),
                    service_level=outcome.service_level,
                    asa_seconds=outcome.asa_seconds,
                    occupancy=outcome.occupancy,
                    abandon_share=outcome.abandon_share,
                    meets_target=goal.met_by(outcome),
                )
            )
    return WhatIfAnswer(erlangs=load.erlangs, model=_model_out(model), agents_needed=needed, rows=rows)


def goal_of(target: StaffingTarget) -> Goal:
    return Goal(target.service_level, target.seconds, target.max_occupancy)


def _model_out(model: Model) -> ModelOut:
    return ModelOut(id=model.source.id, version=model.source.version, source=model.source.source)


async def _signed_in(
    session: AsyncSession, begin: datetime, end: datetime, queue: str | None
) -> Mapping[datetime, float]:
    """Agents on average, by half hour; with a queue those who are assigned to it."""
    mine = None
    if queue is not None:
        mine = {each.agent_no for each in await auth.all_staff(session) if queue in each.queues}
    seconds: defaultdict[datetime, float] = defaultdict(float)
    for span in await agents.spans_between(session, begin, end):
        if mine is not None and span.agent_no not in mine:
            continue
        at, until = max(span.started_at, begin), min(span.ended_at or end, end)
        while at < until:
            start = begin + LENGTH * ((at - begin) // LENGTH)
            step = min(until, start + LENGTH)
            seconds[start] += (step - at).total_seconds()
            at = step
    return {start: total / HALF_HOUR for start, total in seconds.items()}
