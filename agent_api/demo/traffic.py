"""Past calls of the demo, as the events the ACD would have published. Deterministic for a given day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from acd.contracts.events import EVENT, Event
from agent_api.demo import showcase
from agent_api.demo.subscribers import COUNT, mobile_number

DAYS = 4
PLANNED_DAYS = 22
"""So much history gives the planner three of each weekday."""
CALLS_BY_DAY, CALLS_BY_NIGHT = 60, 24
DAY_STARTS, DAY_ENDS = time(8), time(21)
AGENTS = ("8001", "8002", "8003", "8004", "8007", "8008")
QUEUES = ("general", "general", "general", "bill", "bill", "complaint", "senior", "vip")
PATIENCE = timedelta(seconds=70)


@dataclass(slots=True)
class _Agent:
    number: str
    state: str = "logged_out"
    since: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    free_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Tape:
    """Collects events; numbers are given at the end, in the order of time."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: str, at: datetime, **fields: Any) -> None:
        self.rows.append({"type": kind, "at": at.astimezone(UTC), **fields})

    def state(
        self, agent: _Agent, state: str, at: datetime, reason: str | None = None, call: str | None = None
    ) -> None:
        at = at.astimezone(UTC)
        self.add(
            "agent.state_changed", at, agent_id=agent.number, state=state, reason=reason, since=at, call_id=call,
            previous_state=agent.state, previous_since=agent.since,
        )  # fmt: skip
        agent.state, agent.since = state, at

    def numbered(self, stream: UUID) -> Iterator[Event]:
        for seq, row in enumerate(sorted(self.rows, key=lambda row: row["at"]), 1):
            yield EVENT.validate_python(
                row | {"event_id": uuid5(stream, str(seq)), "stream": stream, "seq": seq, "node": "demo"}
            )


def past_events(today: date, now: datetime, zone: ZoneInfo, days: int = DAYS) -> list[Event]:
    """The last days up to today. Of today only calls that are over by `now`."""
    events: list[Event] = []
    for back in reversed(range(days)):
        day = today - timedelta(days=back)
        events += _day(day, now, zone)
        events += showcase.events(day, now, zone)
    return events


def _day(day: date, now: datetime, zone: ZoneInfo) -> list[Event]:
    rng, tape = Random(day.toordinal()), _Tape()
    agents = [_Agent(number) for number in AGENTS]
    opens = datetime.combine(day, time(), zone)
    closes = min(opens + timedelta(days=1), now - timedelta(minutes=20))
    if closes <= opens:
        return []
    for agent in agents:
        agent.free_at = opens + timedelta(seconds=rng.randint(1, 20))
        tape.state(agent, "ready", agent.free_at)
    for index, at in enumerate(_arrivals(day, zone, rng)):
        if at < closes - timedelta(minutes=15):
            _call(tape, f"demo-{day:%Y%m%d}.{index}", at, agents, rng)
    for agent in agents:
        tape.state(agent, "logged_out", max(closes, agent.free_at))
    return list(tape.numbered(uuid5(NAMESPACE_URL, f"hotline-demo:{day}")))


def _arrivals(day: date, zone: ZoneInfo, rng: Random) -> list[datetime]:
    """The line is open day and night; most calls come by day."""
    midnight = datetime.combine(day, time(), zone)
    starts, ends = datetime.combine(day, DAY_STARTS, zone), datetime.combine(day, DAY_ENDS, zone)
    by_night = [midnight + timedelta(seconds=rng.uniform(60, 86_000)) for _ in range(CALLS_BY_NIGHT)]
    by_day = [starts + (ends - starts) * rng.random() for _ in range(CALLS_BY_DAY)]
    return sorted(by_night + by_day)


def _call(tape: _Tape, call: str, at: datetime, agents: Sequence[_Agent], rng: Random) -> None:
    known = rng.random() < 0.85
    customer = rng.randint(1, COUNT)
    number = mobile_number(customer) if known else f"1380001{rng.randint(0, 9999):04d}"
    vip = known and customer % 10 == 4
    tape.add(
        "call.offered", at, call_id=call, direction="inbound", did="10018" if vip else "10010", caller_number=number
    )
    if rng.random() < 0.01:  # all lines taken
        tape.add("call.ended", at + timedelta(seconds=1), call_id=call, hangup_side="system", hangup_cause=17)
        return
    at += timedelta(milliseconds=300)
    tape.add("call.ivr_answered", at, call_id=call)
    if known:
        tape.add("call.identified", at, call_id=call, customer_id=f"C{customer:06d}", auth_level=1)
    at += timedelta(seconds=rng.uniform(6, 20))
    fate = rng.random()
    if fate < 0.06:
        tape.add("call.abandoned", at, call_id=call, stage="ivr", wait_ms=0)
        _end(tape, call, at, "customer")
    elif fate < 0.28:
        _served_by_the_menu(tape, call, at, rng)
    else:
        _wants_an_agent(tape, call, at, agents, "vip" if vip else rng.choice(QUEUES[:-1]), rng)


