"""What a waiting caller is told: places never rise, whoever overtakes; the keys, comfort and the offer in time."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.ids import QueueName
from acd.contracts.routing import CallbackRule, QueueRule
from acd.core.waiting.announcements import (
    KEYS_EVERY,
    LONGEST_WAIT_MINUTES,
    MOST_AHEAD,
    NOTHING_TOLD,
    Moment,
    Say,
    Speech,
    Told,
    next_due,
    speech,
    told_before,
)
from tests.support.floor import MONDAY_TEN as JOINED

pytestmark = pytest.mark.unit


def rule(**more: object) -> QueueRule:
    return QueueRule.model_validate({"name": QueueName("general"), "title": "综合服务", **more})


def hear(rule: QueueRule, moments: list[tuple[float, Moment]], told: Told = NOTHING_TOLD) -> list[Speech]:
    """What is said when looked at these seconds after joining."""
    heard = []
    for seconds, moment in moments:
        words, told = speech(told, rule, JOINED, moment, JOINED + timedelta(seconds=seconds))
        heard.append(words)
    return heard


def at(ahead: int, wait_seconds: int | None = 60, can_call_back: bool = True) -> Moment:
    return Moment(ahead, wait_seconds, can_call_back)


@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 9000))), min_size=1, max_size=40))
def test_what_was_spoken_never_rises(situations: list[tuple[int, int | None]]) -> None:
    every = rule(announce_every_seconds=30)
    heard = hear(every, [(30.0 * turn, at(*one)) for turn, one in enumerate(situations, start=1)])
    places = [words.place for words in heard if words.place is not None]
    assert len(places) == len(situations)
    for before, after in pairwise(places):
        assert after[0] <= before[0]
        assert after[1] <= before[1]
    assert all(0 <= ahead <= MOST_AHEAD and 1 <= minutes <= LONGEST_WAIT_MINUTES for ahead, minutes in places)


def test_an_important_caller_overtakes_and_nobody_is_told() -> None:
    heard = hear(rule(), [(30, at(2)), (60, at(3)), (90, at(1))])
    assert [words.place[0] for words in heard if words.place] == [2, 2, 1]


def test_who_comes_back_is_not_told_a_higher_place() -> None:
    before = speech(NOTHING_TOLD, rule(), JOINED, at(2), JOINED + timedelta(seconds=30))[1]
    assert hear(rule(), [(30, at(5))], told_before(before))[0].place == (2, 1)


def test_the_keys_are_named_now_and_then() -> None:
    heard = hear(rule(callback=CallbackRule(offer_after_seconds=None)), [(30.0 * n, at(0)) for n in range(1, 9)])
    assert [words.say for words in heard] == [Say.KEYS, None, None, None, Say.KEYS, None, None, None]
    assert KEYS_EVERY == 4


@pytest.mark.parametrize(
    ("callback", "possible"), [(None, True), (CallbackRule(offer_after_seconds=None), False), ({"by_key": False}, True)]
)
def test_a_key_that_does_nothing_is_not_named(callback: object, possible: bool) -> None:
    heard = hear(rule(callback=callback), [(30, at(0, can_call_back=possible))])
    assert heard[0].say is Say.KEYS_PLAIN


def test_comfort_between_the_places() -> None:
    quiet = rule(announce_every_seconds=0, comfort_every_seconds=20)
    assert next_due(NOTHING_TOLD, quiet, JOINED) == JOINED + timedelta(seconds=20)
    assert [words.say for words in hear(quiet, [(10, at(0)), (20, at(0)), (30, at(0)), (40, at(0))])] == [
        None,
        Say.COMFORT,
        None,
        Say.COMFORT,
    ]


def test_the_offer_comes_after_its_time_and_once() -> None:
    offering = rule(callback=CallbackRule(offer_after_seconds=45))
    heard = hear(offering, [(30, at(3)), (45, at(3)), (60, at(3)), (90, at(3))])
    assert [words.say for words in heard] == [Say.KEYS, Say.OFFER, None, None]


def test_the_offer_comes_at_once_when_the_wait_is_long() -> None:
    offering = rule(callback=CallbackRule(offer_after_seconds=None, offer_when_wait_over_seconds=300))
    assert next_due(NOTHING_TOLD, offering, JOINED) == JOINED + timedelta(seconds=2)
    assert hear(offering, [(2, at(9, 301))])[0] == Speech(None, Say.OFFER)
    assert hear(offering, [(2, at(9, 300)), (30, at(9, 290))])[0] == Speech(None, None)
    assert hear(offering, [(2, at(9, None))])[0].say is Say.OFFER  # nobody there at all


def test_nothing_is_offered_that_cannot_be_kept() -> None:
    offering = rule(callback=CallbackRule(offer_after_seconds=45))
    assert [words.say for words in hear(offering, [(45, at(3, can_call_back=False)), (50, at(3))])] == [
        Say.KEYS_PLAIN,
        None,
    ]


@given(st.lists(st.floats(0.5, 300), max_size=40), st.sampled_from([0, 20, 30]), st.sampled_from([0, 25, 60]))
def test_there_is_always_a_later_moment_or_none(gaps: list[float], place: int, comfort: int) -> None:
    """After every look the next one lies ahead: a timer can neither spin nor stop."""
    every = rule(
        announce_every_seconds=place,
        comfort_every_seconds=comfort,
        callback=CallbackRule(offer_after_seconds=45, offer_when_wait_over_seconds=100),
    )
    told, now = NOTHING_TOLD, JOINED
    for gap in gaps:
        now += timedelta(seconds=gap)
        _, told = speech(told, every, JOINED, at(3), now)
        due = next_due(told, every, JOINED)
        assert due is None or due > now
        assert due is not None or (place == 0 and comfort == 0 and told.offered) or now < JOINED
