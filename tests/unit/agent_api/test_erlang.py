"""Erlang B, C and A against values from literature, against each other, and against the state probabilities."""

from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.planner.erlang import (
    Goal,
    Impatient,
    Load,
    Patient,
    agents_needed,
    erlang_b,
    erlang_c,
    rostered,
)

pytestmark = pytest.mark.unit

HALF_HOUR = 1800.0


@pytest.mark.parametrize(
    ("erlangs", "agents", "blocked"),
    # CCITT / ITU-T tables of the Erlang loss formula: loads for 1 % loss.
    [(0.0101, 1, 0.01), (4.46, 10, 0.01), (12.03, 20, 0.01), (84.06, 100, 0.01)],
)
def test_erlang_b_agrees_with_the_tables(erlangs: float, agents: int, blocked: float) -> None:
    assert erlang_b(erlangs, agents) == pytest.approx(blocked, rel=0.005)


def test_erlang_c_agrees_with_the_textbook_example() -> None:
    """100 calls in half an hour, 180 s each, 14 agents: 17.4 % wait, 88.8 % within 20 s, 7.8 s, 71.4 % occupied."""
    load = Load(100 / HALF_HOUR, 180)
    found = Patient().outcome(load, 14, 20)
    assert found is not None
    assert erlang_c(10, 14) == pytest.approx(0.174, abs=0.0005)
    assert found.service_level == pytest.approx(0.888, abs=0.0005)
    assert found.asa_seconds == pytest.approx(7.8, abs=0.05)
    assert found.occupancy == pytest.approx(0.714, abs=0.0005)


def test_both_agree_with_garnett_mandelbaum_and_reiman() -> None:
    """Designing a Call Center with Impatient Customers (2002), table 1: 50 agents, 48 calls a minute of 1 minute,
    patience 2 minutes. M/M/n: wait 20.8 s, 96 % occupied. M/M/n+M: 3.1 % abandon, wait 3.7 s, 93 % occupied."""
    load = Load(48 / 60, 60)
    patient, impatient = Patient().outcome(load, 50, 20), Impatient(120).outcome(load, 50, 20)
    assert patient is not None
    assert impatient is not None
    assert patient.asa_seconds == pytest.approx(20.8, abs=0.05)
    assert patient.occupancy == pytest.approx(0.96)
    assert impatient.abandon_share == pytest.approx(0.031, abs=0.0005)
    assert impatient.asa_seconds == pytest.approx(3.7, abs=0.05)
    assert impatient.occupancy == pytest.approx(0.93, abs=0.005)


def by_states(load: Load, agents: int, patience: float) -> tuple[float, float]:
    """Abandon share and mean wait of M/M/n+M from its birth-death chain, added up state by state."""
    weights, weight = [1.0], 1.0
    for state in range(1, agents + 2000):
        leaving = min(state, agents) / load.aht_seconds + max(0, state - agents) / patience
        weight *= load.arrivals_per_second / leaving
        weights.append(weight)
        if state > agents and weight < 1e-18 * sum(weights):
            break
    queue = sum(max(0, state - agents) * each for state, each in enumerate(weights)) / sum(weights)
    return queue / patience / load.arrivals_per_second, queue / load.arrivals_per_second


@given(
    st.floats(0.001, 2), st.floats(20, 600), st.integers(1, 150), st.floats(5, 900),
)  # fmt: skip
def test_erlang_a_is_what_its_states_say(arrivals: float, aht: float, agents: int, patience: float) -> None:
    load = Load(arrivals, aht)
    if load.erlangs > 3 * agents:
        return
    found = Impatient(patience).outcome(load, agents, 20)
    assert found is not None
    abandons, wait = by_states(load, agents, patience)
    assert isclose(found.abandon_share or 0, abandons, rel_tol=1e-6, abs_tol=1e-9)
    assert isclose(found.asa_seconds, wait, rel_tol=1e-6, abs_tol=1e-6)


@given(st.floats(0.5, 200), st.integers(1, 60))
def test_without_impatience_erlang_a_becomes_erlang_c(erlangs: float, more: int) -> None:
    load, agents = Load(erlangs / 180, 180), int(erlangs) + more
    patient, endless = Patient().outcome(load, agents, 20), Impatient(1e9).outcome(load, agents, 20)
    if patient is None or agents - erlangs < 0.5:
        return
    assert endless is not None
    assert endless.service_level == pytest.approx(patient.service_level, abs=1e-4)
    assert endless.asa_seconds == pytest.approx(patient.asa_seconds, rel=1e-3, abs=1e-4)


@given(st.floats(0.001, 3), st.floats(30, 600), st.integers(1, 400), st.floats(10, 600), st.floats(0, 120))
def test_shares_are_shares_and_more_time_serves_more(
    arrivals: float, aht: float, agents: int, patience: float, within: float
) -> None:
    load, model = Load(arrivals, aht), Impatient(patience)
    now, later = model.outcome(load, agents, within), model.outcome(load, agents, within + 10)
    assert now is not None
    assert later is not None
    assert 0 <= now.service_level <= later.service_level + 1e-9 <= 1 - (now.abandon_share or 0) + 1e-8
    assert 0 <= now.occupancy <= 1


def test_service_level_of_erlang_a_by_integration() -> None:
    """The offered wait has the density exp(arrivals H(v) - n mu v), scaled: summed up in small steps."""
    load, agents, patience, within = Load(0.1, 200), 19, 90.0, 20.0
    step, serving = 0.005, 19 / 200

    def density(wait: float) -> float:
        return load.arrivals_per_second * exp(
            load.arrivals_per_second * patience * (1 - exp(-wait / patience)) - serving * wait
        )

    points = [step * (index + 0.5) for index in range(int(3000 / step))]
    whole = 1 / erlang_b(load.erlangs, agents - 1) + sum(map(density, points)) * step
    served = 1 / erlang_b(load.erlangs, agents - 1)
    served += sum(density(wait) * exp(-wait / patience) for wait in points if wait <= within) * step
    found = Impatient(patience).outcome(load, agents, within)
    assert found is not None
    assert found.service_level == pytest.approx(served / whole, abs=1e-5)


def test_the_fewest_agents_that_meet_the_goal() -> None:
    load = Load(100 / HALF_HOUR, 180)
    assert agents_needed(Patient(), load, Goal(0.8, 20, 1.0)) == 14
    assert agents_needed(Patient(), load, Goal(0.8, 20, 0.7)) == 15
    assert agents_needed(Impatient(60), load, Goal(0.8, 20, 1.0)) < 14
    assert agents_needed(Patient(), Load(0, 180), Goal(0.8, 20, 0.85)) == 0


def test_shrinkage() -> None:
    assert [rostered(14, 0.3), rostered(7, 0.3), rostered(10, 0)] == [20, 10, 10]


def test_too_few_for_those_who_never_hang_up() -> None:
    assert Patient().outcome(Load(100 / HALF_HOUR, 180), 10, 20) is None
