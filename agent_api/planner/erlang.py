"""Queues of calls with many agents: Erlang B, C and A, as functions of load. Pure; times in seconds.

The special functions are SciPy's. No library has Erlang A: pyworkforce knows only Erlang C (and brings OR-tools), and
the one that offers it sends every question to a web service. So the formulas stand here, with their sources.
"""

from dataclasses import dataclass
from math import ceil, exp, inf, log
from typing import Protocol

from scipy.special import gammainc, gammaln, hyp1f1, pdtr

MOST_AGENTS = 20_000


class TooMany(Exception):
    """More agents than anybody has."""


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    version: int
    source: str


ERLANG_C = Source("erlang_c", 1, "A. K. Erlang 1917; M/M/n, callers wait without end")
ERLANG_A = Source(
    "erlang_a",
    1,
    "C. Palm 1946; M/M/n+M as in Mandelbaum and Zeltyn, Service Engineering: The Palm/Erlang-A Queue, 2007",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What callers meet with a number of agents."""

    agents: int
    service_level: float
    """Share of callers answered within the target's seconds."""
    asa_seconds: float
    """Mean wait of all callers."""
    occupancy: float
    abandon_share: float | None
    """None where the model knows no impatience."""


@dataclass(frozen=True, slots=True)
class Load:
    arrivals_per_second: float
    aht_seconds: float

    @property
    def erlangs(self) -> float:
        return self.arrivals_per_second * self.aht_seconds


class Model(Protocol):
    source: Source

    def outcome(self, load: Load, agents: int, within_seconds: float) -> Outcome | None:
        """None: with so few agents the queue grows without end."""


def erlang_b(erlangs: float, agents: int) -> float:
    """Share of calls that find all agents busy when nobody waits."""
    if erlangs == 0:
        return 0.0 if agents else 1.0
    at_most = float(pdtr(agents, erlangs))
    busy = exp(agents * log(erlangs) - erlangs - float(gammaln(agents + 1)))
    return busy / at_most if at_most > 0 else 1.0


def erlang_c(erlangs: float, agents: int) -> float:
    """Share of callers who wait at all; needs more agents than erlangs."""
    blocked = erlang_b(erlangs, agents)
    return blocked / (1 - erlangs / agents * (1 - blocked))


class Patient:
    """M/M/n: nobody hangs up."""

    source = ERLANG_C

    def outcome(self, load: Load, agents: int, within_seconds: float) -> Outcome | None:
        erlangs = load.erlangs
        if agents <= erlangs:
            return None
        waits = erlang_c(erlangs, agents)
        spare = (agents - erlangs) / load.aht_seconds
        level = 1 - waits * exp(-spare * within_seconds)
        return Outcome(agents, level, waits / spare, erlangs / agents, None)


class Impatient:
    """M/M/n+M: callers hang up after a while, on average `patience_seconds`. Stable with any number of agents."""

    source = ERLANG_A

    def __init__(self, patience_seconds: float) -> None:
        self._patience = patience_seconds

    def outcome(self, load: Load, agents: int, within_seconds: float) -> Outcome | None:
        if agents == 0:
            return Outcome(0, 0.0, self._patience, 0.0, 1.0)
        if load.arrivals_per_second == 0:
            return Outcome(agents, 1.0, 0.0, 0.0, 0.0)
        arrivals, serving = load.arrivals_per_second, agents / load.aht_seconds
        log_j = self._log_j(load, serving, 0)
        one_by_j = exp(-log_j)
        # E / J, where E = 1 / (Erlang B with one agent less)
        free = one_by_j / blocked if (blocked := erlang_b(load.erlangs, agents - 1)) > 0 else inf
        if free == inf:
            return Outcome(agents, 1.0, 0.0, load.erlangs / agents, 0.0)
        whole = free + arrivals
        abandons = max(0.0, (one_by_j + arrivals - serving) / whole)
        # Served later than `within`: offered wait longer than that, patience longer still.
        late = arrivals * exp(self._log_j(load, serving + 1 / self._patience, within_seconds) - log_j) / whole
        level = 1 - abandons - late
        occupancy = load.erlangs * (1 - abandons) / agents
        return Outcome(agents, max(0.0, level), abandons * self._patience, min(1.0, occupancy), abandons)

    def _log_j(self, load: Load, serving: float, after: float) -> float:
        """log of J(t), the integral from t on of exp(arrivals H(x) - serving x).

        H(x) = patience (1 - exp(-x / patience)).
        """
        x, y = serving * self._patience, load.arrivals_per_second * self._patience
        y_then = y * exp(-after / self._patience)
        return y - y_then - serving * after + _log_a(x, y_then) - log(serving)


def _log_a(x: float, y: float) -> float:
    """log of A(x, y) = x exp(y) y^-x gamma(x, y) = 1 + y/(x+1) + y²/((x+1)(x+2)) + ..."""
    if y <= x:
        return log(float(hyp1f1(1, x + 1, y)))
    return log(x) + y - x * log(y) + float(gammaln(x)) + log(float(gammainc(x, y)))


@dataclass(frozen=True, slots=True)
class Goal:
    service_level: float
    seconds: float
    max_occupancy: float

    def met_by(self, outcome: Outcome) -> bool:
        return outcome.service_level >= self.service_level and outcome.occupancy <= self.max_occupancy


def agents_needed(model: Model, load: Load, goal: Goal) -> int:
    """The fewest who meet the goal."""
    if load.erlangs == 0:
        return 0
    few, many = 0, max(1, ceil(load.erlangs / goal.max_occupancy))
    while many > MOST_AGENTS or not _is_enough(model, load, goal, many):
        if many > MOST_AGENTS:
            raise TooMany
        few, many = many, many * 2
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if _is_enough(model, load, goal, middle) else (middle, many)
    return many


def _is_enough(model: Model, load: Load, goal: Goal, agents: int) -> bool:
    outcome = model.outcome(load, agents, goal.seconds)
    return outcome is not None and goal.met_by(outcome)


def rostered(agents: int, shrinkage: float) -> int:
    """Who must be on the roster so that so many are there: breaks, training, illness."""
    return ceil(round(agents / (1 - shrinkage), 9))


def model_for(patience_seconds: float | None) -> Model:
    return Patient() if patience_seconds is None else Impatient(patience_seconds)
