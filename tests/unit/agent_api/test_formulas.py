"""The indicators: the golden vector of requirements.md 3.4, and what happens when nothing was counted."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.stats.facts import CallFact, QueueNow, StateFact
from agent_api.stats.formulas import FORMULAS, Facts, Target, compute

pytestmark = pytest.mark.unit

AT = datetime(2026, 11, 18, 2, tzinfo=UTC)


def golden() -> list[CallFact]:
    """10 calls: 1 busy, 1 served itself, 1 left in the menu, 1 gave up waiting, 6 answered."""
    waits, talks = (3, 9, 14, 15, 16, 40), (100, 200, 300, 60, 120, 180)
    holds, surveys = (0, 0, 10, 0, 0, 20), (1, 1, 1, 2, 3, None)
    answered = [
        CallFact(
            call_id=f"a{index}",
            t_in=AT,
            is_sys_pick_up=True,
            is_ivr_agent_intent=True,
            is_agent_req=True,
            t_req=AT,
            is_agent_anw=True,
            wait_seconds=wait,
            talk_seconds=talks[index],
            hold_seconds=holds[index],
            wrap_up_seconds=20,
            satisfaction=surveys[index],
            created_ticket=index == 0,
        )
        for index, wait in enumerate(waits)
    ]
    return [
        CallFact("busy", AT),
        CallFact("self", AT, is_sys_pick_up=True, is_self_service=True),
        CallFact("leaf", AT, is_sys_pick_up=True, is_ivr_agent_intent=True, abandon_stage="ivr"),
        CallFact("gave-up", AT, is_sys_pick_up=True, is_ivr_agent_intent=True, is_agent_req=True, t_req=AT,
                 wait_seconds=30, abandon_stage="queue"),
        *answered,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "numerator", "denominator"),
    [
        ("K03b", 9, 10),
        ("K03", 6, 7),
        ("K04", 4, 8),
        ("K05", 1, 7),
        ("K05a", 1, 7),
        ("K05b", 0, 7),
        ("K05c", 1, 9),
        ("K01", 3, 5),
        ("K01d", 5, 6),
        ("K06a", 5, 6),
        ("K04c", 97, 6),
        ("K07", 1110, 6),
        ("K07a", 960, 6),
        ("K07b", 30, 6),
        ("K07c", 120, 6),
        ("K04b", 5, 7),
        ("K16", 0, 6),
        ("K17", 1, 9),
        ("K24", 127, 7),
        ("K24a", 40, 1),
    ],
)
def test_golden_vector(formula: str, numerator: float, denominator: float) -> None:
    figure = compute(formula, Facts(golden()))
    assert (figure.numerator, figure.denominator) == (numerator, denominator)
    assert figure.value == pytest.approx(numerator / denominator)


def test_the_golden_values_as_written() -> None:
    facts = Facts(golden())
    assert compute("K04c", facts).value == pytest.approx(16.1667, abs=1e-4)
    assert compute("K07", facts).value == 185
    assert compute("K03", facts).value == pytest.approx(0.857142, abs=1e-6)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.id)
def test_nothing_counted_is_no_value(formula: object) -> None:
    assert formula.compute(Facts()).value is None  # type: ignore[attr-defined]


def test_seniors_are_counted_apart() -> None:
    calls = [
        CallFact("1", AT, is_agent_anw=True, satisfaction=1, is_65_age=True),
        CallFact("2", AT, is_agent_anw=True, satisfaction=3, is_65_age=True),
        CallFact("3", AT, is_agent_anw=True, satisfaction=1),
    ]
    assert compute("K01b", Facts(calls)).value == 0.5


def test_who_gives_up_within_five_seconds_is_counted_apart() -> None:
    gave_up = [
        CallFact("1", AT, is_agent_req=True, wait_seconds=4.9, abandon_stage="queue"),
        CallFact("2", AT, is_agent_req=True, wait_seconds=5, abandon_stage="ring"),
        CallFact("3", AT, is_agent_req=True, wait_seconds=2, is_agent_anw=True),
    ]
    short, all_of_them = compute("K05b", Facts(gave_up)), compute("K05a", Facts(gave_up))
    assert (short.numerator, all_of_them.numerator, short.denominator) == (1, 2, 3)


def test_only_who_asked_for_an_agent_has_waited() -> None:
    calls = [
        CallFact("1", AT, is_agent_req=True, wait_seconds=10),
        CallFact("2", AT, is_agent_req=True),
        CallFact("3", AT, wait_seconds=99),
    ]
    assert compute("K24a", Facts(calls)).value == 10


def test_occupancy_and_utilisation() -> None:
    states = [
        StateFact("8001", "ready", None, 2000),
        StateFact("8001", "talking", None, 1000),
        StateFact("8001", "held", None, 100),
        StateFact("8001", "wrap_up", None, 200),
        StateFact("8001", "paused", "meal", 1800),
        StateFact("8001", "paused", "rona", 100),
    ]
    occupancy, utilisation = compute("K08", Facts((), states)), compute("K08a", Facts((), states))
    assert (occupancy.numerator, occupancy.denominator) == (1300, 3400)
    assert (utilisation.numerator, utilisation.denominator) == (1200, 5200)


def test_what_waits_now() -> None:
    facts = Facts(queue_now=QueueNow(3, 47.5))
    assert compute("K24b", facts).value == 3
    assert compute("K24c", facts).value == 47.5
    assert compute("K24b", Facts(queue_now=QueueNow(0, 0.0))).value == 0


@pytest.mark.parametrize(
    ("target", "value", "met"),
    [
        (Target(">=", 0.9), 0.9, True),
        (Target("<=", 15), 15.1, False),
        (Target("<", 0.005), 0.005, False),
        (Target("range", 0.75, 0.85), 0.8, True),
        (Target("range", 0.75, 0.85), 0.9, False),
        (Target("range", 0.75, 0.85), 0.75, True),
        (Target("range", 0.75, 0.85), 0.85, True),
        (Target("range", 0.75, 0.85), 0.74, False),
    ],
)
def test_targets(target: Target, value: float, met: bool) -> None:
    assert target.met(value) is met


def test_every_formula_explains_itself() -> None:
    assert len({formula.id for formula in FORMULAS}) == len(FORMULAS)
    assert all(formula.title and formula.text and formula.version >= 1 for formula in FORMULAS)


facts_lists = st.lists(
    st.builds(
        CallFact,
        call_id=st.text(min_size=1, max_size=3),
        t_in=st.just(AT),
        is_sys_pick_up=st.booleans(),
        is_ivr_agent_intent=st.booleans(),
        is_agent_req=st.just(True),
        is_agent_anw=st.booleans(),
        wait_seconds=st.none() | st.floats(0, 500),
        abandon_stage=st.sampled_from([None, "queue", "ring"]),
        satisfaction=st.sampled_from([None, 1, 2, 3]),
    ),
    max_size=20,
)


@given(facts_lists, facts_lists)
def test_numerators_and_denominators_add_up(left: list[CallFact], right: list[CallFact]) -> None:
    """National = sum of the provinces, for every figure that is a ratio of sums."""
    for formula_id in ("K01", "K03", "K03b", "K04", "K05a", "K04c", "K07"):
        parts = [compute(formula_id, Facts(calls)) for calls in (left, right)]
        whole = compute(formula_id, Facts([*left, *right]))
        assert whole.numerator == pytest.approx(sum(part.numerator or 0 for part in parts))
        assert whole.denominator == sum(part.denominator or 0 for part in parts)
