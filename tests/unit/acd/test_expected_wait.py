"""The expected wait: its formula, its properties, and that it learns the truth."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.core.waiting.expected_wait import (
    DEFAULT_HANDLE_SECONDS,
    NO_EXPERIENCE,
    Experience,
    expected_wait_seconds,
    learn_handling,
    learn_waiting,
)

pytestmark = pytest.mark.unit

ahead = st.integers(0, 500)
agents = st.integers(1, 200)
experience = st.builds(
    Experience,
    handle_seconds=st.one_of(st.none(), st.floats(1, 3600)),
    waited_seconds=st.floats(1, 1e5),
    gave_up=st.floats(0, 50),
    left=st.floats(5, 50),
)


def test_a_free_agent_means_no_wait() -> None:
    assert expected_wait_seconds(0, 3, 1, NO_EXPERIENCE) == 0


def test_nobody_there_means_nobody_knows() -> None:
    assert expected_wait_seconds(0, 0, 0, NO_EXPERIENCE) is None


def test_without_giving_up_it_is_work_by_agents() -> None:
    known = Experience(handle_seconds=100)
    assert [expected_wait_seconds(k, 5, 0, known) for k in (0, 1, 9)] == [20, 40, 200]
    assert expected_wait_seconds(1, 2, 0, NO_EXPERIENCE) == DEFAULT_HANDLE_SECONDS


@given(ahead, agents, experience)
def test_never_shorter_for_who_stands_behind(k: int, n: int, known: Experience) -> None:
    assert (expected_wait_seconds(k, n, 0, known) or 0) <= (expected_wait_seconds(k + 1, n, 0, known) or 0)


@given(ahead, agents, experience)
def test_never_longer_with_one_agent_more(k: int, n: int, known: Experience) -> None:
    assert (expected_wait_seconds(k, n + 1, 0, known) or 0) <= (expected_wait_seconds(k, n, 0, known) or 0)


@given(ahead, agents, experience)
def test_who_gives_up_makes_it_shorter(k: int, n: int, known: Experience) -> None:
    patient = Experience(known.handle_seconds, known.waited_seconds, 0.0, known.left)
    assert (expected_wait_seconds(k, n, 0, known) or 0) <= (expected_wait_seconds(k, n, 0, patient) or 0)


@given(st.lists(st.floats(0, 7200), min_size=1, max_size=50))
def test_the_mean_of_handle_times_stays_between_them(seconds: list[float]) -> None:
    known = NO_EXPERIENCE
    for one in seconds:
        known = learn_handling(known, one)
    assert known.handle_seconds is not None
    assert min(seconds) - 1e-6 <= known.handle_seconds <= max(seconds) + 1e-6


def test_patience_is_learnt_though_answers_cut_it_short() -> None:
    """Exponential patience of 120 s; those answered sooner never show theirs."""
    chance, known, rates = Random(7), NO_EXPERIENCE, []
    for _ in range(4000):
        patience, offered = chance.expovariate(1 / 120), chance.expovariate(1 / 60)
        known = learn_waiting(known, min(patience, offered), gave_up=patience < offered)
        rates.append(known.give_up_rate)
    assert sum(rates[500:]) / len(rates[500:]) == pytest.approx(1 / 120, rel=0.15)


def test_a_few_departures_prove_nothing() -> None:
    assert learn_waiting(NO_EXPERIENCE, 10, gave_up=True).give_up_rate == 0.0


def waits_simulated(k: int, n: int, handling: float, patience: float, chance: Random) -> float:
    """The caller behind k others, who never gives up himself; all n agents busy, all times exponential."""
    at, in_front = 0.0, [chance.expovariate(1 / patience) for _ in range(k)]
    while True:
        served_at = at + chance.expovariate(n / handling)
        in_front = [leaves for leaves in in_front if leaves > served_at]
        at = served_at
        if not in_front:
            return at
        in_front.pop(0)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (5, 3), (20, 10)])
def test_the_formula_is_near_what_happens(k: int, n: int) -> None:
    """The sum takes departures one by one; in the simulation each caller has a patience of his own."""
    chance = Random(k + 31 * n)
    mean = sum(waits_simulated(k, n, 180, 300, chance) for _ in range(4000)) / 4000
    known = Experience(handle_seconds=180, waited_seconds=3000, gave_up=10, left=50)
    expected = expected_wait_seconds(k, n, 0, known)
    assert expected == pytest.approx(mean, rel=0.08)
