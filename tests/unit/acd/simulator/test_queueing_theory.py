"""The simulator against queueing theory: first come first served to the microsecond, Erlang C and Erlang A in the mean.

Loads are such that chance alone keeps the means well within the tolerances (standard errors are named beside them).
"""

from datetime import time, timedelta
from heapq import heapify, heapreplace
from math import exp, factorial

import pytest

from acd.contracts.ids import QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.simulator.figures import Interval
from acd.simulator.profile import Duration, Profile, Shape, Team, Traffic
from acd.simulator.simulation import Simulation

pytestmark = pytest.mark.unit

QUEUE = QueueName("only")
MEAN_SECONDS = 100.0
WARM_UP = timedelta(days=1)


def floor_of(agents: int, load: float, days: int, *, seed: int = 1, patience: float | None = None) -> Simulation:
    """Poisson arrivals of `load` Erlang, exponential talks, agents who never go home."""
    patience_of = Duration(shape=Shape.EXPONENTIAL, mean_seconds=patience) if patience else None
    traffic = Traffic(
        queue=QUEUE,
        arrivals={time(0): load * 1800 / MEAN_SECONDS},
        talk=Duration(shape=Shape.EXPONENTIAL, mean_seconds=MEAN_SECONDS),
        patience=patience_of,
    )
    table = RoutingTable(queues=(QueueRule(name=QUEUE, title="x", wrap_up_seconds=0),))
    team = Team(agents=agents, queues=(QUEUE,))
    return Simulation(Profile(days=days, seed=seed, traffic=(traffic,), teams=(team,), table=table))


def outcome(simulation: Simulation) -> Interval:
    for _ in simulation.run():
        pass
    return simulation.day.total(after=WARM_UP)


def erlang_c(agents: int, load: float) -> float:
    """Share of callers who wait at all."""
    full = load**agents / factorial(agents) * agents / (agents - load)
    return full / (sum(load**k / factorial(k) for k in range(agents)) + full)


@pytest.mark.parametrize(
    ("agents", "load", "days"),
    [(1, 0.3, 250)],  # 65,000 callers; standard error of the mean wait 1.2 %, of the share who wait half of it
)
def test_erlang_c(agents: int, load: float, days: int) -> None:
    told = outcome(floor_of(agents, load, days))
    share = erlang_c(agents, load)
    assert told.waited_at_all / told.offered == pytest.approx(share, rel=0.03)
    assert told.answer_seconds / told.answered == pytest.approx(share * MEAN_SECONDS / (agents - load), rel=0.03)
    assert told.occupancy == pytest.approx(load / agents, rel=0.02)
    assert told.answered == told.offered


def test_waits_are_those_of_first_come_first_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same callers and talks through the textbook's recursion: nobody waits a moment more or less."""
    simulation = floor_of(10, 8.0, 2)
    served: list[tuple[float, float, float]] = []
    serve = Simulation._serve

    def noted(self: Simulation, decision: object, now: object) -> None:
        caller = self._waiting[decision.call_id]  # type: ignore[attr-defined]
        served.append((caller.entry.joined.timestamp(), caller.talk.total_seconds(), caller.entry.waited(now)))  # type: ignore[arg-type]
        serve(self, decision, now)  # type: ignore[arg-type]

    monkeypatch.setattr(Simulation, "_serve", noted)
    told = outcome(simulation)
    assert len(served) > 13_000
    assert served == sorted(served)
    free = [0.0] * 10
    heapify(free)
    for joined, talk, waited in served:
        begins = max(joined, free[0])
        assert waited == pytest.approx(begins - joined, abs=1e-3)
        heapreplace(free, begins + talk)
    assert told.waited_at_all > 1000


def erlang_a(agents: int, load: float, patience: float) -> tuple[float, float]:
    """(share who wait, share who give up), from the balance of the states of M/M/n+M."""
    weights = [1.0]
    for callers in range(1, 400):
        leaving = min(callers, agents) + max(0, callers - agents) * MEAN_SECONDS / patience
        weights.append(weights[-1] * load / leaving)
    total = sum(weights)
    given_up = sum(max(0, n - agents) * weight for n, weight in enumerate(weights)) * MEAN_SECONDS / patience
    return sum(weights[agents:]) / total, given_up / total / load


@pytest.mark.parametrize(
    ("agents", "load", "patience"),
    [(3, 2.0, 100.0), (10, 10.0, 100.0)],  # standard errors below 1 %
)
def test_erlang_a(agents: int, load: float, patience: float) -> None:
    told = outcome(floor_of(agents, load, 5, patience=patience))
    waits, gives_up = erlang_a(agents, load, patience)
    assert told.waited_at_all / told.offered == pytest.approx(waits, rel=0.03)
    assert told.abandon_share == pytest.approx(gives_up, rel=0.04)
    assert told.answered + told.abandoned == pytest.approx(told.offered, abs=20)  # the last ones are still there


def test_erlang_a_is_poisson_when_patience_is_as_long_as_a_talk() -> None:
    waits, _ = erlang_a(10, 8.0, MEAN_SECONDS)
    assert waits == pytest.approx(1 - sum(exp(-8) * 8**k / factorial(k) for k in range(10)))
