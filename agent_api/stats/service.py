"""Facts of a period out of calls, agents, tickets and gaps, and the figures they give. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.snapshots import QueueSnapshot
from acd.contracts.vocabulary import IvrOutcome
from agent_api.agents import service as agents
from agent_api.agents.models import AgentSpan
from agent_api.calls import service as calls
from agent_api.calls.models import AgentLeg, Call
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.customers.rules import is_senior
from agent_api.errors import Invalid
from agent_api.eventlog import service as eventlog
from agent_api.eventlog.order import covers
from agent_api.stats import homes
from agent_api.stats.facts import CallFact, QueueNow, StateFact
from agent_api.stats.formulas import FORMULAS, Facts, Figure, Formula
from agent_api.stats.intervals import Interval, intervals
from agent_api.stats.schemas import Kpi, TargetOut
from agent_api.tickets import service as tickets

LONGEST_PERIOD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Period:
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose calls: all of them, one queue's, one agent's stints, or those of some centres."""

    queue: str | None = None
    agent_no: str | None = None
    centers: frozenset[str] | None = None


def period(start: datetime | None, end: datetime | None, now: datetime, zone: ZoneInfo) -> Period:
    """Asked times, or the centre's local day so far."""
    begin = start or datetime.combine(now.astimezone(zone).date(), time(), zone)
    finish = end or now
    if finish <= begin or finish - begin > LONGEST_PERIOD:
        raise Invalid("stats.range")
    return Period(begin, finish)


async def kpis(
    session: AsyncSession, when: Period, scope: Scope, now: datetime, zone: ZoneInfo, queues: Iterable[QueueSnapshot]
) -> list[Kpi]:
    facts = Facts(
        await call_facts(session, when, scope, zone),
        await state_facts(session, when, scope, now),
        queue_now([queue for queue in queues if scope.queue in (None, queue.queue)], now),
    )
    return [kpi_of(formula, formula.compute(facts)) for formula in FORMULAS]


async def interval_rows(
    session: AsyncSession, when: Period, length: timedelta, scope: Scope, zone: ZoneInfo
) -> list[Interval]:
    facts = await call_facts(session, when, scope, zone)
    missing = await eventlog.missing_between(session, when.start, when.end)
    return intervals(facts, when.start, when.end, length, lambda start, end: covers(missing, start, end))


async def call_facts(session: AsyncSession, when: Period, scope: Scope, zone: ZoneInfo) -> list[CallFact]:
    """One fact a call; in the scope of an agent one fact a stint, so that the agents' figures add up."""
    found = await calls.inbound_between(session, when.start, when.end, scope.queue, scope.agent_no)
    legs = await _legs(session, found)
    if scope.centers is not None:
        home = await homes.homes(session, found, legs)
        found = [call for call in found if home[call.call_id] in scope.centers]
    wrap_ups = await _wrap_ups(session, found)
    with_ticket = await tickets.dispatched_calls(session, when.start, when.end)
    seniors = await _seniors(session, found, when.end.astimezone(zone))
    facts = []
    for call in found:
        by_agent = wrap_ups.get(call.call_id, {})
        ticket, senior = call.call_id in with_ticket, call.customer_id in seniors
        mine = [leg for leg in legs.get(call.call_id, ()) if leg.agent_no == scope.agent_no]
        if scope.agent_no is None or not mine:
            facts.append(call_fact(call, sum(by_agent.values()), ticket, senior))
        # A wrap-up comes after the last stint of an agent in the call.
        facts += [
            stint_fact(call, leg, by_agent.get(leg.agent_no, 0.0) if leg is mine[-1] else 0.0, ticket, senior)
            for leg in mine
        ]
    return facts


async def _legs(session: AsyncSession, found: Sequence[Call]) -> dict[str, list[AgentLeg]]:
    answered = [call.call_id for call in found if call.connected_at is not None]
    legs: dict[str, list[AgentLeg]] = {}
    for chunk in (answered[index : index + 500] for index in range(0, len(answered), 500)):
        for leg in await calls.legs_of(session, chunk):
            legs.setdefault(leg.call_id, []).append(leg)
    return legs


async def _wrap_ups(session: AsyncSession, found: Sequence[Call]) -> dict[str, dict[str, float]]:
    """Seconds by call and agent."""
    answered = [call.call_id for call in found if call.connected_at is not None]
    seconds: dict[str, dict[str, float]] = {}
    for chunk in (answered[index : index + 500] for index in range(0, len(answered), 500)):
        for span in await agents.wrap_ups_of(session, chunk):
            if span.call_id is not None and span.ended_at is not None:
                of_call = seconds.setdefault(span.call_id, {})
                length = (span.ended_at - span.started_at).total_seconds()
                of_call[span.agent_no] = of_call.get(span.agent_no, 0.0) + length
    return seconds


