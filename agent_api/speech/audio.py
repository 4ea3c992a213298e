"""Any recording becomes what a telephone plays: 8 kHz, mono, 16 bit, trimmed, even in level. Pure, in memory.

soundfile (libsndfile) reads what people upload, also 24 bit in the extensible format, which the standard library's
wave cannot; soxr resamples. Both are maintained and come as wheels.
"""

import io
import math
import wave

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from agent_api.errors import Invalid

Samples = npt.NDArray[np.float64]

RATE = 8000
LEVEL_DB = -22.0
"""Active speech level of every prompt (sounds/shape.py has the same)."""
PEAK = 0.89
SHORTEST_SECONDS, LONGEST_SECONDS = 0.2, 120.0
MOST_BYTES = 50 * 2**20
SILENT_DB = -60.0
ENDS_MS = (60, 80)
HEARD_DB = -42.0
FRAME = RATE // 100


def from_recording(data: bytes) -> bytes:
    """Raises Invalid: speech.too_large, speech.not_audio, speech.too_short, speech.too_long or speech.silent."""
    if len(data) > MOST_BYTES:
        raise Invalid("speech.too_large")
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate, seconds = file.samplerate, file.frames / file.samplerate
            if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
                raise Invalid("speech.too_long" if seconds > LONGEST_SECONDS else "speech.too_short")
            samples = file.read(dtype="float64", always_2d=True).mean(axis=1)
    except soundfile.LibsndfileError:
        raise Invalid("speech.not_audio") from None
    return prompt(samples, rate)


def prompt(samples: Samples, rate: int) -> bytes:
    """A WAV file as Asterisk plays it. Raises Invalid when there is nothing to hear."""
    if not np.all(np.isfinite(samples)):
        raise Invalid("speech.not_audio")
    samples = soxr.resample(samples - np.mean(samples), rate, RATE) if len(samples) else samples
    level = active_level_db(samples)
    if level < SILENT_DB:
        raise Invalid("speech.silent")
    return _wav(_limited(_trimmed(samples) * 10 ** ((LEVEL_DB - level) / 20)))


def seconds_of(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound), "rb") as file:
        return file.getnframes() / file.getframerate()


def active_level_db(samples: Samples) -> float:
    """RMS of the spoken parts only (after ITU-T P.56): frames no more than 16 dB below the level found."""
    powers = _powers(samples, RATE // 50)
    powers = powers[powers > 0]
    if not len(powers):
        return -100.0
    active = powers
    for _ in range(20):
        louder = powers[powers > np.mean(active) * 10**-1.6]
        if len(louder) == len(active):
            break
        active = louder
    return 10 * math.log10(float(np.mean(active)))


def _trimmed(samples: Samples) -> Samples:
    """A little silence at both ends, and no click where it begins."""
    powers = _powers(samples, FRAME)
    loud = np.flatnonzero(powers > powers.max() * 10 ** (HEARD_DB / 10))
    lead, trail = (RATE * ms // 1000 for ms in ENDS_MS)
    body = samples[max(0, int(loud[0]) * FRAME - FRAME) : (int(loud[-1]) + 2) * FRAME].copy()
    fade = min(FRAME, len(body) // 2)
    body[:fade] *= np.linspace(0, 1, fade)
    body[len(body) - fade :] *= np.linspace(1, 0, fade)
    return np.concatenate([np.zeros(lead), body, np.zeros(trail)])


def _limited(samples: Samples) -> Samples:
    """Bend the few peaks above the limit instead of turning the whole prompt down."""
    knee = PEAK * 0.8
    bent = knee + (PEAK - knee) * np.tanh((np.abs(samples) - knee) / (PEAK - knee))
    return np.where(np.abs(samples) > knee, np.sign(samples) * bent, samples)


def _powers(samples: Samples, size: int) -> Samples:
    count = max(1, len(samples) // size)
    padded = np.resize(samples, count * size) if len(samples) < size else samples[: count * size]
    powers: Samples = np.mean(padded.reshape(count, size) ** 2, axis=1)
    return powers


def _wav(samples: Samples) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
