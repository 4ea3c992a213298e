"""Sentences put together out of files sound like one: no long gap, no click, no word cut off where files meet."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from hotline.listening import RATE, Samples, read
from ivr.phrases import Template
from ivr.prompts import speaker
from ivr.speech.limits import PAUSE
from ivr.speech.manifest import load
from ivr.speech.template import STOP_LEAD_MS
from ivr.speech.values import Count, Day, Digits, Money, Month, Saying, Value

pytestmark = pytest.mark.contract

SOUNDS = Path(__file__).parents[2] / "sounds"
MANIFEST = load(SOUNDS / "manifest")
FRAME = RATE // 200
QUIET = 10 ** (-45 / 20)
LONGEST_GAP_MS = 250  # inside a clause
LONGEST_GROUP_MS = 350  # at a comma and between the groups of a number
LONGEST_STOP_MS = STOP_LEAD_MS + 100
LARGEST_JUMP = 0.03
LOUDEST_END_DB = -5.0
STATES: tuple[dict[str, Value], ...] = tuple(
    {
        **dict.fromkeys(("amount", "balance"), Money(Decimal(money))),
        **dict.fromkeys(("hours", "minutes", "data", "messages", "points", "open", "done"), Count(count)),
        "number": Digits(number),
        "last4": Digits(number[-4:]),
        "month": Month(f"2026-{day.month:02d}"),
        "day": Day(day),
    }
    for money, count, number, day in (
        ("123.45", 48, "13912345678", dt.date(2026, 11, 22)),
        ("1024.07", 2048, "02588880000", dt.date(2027, 1, 1)),
        ("70010000.30", 2, "202611220013", dt.date(2026, 10, 10)),
        ("0.05", 113, "17910000011", dt.date(2026, 2, 28)),
    )
)


@dataclass(frozen=True)
class Join:
    """Where the file `before` ends and `after` begins, inside one sentence."""

    name: str
    before: str
    after: str
    gap_ms: float
    jump: float


@cache
def samples(language: str, clip: str) -> Samples:
    return read(SOUNDS / language / f"{clip}.wav")


@cache
def joins(language: str) -> tuple[Join, ...]:
    return tuple(found for template in Template for state in STATES for found in _joins(language, template, state))


def _joins(language: str, template: Template, state: dict[str, Value]) -> Iterator[Join]:
    clips = speaker(SOUNDS, language).clips([Saying(template, state)])
    whole = np.concatenate([samples(language, clip) for clip in clips])
    frames = whole[: len(whole) // FRAME * FRAME].reshape(-1, FRAME)
    quiet = np.sqrt(np.mean(frames**2, axis=1)) < QUIET
    place = 0
    for before, after in itertools.pairwise(clips):
        place += len(samples(language, before))
        jump = abs(float(whole[place] - whole[place - 1]))
        yield Join(f"{language} {template}", before, after, _gap_ms(quiet, place // FRAME), jump)


def _gap_ms(quiet: npt.NDArray[np.bool_], at: int) -> float:
    if at >= len(quiet) or not (quiet[at] or quiet[at - 1]):
        return 0.0
    loud = np.flatnonzero(~quiet)
    if not len(loud) or at <= loud[0] or at > loud[-1]:
        return 0.0  # before the first word or after the last
    return float(loud[loud >= at][0] - loud[loud < at][-1] - 1) * FRAME * 1000 / RATE


def allowed_ms(language: str, join: Join) -> int:
    fragment = MANIFEST.prompts.get((language, join.after))
    if fragment is not None and fragment.lead_ms == STOP_LEAD_MS:
        return LONGEST_STOP_MS
    asked = fragment is not None and fragment.lead_ms
    return LONGEST_GROUP_MS if asked or PAUSE in (join.before, join.after) else LONGEST_GAP_MS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_gap_tears_a_sentence(language: str) -> None:
    long = [one for one in joins(language) if one.gap_ms > allowed_ms(language, one)]
    assert long == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_join_clicks(language: str) -> None:
    assert len(joins(language)) > 200
    assert [one for one in joins(language) if one.jump > LARGEST_JUMP] == []


def test_no_word_is_cut_off_at_full_voice() -> None:
    """What stands before a value ends in its own sentence: the last moment before the fade-out is not the loudest."""
    parts = [prompt for prompt in MANIFEST.prompts.values() if prompt.kind == "fragment"]
    assert len(parts) > 50
    assert {f"{one.language}/{one.id}" for one in parts if _last_db(one.language, one.id) > LOUDEST_END_DB} == set()


def _last_db(language: str, clip: str) -> float:
    """Of the moment before the fade-out, below the loudest."""
    sound = samples(language, clip)
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    powers = np.mean(frames**2, axis=1)
    last = int(np.flatnonzero(powers > 0)[-1])
    return float(10 * np.log10(max(np.max(powers[last - 3 : last - 1]) / np.max(powers), 1e-9)))
