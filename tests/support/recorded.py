"""What a stereo recording holds: which tone on which side, from when to when."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

RATE = 8000
BLOCK = RATE // 20
SILENT = 30
"""Amplitude below which nothing is said (A-law's own noise is 8)."""
TOLERANCE_HERTZ = 25
CUSTOMER, AGENT = 0, 1

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Tone:
    """`hertz` None: silence. Times in seconds."""

    hertz: int | None
    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def read(file: Path) -> Samples:
    """A sound file, or what Asterisk has written so far."""
    if file.suffix == ".raw":
        samples = np.fromfile(file, "<i2")
        return samples[: len(samples) // 2 * 2].reshape(-1, 2)
    found: Samples = soundfile.read(file, dtype="int16", always_2d=True)[0]
    return found


def tones(samples: Samples, side: int, wanted: tuple[int, ...], at_least: float = 0.25) -> list[Tone]:
    """The tones of one side in order; what is neither silent nor one of `wanted`, or shorter, is left out."""
    count = len(samples) // BLOCK
    blocks = samples[: count * BLOCK, side].reshape(count, BLOCK)
    kinds = [_kind(block, wanted) for block in blocks]
    found, place = [], 0
    for hertz, run in groupby(kinds):
        length = len(list(run))
        if hertz != OTHER and length * BLOCK / RATE >= at_least:
            found.append(Tone(hertz, place * BLOCK / RATE, (place + length) * BLOCK / RATE))
        place += length
    return found


OTHER = -1


def _kind(block: Samples, wanted: tuple[int, ...]) -> int | None:
    if np.max(np.abs(block.astype(np.int32))) < SILENT:
        return None
    spectrum = np.abs(np.fft.rfft(block * np.hanning(len(block))))
    peak = float(np.argmax(spectrum)) * RATE / len(block)
    return next((hertz for hertz in wanted if abs(hertz - peak) <= TOLERANCE_HERTZ), OTHER)
