"""Every committed prompt sounds like every other: level, edges, pauses and speed, measured file by file."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hotline.listening import RATE, Samples, active_level_db, read
from ivr.speech.manifest import load
from ivr.speech.prompt import Prompt

pytestmark = pytest.mark.contract

SOUNDS = Path(__file__).parents[2] / "sounds"
SPOKEN = [prompt for prompt in load(SOUNDS / "manifest").prompts.values() if not prompt.silence_ms]
LEVEL_DB = -22.0  # of the active speech
SYLLABLES_A_SECOND = {"zh": (2.0, 6.0), "en": (1.8, 7.0)}
FRAME = RATE // 100


@cache
def samples_of(prompt: Prompt) -> Samples:
    return read(SOUNDS / prompt.language / f"{prompt.id}.wav")


@cache
def speech_of(prompt: Prompt) -> tuple[float, float]:
    """When it begins and ends, in seconds from the file's two ends."""
    samples = samples_of(prompt)
    loud = np.flatnonzero(np.abs(samples) > 0.03)
    return loud[0] / RATE, (len(samples) - loud[-1]) / RATE


def name(prompt: Prompt) -> str:
    return f"{prompt.language}/{prompt.id}"


def test_levels_are_even() -> None:
    off = {name(one): round(active_level_db(samples_of(one)), 1) for one in SPOKEN}
    assert {one: level for one, level in off.items() if abs(level - LEVEL_DB) > 1.5} == {}


def test_nothing_clips() -> None:
    peaks = {name(one): float(np.max(np.abs(samples_of(one)))) for one in SPOKEN}
    assert {one: peak for one, peak in peaks.items() if peak >= 0.95} == {}


def test_nothing_hums() -> None:
    assert {name(one) for one in SPOKEN if abs(float(np.mean(samples_of(one)))) > 0.003} == set()


def test_edges_do_not_click() -> None:
    """Silence at both ends, and no jump where a cut was made."""
    for prompt in SPOKEN:
        samples = samples_of(prompt)
        assert abs(samples[0]) < 0.003, name(prompt)
        assert abs(samples[-1]) < 0.003, name(prompt)
        for edge in (samples[: FRAME // 2], samples[-FRAME // 2 :]):
            assert np.max(np.abs(np.diff(edge))) < 0.1, name(prompt)


def test_silence_at_the_ends_is_what_was_asked_for() -> None:
    for prompt in SPOKEN:
        lead, trail = speech_of(prompt)
        assert lead <= (prompt.lead_ms or 0) / 1000 + 0.25, f"{name(prompt)} begins with {lead} s of silence"
        assert trail <= (prompt.trail_ms or 0) / 1000 + 0.35, f"{name(prompt)} ends with {trail} s of silence"


def test_nobody_hurries_or_drags() -> None:
    for prompt in SPOKEN:
        if prompt.kind != "sentence":
            continue
        lead, trail = speech_of(prompt)
        seconds = len(samples_of(prompt)) / RATE - lead - trail
        slowest, fastest = SYLLABLES_A_SECOND[prompt.language]
        assert slowest <= syllables(prompt) / seconds <= fastest, f"{name(prompt)}: {syllables(prompt) / seconds:.1f}"


def test_no_sentence_falls_silent_in_the_middle() -> None:
    for prompt in SPOKEN:
        lead, trail = speech_of(prompt)
        samples = samples_of(prompt)
        spoken = samples[int(lead * RATE) : len(samples) - int(trail * RATE)]
        quiet = np.abs(spoken[: len(spoken) // FRAME * FRAME].reshape(-1, FRAME)).max(axis=1) < 0.005
        longest = max((len(run) for run in "".join("x" if one else " " for one in quiet).split()), default=0)
        assert longest * 0.01 <= 0.9, f"{name(prompt)} is silent for {longest * 10} ms"


def syllables(prompt: Prompt) -> int:
    """One a Chinese character or digit; in English one a group of vowels, which is some too many (nine-teen)."""
    text = prompt.say
    if prompt.language == "zh":
        return sum(character.isalnum() for character in text)
    words = "".join(character if character.isalnum() else " " for character in text.lower()).split()
    return sum(max(1, vowel_groups(word)) for word in words)


def vowel_groups(word: str) -> int:
    marked = "".join("v" if letter in "aeiouy" else " " for letter in word.removesuffix("e"))
    return len(marked.split())