async def _seniors(session: AsyncSession, found: Sequence[Call], local_end: datetime) -> set[str | None]:
    ids = sorted({call.customer_id for call in found if call.customer_id and call.satisfaction is not None})
    people: dict[str, Customer] = {}
    for chunk in (ids[index : index + 500] for index in range(0, len(ids), 500)):
        people |= await customers.get_many(session, chunk)
    today = local_end.date()
    return {customer_id for customer_id, person in people.items() if is_senior(person.birth_date, today)}


def call_fact(call: Call, wrap_up_seconds: float, created_ticket: bool, is_65_age: bool) -> CallFact:
    """The columns of requirements.md 3.1 out of one call's row."""
    return CallFact(
        call_id=call.call_id,
        t_in=call.offered_at,
        queue=call.queue,
        agent_no=call.agent_no,
        is_sys_pick_up=call.ivr_answered_at is not None,
        is_ivr_agent_intent=call.agent_requested_at is not None,
        is_agent_req=call.queued_at is not None,
        t_req=call.queued_at,
        is_agent_anw=call.connected_at is not None,
        wait_seconds=None if call.wait_ms is None else call.wait_ms / 1000,
        abandon_stage=call.abandon_stage,
        talk_seconds=call.talk_ms / 1000,
        hold_seconds=call.hold_ms / 1000,
        wrap_up_seconds=wrap_up_seconds,
        is_self_service=call.ivr_outcome == IvrOutcome.SELF_SERVICE and call.queued_at is None,
        satisfaction=call.satisfaction,
        created_ticket=created_ticket,
        dropped=call.dropped,
        is_65_age=is_65_age,
        incomplete=call.incomplete,
    )


def stint_fact(call: Call, leg: AgentLeg, wrap_up_seconds: float, created_ticket: bool, is_65_age: bool) -> CallFact:
    """One agent's part in a call. Who asked for an agent counts with the first, grade and drop with the last."""
    whole = call_fact(call, wrap_up_seconds, created_ticket, is_65_age)
    first, last = leg.number == 1, leg.agent_no == call.agent_no and leg.ended_at == call.ended_at
    return replace(
        whole,
        queue=leg.queue,
        agent_no=leg.agent_no,
        is_ivr_agent_intent=whole.is_ivr_agent_intent and first,
        is_agent_req=True,
        is_agent_anw=True,
        wait_seconds=leg.wait_ms / 1000,
        abandon_stage=None,
        talk_seconds=leg.talk_ms / 1000,
        hold_seconds=leg.hold_ms / 1000,
        satisfaction=whole.satisfaction if last else None,
        dropped=whole.dropped and last,
    )


async def state_facts(session: AsyncSession, when: Period, scope: Scope, now: datetime) -> list[StateFact]:
    spans = await agents.spans_between(session, when.start, when.end, scope.agent_no)
    if scope.centers is not None:
        mine = await homes.agents_of(session, scope.centers)
        spans = [span for span in spans if span.agent_no in mine]
    return [fact for span in spans if (fact := state_fact(span, when, now)) is not None]


def state_fact(span: AgentSpan, when: Period, now: datetime) -> StateFact | None:
    """The part of a span inside the period; an open span lasts until now."""
    start = max(span.started_at, when.start)
    end = min(span.ended_at or now, when.end)
    seconds = (end - start).total_seconds()
    return StateFact(span.agent_no, span.state, span.reason, seconds) if seconds > 0 else None


def queue_now(queues: Sequence[QueueSnapshot], now: datetime) -> QueueNow:
    waiting = [call for queue in queues for call in queue.waiting]
    longest = max(((now - call.since).total_seconds() for call in waiting), default=0.0)
    return QueueNow(len(waiting), max(0.0, longest))


def kpi_of(formula: Formula, figure: Figure) -> Kpi:
    target, value = formula.target, figure.value
    return Kpi(
        id=formula.id,
        title=formula.title,
        value=value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        unit=formula.unit,
        target=TargetOut(op=target.op, value=target.value, upper=target.upper) if target else None,
        met=None if target is None or value is None else target.met(value),
        formula=formula.text,
        version=formula.version,
    )
