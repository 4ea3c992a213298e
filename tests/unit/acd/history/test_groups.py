"""Ties make calls, in whatever order they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.core.history.groups import Groups

pytestmark = pytest.mark.unit

ties = st.lists(st.tuples(st.integers(0, 30).map(str), st.integers(0, 30).map(str)), max_size=60)


def groups_of(pairs: list[tuple[str, str]]) -> Groups:
    groups = Groups()
    for one, other in pairs:
        groups.tie(one, other)
    return groups


def test_ties_are_transitive() -> None:
    groups = groups_of([("a", "b"), ("c", "d"), ("b", "c")])
    assert len({groups.find(key) for key in "abcd"}) == 1
    assert groups.find("e") == "e"


def test_nothing_is_tied_to_nothing() -> None:
    groups = groups_of([("a", ""), ("", "b")])
    assert groups.find("a") != groups.find("b")


@given(ties, st.randoms(use_true_random=False))
def test_order_does_not_matter(pairs: list[tuple[str, str]], random: object) -> None:
    before = groups_of(pairs)
    mixed = list(pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    after = groups_of(mixed)
    assert [before.find(str(key)) for key in range(31)] == [after.find(str(key)) for key in range(31)]
