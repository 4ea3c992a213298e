"""The routing engine alone: entries, agents, and a floor where no condition of an overflow holds by chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing import Engine, Entry
from tests.support.floor import MONDAY_TEN


@dataclass(frozen=True)
class Calm:
    """Figures that a test sets by hand."""

    signed: Mapping[str, int] = field(default_factory=dict)
    free: Mapping[str, int] = field(default_factory=dict)
    queued: Mapping[str, int] = field(default_factory=dict)
    wait_seconds: float | None = 0.0

    def signed_in(self, queue: QueueName) -> int:
        return self.signed.get(queue, 0)

    def ready(self, queue: QueueName) -> int:
        return self.free.get(queue, 0)

    def waiting(self, queue: QueueName) -> int:
        return self.queued.get(queue, 0)

    def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None:
        return self.wait_seconds


def waiting(
    number: int, queue: str, *, points: int = 0, waited: float = 0, now: datetime = MONDAY_TEN, **known: object
) -> Entry:
    joined = now - timedelta(seconds=waited)
    return Entry(CallId(f"c{number}"), QueueName(queue), joined, points, **known)  # type: ignore[arg-type]


def ready(
    number: int,
    queues: tuple[str, ...],
    *,
    skills: dict[str, int] | None = None,
    idle: float = 0,
    center: str = "",
    now: datetime = MONDAY_TEN,
) -> Agent:
    since = now - timedelta(seconds=idle)
    return Agent(
        AgentId(str(8000 + number)),
        since,
        queues=tuple(QueueName(queue) for queue in queues),
        skills=skills or {},
        state=AgentState.READY,
        idle_since=since,
        center_id=center,
    )


def told_engine(
    table: RoutingTable, entries: Iterable[Entry], agents: Iterable[Agent], now: datetime = MONDAY_TEN
) -> Engine:
    """An engine that knows them all, settled."""
    engine = Engine(table)
    for agent in agents:
        engine.know(agent, free=True)
    for entry in entries:
        engine.enter(entry)
    engine.settle(Calm(), now)
    return engine


PARENTS = {CenterId("js"): CenterId("cn"), CenterId("js-nj"): CenterId("js"), CenterId("gd"): CenterId("cn")}


def queue(name: str = "general", **rules: object) -> QueueRule:
    return QueueRule(name=QueueName(name), title=name, **rules)  # type: ignore[arg-type]


def table(*queues: QueueRule, **more: object) -> RoutingTable:
    return RoutingTable(queues=queues, parents=PARENTS, **more)  # type: ignore[arg-type]


def chosen(engine: Engine, after: float = 0) -> tuple[str, str] | None:
    decision = engine.choose(MONDAY_TEN + timedelta(seconds=after))
    return (decision.call_id, decision.agent_id) if decision else None


def later(engine: Engine, entry: Entry, seconds: float, figures: Calm | None = None) -> list[tuple[str, str]]:
    """Time goes on for the entry; where it widened to, and why."""
    engine.reconsider(entry.entry_id)
    settled = engine.settle(figures or Calm(), MONDAY_TEN + timedelta(seconds=seconds))
    return [(widened.to_queue, widened.reason.code) for each in settled for widened in each.widened]
