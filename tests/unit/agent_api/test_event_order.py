"""Which numbers of a stream are missing, and when to ask for them again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.eventlog.order import Place, Reading, Skipped
from agent_api.replay import Chaser, ReplayRequest
from tests.support.events import NOON

pytestmark = pytest.mark.unit

SECOND = timedelta(seconds=1)


def gap(first: int, last: int, stream: str = "s") -> Skipped:
    return Skipped(stream, first, last, NOON, NOON + SECOND)


def test_numbers_in_order_skip_nothing() -> None:
    reading = Reading()
    assert [reading.read("s", seq, NOON) for seq in (1, 2, 3)] == [None, None, None]
    assert reading.places == {"s": Place(3, NOON)}


def test_a_hole_is_told_once_with_its_time() -> None:
    reading = Reading({"s": Place(3, NOON)})
    assert reading.read("s", 7, NOON + SECOND) == Skipped("s", 4, 6, NOON, NOON + SECOND)
    assert reading.read("s", 5, NOON) is None
    assert reading.read("s", 8, NOON + SECOND) is None
    assert reading.seen("s", 5)
    assert not reading.seen("s", 9)


def test_a_new_stream_starts_at_one() -> None:
    reading = Reading()
    assert reading.read("old", 1, NOON) is None
    assert reading.read("new", 3, NOON) == Skipped("new", 1, 2, NOON, NOON)


@given(st.lists(st.integers(1, 30), max_size=60))
def test_what_is_skipped_and_what_was_read_make_the_whole(numbers: list[int]) -> None:
    reading, skipped = Reading(), set()
    for number in numbers:
        if hole := reading.read("s", number, NOON):
            skipped |= set(range(hole.first, hole.last + 1))
    highest = max(numbers, default=0)
    in_order = {number for index, number in enumerate(numbers) if number > max(numbers[:index], default=0)}
    assert skipped | in_order == set(range(1, highest + 1))
    assert not skipped & in_order


def test_a_gap_is_asked_for_at_once_again_and_given_up() -> None:
    chaser = Chaser(timedelta(seconds=5), attempts=3)
    assert chaser.update([gap(4, 6)], NOON) == [ReplayRequest("s", 3)]
    assert chaser.update([gap(4, 6)], NOON) == []
    assert chaser.due(NOON + 4 * SECOND) == ([], [])
    assert chaser.due(NOON + 5 * SECOND) == ([ReplayRequest("s", 3)], [])
    assert chaser.due(NOON + 10 * SECOND) == ([ReplayRequest("s", 3)], [])
    assert chaser.due(NOON + 15 * SECOND) == ([], [gap(4, 6)])
    assert chaser.due(NOON + 20 * SECOND) == ([], [])


def test_a_filled_gap_is_forgotten() -> None:
    chaser = Chaser(timedelta(seconds=5), attempts=3)
    chaser.update([gap(4, 6)], NOON)
    assert chaser.update([], NOON) == []
    assert chaser.due(NOON + 60 * SECOND) == ([], [])


def test_one_request_brings_all_gaps_of_a_stream() -> None:
    chaser = Chaser(timedelta(seconds=5), attempts=3)
    asked = chaser.update([gap(14, 16), gap(4, 6), gap(2, 2, "other")], NOON)
    assert asked == [ReplayRequest("s", 3), ReplayRequest("other", 1)]


def test_a_stream_the_acd_does_not_know_is_lost_at_once() -> None:
    chaser = Chaser(timedelta(seconds=5), attempts=3)
    chaser.update([gap(4, 6), gap(2, 2, "other")], NOON)
    assert chaser.unknown("s") == [gap(4, 6)]
    assert set(chaser.chases) == {("other", 2)}
