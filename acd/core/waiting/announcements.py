"""What a waiting caller is told, and when: pure. Places and waits that were spoken never rise again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from acd.contracts.routing import QueueRule

MOST_AHEAD = 21
"""The last recorded sentence: "more than twenty"."""
LONGEST_WAIT_MINUTES = 30
FIRST_LOOK_SECONDS = 2
KEYS_EVERY = 4
"""With the first announcement of the place and then with every so many the keys are named."""


class Say(StrEnum):
    """Sentences of sounds/manifest below queue/say/."""

    COMFORT = "comfort"
    KEYS = "keys"
    KEYS_PLAIN = "keys_plain"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Told:
    """What this caller has heard in this queue."""

    places: int = 0
    """How often the place was spoken."""
    comforts: int = 0
    ahead: int = MOST_AHEAD
    minutes: int = LONGEST_WAIT_MINUTES
    offered: bool = False
    looked: bool = False
    """Whether a call back may be asked for, or is offered at once, was looked at once, at the beginning."""


NOTHING_TOLD = Told()


def told_before(told: Told) -> Told:
    """For who comes back into the same queue: what was said binds, the times begin anew."""
    return Told(ahead=told.ahead, minutes=told.minutes)


@dataclass(frozen=True, slots=True)
class Speech:
    """For the next look of the dialplan: place and wait together, or neither; and at most one sentence."""

    place: tuple[int, int] | None = None
    """Callers ahead, minutes."""
    say: Say | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """The caller's situation now."""

    ahead: int
    wait_seconds: int | None
    """None: nobody serves the queue."""
    can_call_back: bool


def place_due(told: Told, rule: QueueRule, joined: datetime) -> datetime | None:
    return _nth(joined, rule.announce_every_seconds, told.places + 1)


def comfort_due(told: Told, rule: QueueRule, joined: datetime) -> datetime | None:
    return _nth(joined, rule.comfort_every_seconds, told.comforts + 1)


def offer_due(told: Told, rule: QueueRule, joined: datetime) -> datetime | None:
    if told.offered or rule.callback is None or rule.callback.offer_after_seconds is None:
        return None
    return joined + timedelta(seconds=rule.callback.offer_after_seconds)


def _first_look(told: Told, rule: QueueRule, joined: datetime) -> datetime | None:
    """Not at once: most callers are served before, and each word to Asterisk costs."""
    if told.looked or rule.callback is None:
        return None
    return joined + timedelta(seconds=FIRST_LOOK_SECONDS)


def next_due(told: Told, rule: QueueRule, joined: datetime) -> datetime | None:
    """When there may be something to say; None: never."""
    sentences = (comfort_due(told, rule, joined), offer_due(told, rule, joined), _first_look(told, rule, joined))
    due = (place_due(told, rule, joined), *sentences)
    return min((one for one in due if one is not None), default=None)


def speech(told: Told, rule: QueueRule, joined: datetime, moment: Moment, now: datetime) -> tuple[Speech, Told]:
    """What to say now, and what the caller has then been told."""
    after = replace(told, looked=True)
    place: tuple[int, int] | None = None
    say: Say | None = None
    if _is(comfort_due(told, rule, joined), now):
        say, after = Say.COMFORT, replace(after, comforts=_passed(joined, rule.comfort_every_seconds, now))
    if _is(place_due(told, rule, joined), now):
        ahead, minutes = min(told.ahead, moment.ahead), min(told.minutes, _minutes(moment.wait_seconds))
        place = (ahead, minutes)
        if told.places % KEYS_EVERY == 0:
            say = Say.KEYS if _by_key(rule, moment) else Say.KEYS_PLAIN
        passed = _passed(joined, rule.announce_every_seconds, now)
        after = replace(after, places=passed, ahead=ahead, minutes=minutes)
    if moment.can_call_back and _should_offer(told, rule, joined, moment, now):
        say, after = Say.OFFER, replace(after, offered=True)
    elif _is(offer_due(told, rule, joined), now):
        after = replace(after, offered=True)  # its time has passed without a call back to offer
    return Speech(place, say), after


def _by_key(rule: QueueRule, moment: Moment) -> bool:
    return moment.can_call_back and rule.callback is not None and rule.callback.by_key


def _should_offer(told: Told, rule: QueueRule, joined: datetime, moment: Moment, now: datetime) -> bool:
    if told.offered or rule.callback is None:
        return False
    limit = rule.callback.offer_when_wait_over_seconds
    long_wait = limit is not None and (moment.wait_seconds is None or moment.wait_seconds > limit)
    return long_wait or _is(offer_due(told, rule, joined), now)


def _minutes(seconds: int | None) -> int:
    return LONGEST_WAIT_MINUTES if seconds is None else min(LONGEST_WAIT_MINUTES, max(1, ceil(seconds / 60)))


def _nth(joined: datetime, every_seconds: int, count: int) -> datetime | None:
    return joined + timedelta(seconds=every_seconds * count) if every_seconds > 0 else None


def _passed(joined: datetime, every_seconds: int, now: datetime) -> int:
    """How many of its times have passed: after a gap nothing is said twice."""
    return max(1, int((now - joined).total_seconds() // every_seconds))


def _is(due: datetime | None, now: datetime) -> bool:
    return due is not None and now >= due
