"""Proves what a recording holds: which prompt, in which order, how loud, how long silent.

For tests and the prompt build only: needs numpy and scipy, which are development packages. No speech recognition: a
recording is compared with the committed files.
"""

import math
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hotline import correlation

Samples = npt.NDArray[np.float64]

RATE = correlation.RATE
SILENT_DB = -100.0
HEADER_BYTES = 44
LENGTH_NOT_WRITTEN_YET = bytes(4)
"""Asterisk writes the lengths into the header when it closes the file."""
# The share of its voiced blocks from which a prompt counts as heard. Right prompts cover 0.83 and more (A-law, loss,
# slips, noise), wrong ones 0.14 and less; tests/unit/hotline/test_listening.py keeps both apart.
HEARD = 0.6


@dataclass(frozen=True, slots=True)
class Heard:
    """`coverage` is the share of the prompt found in order; `offset_seconds` where it starts in the recording."""

    coverage: float
    offset_seconds: float

    @property
    def is_heard(self) -> bool:
        return self.coverage >= HEARD


@dataclass(frozen=True, slots=True)
class Found:
    prompt: Path
    offset_seconds: float
    coverage: float


def read(path: Path) -> Samples:
    """The samples of an 8 kHz mono 16 bit file, full scale = 1. A recording still being written is read so far."""
    data = path.read_bytes()
    if data[4:8] == LENGTH_NOT_WRITTEN_YET:
        frames = data[HEADER_BYTES : len(data) - len(data) % 2]
    else:
        with wave.open(str(path), "rb") as file:
            shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            if shape != (RATE, 1, 2):
                raise ValueError(f"{path}: expected 8 kHz mono 16 bit, found {shape}")
            frames = file.readframes(file.getnframes())
    return np.frombuffer(frames, dtype="<i2").astype(np.float64) / 32768.0


def level_db(samples: Samples) -> float:
    """RMS in dB below full scale; digital silence is -100."""
    power = float(np.mean(samples**2)) if len(samples) else 0.0
    return max(SILENT_DB, 10 * math.log10(power)) if power > 0 else SILENT_DB


def active_level_db(samples: Samples) -> float:
    """RMS of the spoken parts only (after ITU-T P.56): frames no more than 16 dB below the level found."""
    powers = np.mean(_frames(samples, 0.02) ** 2, axis=1)
    powers = powers[powers > 0]
    if not len(powers):
        return SILENT_DB
    active = powers
    for _ in range(20):
        louder = powers[powers > np.mean(active) * 10**-1.6]
        if len(louder) == len(active):
            break
        active = louder
    return 10 * math.log10(float(np.mean(active)))


def energy(recording: Path) -> float:
    """Level of the spoken parts of a file in dB below full scale: is anything there at all?"""
    return active_level_db(read(recording))


def tone_level(recording: Path, hz: float) -> float:
    """The strongest 100 ms of a tone in dB below full scale (a full-scale sine is -3)."""
    frames = _frames(read(recording), 0.1)
    if not len(frames):
        return SILENT_DB
    window = np.hanning(frames.shape[1])
    wave_form = np.exp(-2j * np.pi * hz * np.arange(frames.shape[1]) / RATE) * window
    amplitude = 2 * float(np.max(np.abs(frames @ wave_form))) / float(np.sum(window))
    return max(SILENT_DB, 20 * math.log10(amplitude / math.sqrt(2))) if amplitude > 0 else SILENT_DB


def longest_silence(recording: Path, below_db: float = -50.0) -> float:
    """Seconds of the longest run of 20 ms frames quieter than `below_db`."""
    longest = run = 0
    for frame in _frames(read(recording), 0.02):
        run = run + 1 if level_db(frame) < below_db else 0
        longest = max(longest, run)
    return longest * 0.02


def heard(recording: Path, prompt: Path, after_seconds: float = 0.0, opening_seconds: float | None = None) -> Heard:
    """How much of the prompt (or of its opening) the recording holds behind this second, and where."""
    wanted = read(prompt) if opening_seconds is None else read(prompt)[: int(opening_seconds * RATE)]
    match = correlation.best(read(recording)[int(after_seconds * RATE) :], wanted)
    return Heard(match.coverage, match.offset / RATE + after_seconds)


def sequence(recording: Path, prompts: Iterable[Path]) -> list[Found]:
    """The prompts the recording holds, in the order they were played; one may come several times.

    Give every prompt that could have been played: where two fit the same stretch, the better one counts.
    """
    samples = read(recording)
    candidates = [
        (match, prompt, len(wanted))
        for prompt in dict.fromkeys(prompts)
        for wanted in [read(prompt)]
        for match in correlation.all_matches(samples, wanted, HEARD)
    ]
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for match, prompt, length in sorted(candidates, key=lambda candidate: -candidate[0].likeness):
        if not any(_overlap(match.offset, length, *other) for other in taken):
            taken.append((match.offset, length))
            found.append(Found(prompt, match.offset / RATE, match.coverage))
    return sorted(found, key=lambda one: one.offset_seconds)


def _overlap(start: int, length: int, other: int, other_length: int) -> bool:
    """Two prompts cannot share more than a third of the shorter one: slips move them a little into each other."""
    shared = min(start + length, other + other_length) - max(start, other)
    return shared > min(length, other_length) / 3


def _frames(samples: Samples, seconds: float) -> Samples:
    size = int(seconds * RATE)
    count = len(samples) // size
    return samples[: count * size].reshape(count, size)
