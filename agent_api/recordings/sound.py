"""From what Asterisk wrote to what is kept: silence put in where nothing was written, FLAC, the shape for the screen.

FLAC and not Opus: measured 15 ms of CPU a minute of stereo against 850, nothing lost, every browser plays it.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from agent_api.recordings.timeline import Gap

RATE = 8000
CHANNELS = 2
"""The customer is left, agents are right."""
FRAME_BYTES = 2 * CHANNELS
BARS = 1000
RAW_SUFFIX = ".raw"
MEDIA_TYPE = "audio/flac"

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Sound:
    length_ms: int
    size: int
    sha256: str
    peaks: str


def compose(raw: Path, gaps: Sequence[Gap], target: Path) -> Sound:
    """Write the sound file. Blocks: call it in a thread."""
    samples = _with_gaps(_read(raw), gaps)
    soundfile.write(target, samples, RATE, format="FLAC", subtype="PCM_16")
    length_ms = round(len(samples) * 1000 / RATE)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Sound(length_ms, target.stat().st_size, digest, _peaks(samples))


def length_ms(raw: Path) -> int:
    return raw.stat().st_size // FRAME_BYTES * 1000 // RATE


def _read(raw: Path) -> Samples:
    """A file that was cut off in the middle of a frame (Asterisk was killed) is good up to there."""
    frames = raw.stat().st_size // FRAME_BYTES
    return np.fromfile(raw, dtype="<i2", count=frames * CHANNELS).reshape(-1, CHANNELS)


def _with_gaps(samples: Samples, gaps: Sequence[Gap]) -> Samples:
    parts: list[Samples] = []
    done = 0
    for gap in gaps:
        until = max(done, min(len(samples), gap.after_ms * RATE // 1000))
        parts += [samples[done:until], np.zeros((gap.length_ms * RATE // 1000, CHANNELS), np.int16)]
        done = until
    return np.concatenate([*parts, samples[done:]]) if parts else samples


def _peaks(samples: Samples) -> str:
    """The loudest sample of each side in every bar, 0 to 255: all bars of the left, then all of the right."""
    if not len(samples):
        return ""
    starts = np.unique(np.linspace(0, len(samples), BARS, endpoint=False, dtype=np.int64))
    highest = np.maximum.reduceat(samples, starts).astype(np.int32)
    lowest = np.minimum.reduceat(samples, starts).astype(np.int32)
    loudest = np.maximum(highest, -lowest) * 255 // 32768
    return base64.b64encode(loudest.T.astype(np.uint8).tobytes()).decode()


def bars(peaks: str) -> tuple[list[int], list[int]]:
    """The customer's and the agents' bars."""
    both = list(base64.b64decode(peaks))
    return both[: len(both) // 2], both[len(both) // 2 :]