def _served_by_the_menu(tape: _Tape, call: str, at: datetime, rng: Random) -> None:
    tape.add("call.ivr_visited", at, call_id=call, menu_node="menu/main", key="1", outcome="bill")
    at += timedelta(seconds=rng.uniform(20, 45))
    tape.add("call.ivr_visited", at, call_id=call, menu_node="menu/bill", key="1", outcome="played")
    at += timedelta(seconds=rng.uniform(10, 25))
    tape.add("call.ivr_left", at, call_id=call, outcome="self_service")
    _end(tape, call, at + timedelta(seconds=2), "customer")


def _wants_an_agent(tape: _Tape, call: str, at: datetime, agents: Sequence[_Agent], queue: str, rng: Random) -> None:
    tape.add("call.ivr_visited", at, call_id=call, menu_node="menu/main", key="0", outcome="agent")
    tape.add("call.agent_requested", at, call_id=call, queue=queue, reason="key")
    tape.add("call.ivr_left", at + timedelta(seconds=1), call_id=call, outcome="agent")
    at += timedelta(seconds=2)
    tape.add("call.queued", at, call_id=call, queue=queue, priority=30 if queue == "vip" else 0, position=1)
    agent = min(agents, key=lambda each: each.free_at)
    ring_at = max(at + timedelta(milliseconds=40), agent.free_at)
    answer_at = ring_at + timedelta(seconds=rng.uniform(2, 6))
    impatient = rng.random() < 0.04
    if impatient or answer_at - at > PATIENCE:
        gone_at = at + (timedelta(seconds=rng.uniform(3, 30)) if impatient else PATIENCE)
        tape.add("call.abandoned", gone_at, call_id=call, stage="queue", queue=queue, wait_ms=_ms(gone_at - at))
        _end(tape, call, gone_at, "customer")
        return
    _conversation(tape, call, agent, queue, (at, ring_at, answer_at), rng)


def _conversation(
    tape: _Tape, call: str, agent: _Agent, queue: str, times: tuple[datetime, datetime, datetime], rng: Random
) -> None:
    queued_at, ring_at, answer_at = times
    tape.state(agent, "ringing", ring_at, call=call)
    tape.add("call.agent_ringing", ring_at, call_id=call, queue=queue, agent_id=agent.number,
             decision=f"技能 {queue},空闲最久")  # fmt: skip
    tape.state(agent, "talking", answer_at, call=call)
    tape.add("call.connected", answer_at, call_id=call, queue=queue, agent_id=agent.number,
             wait_ms=_ms(answer_at - queued_at), ring_ms=_ms(answer_at - ring_at))  # fmt: skip
    talk, hold = timedelta(seconds=rng.uniform(40, 300)), timedelta()
    if rng.random() < 0.2:
        hold = timedelta(seconds=rng.uniform(10, 40))
        held_at = answer_at + talk / 2
        tape.state(agent, "held", held_at, call=call)
        tape.add("call.held", held_at, call_id=call, agent_id=agent.number)
        tape.state(agent, "talking", held_at + hold, call=call)
        tape.add("call.resumed", held_at + hold, call_id=call, agent_id=agent.number, hold_ms=_ms(hold))
    over_at = answer_at + talk + hold
    tape.state(agent, "wrap_up", over_at, call=call)
    agent.free_at = over_at + timedelta(seconds=rng.uniform(8, 50))
    tape.state(agent, "ready", agent.free_at)
    ended_at = over_at
    if rng.random() < 0.5:
        ended_at += timedelta(seconds=8)
        satisfaction = rng.choices((1, 2, 3), (90, 6, 4))[0]
        tape.add("call.surveyed", ended_at, call_id=call, agent_id=agent.number, satisfaction=satisfaction)
    tape.add("call.ended", ended_at + timedelta(seconds=1), call_id=call, hangup_side=rng.choice(("customer", "agent")),
             hangup_cause=16, talk_ms=_ms(talk), hold_ms=_ms(hold), agent_id=agent.number)  # fmt: skip


def _end(tape: _Tape, call: str, at: datetime, side: str) -> None:
    tape.add("call.ended", at + timedelta(milliseconds=50), call_id=call, hangup_side=side, hangup_cause=16)


def _ms(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
