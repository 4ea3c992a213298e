"""From spoken samples to a telephone prompt: 8 kHz, cut, trimmed, faded, even in level. Pure signal work."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, resample_poly, sosfiltfilt

from hotline.listening import RATE, active_level_db

Samples = npt.NDArray[np.float64]

LEVEL_DB = -22.0  # active speech level; leaves the usual crest of speech below full scale
PEAK = 0.89  # -1 dB
HEARD_DB = -42.0  # what is this far below the loudest frame is silence
HISS_DB = -26.0  # what is this far below the loudest voice is not voiced


def telephone(samples: Samples, rate: int) -> Samples:
    """To 8 kHz without what a telephone line does not carry."""
    high_pass = butter(2, 120, "highpass", fs=rate, output="sos")
    return np.asarray(resample_poly(sosfiltfilt(high_pass, samples), RATE, rate), np.float64)


def quietest(samples: Samples, around: int, reach: int = RATE * 35 // 1000) -> int:
    """The quietest 5 ms near a place: where a cut is heard least."""
    size = RATE // 200
    first = max(0, around - reach)
    places = range(first, min(len(samples) - size, around + reach), size // 4)
    return min(places, key=lambda place: float(np.sum(samples[place : place + size] ** 2)), default=around) + size // 2


def soft_start(samples: Samples, around: int, reach: int = RATE * 100 // 1000) -> int:
    """Where a hiss (三, 四, six) begins: at the quietest place since the voice before it ended."""
    size = RATE // 200
    voiced = sosfiltfilt(butter(4, 700, "lowpass", fs=RATE, output="sos"), samples)
    first = max(0, around - reach)
    powers = _powers(voiced[first : around + reach // 2], size)
    voiceless = powers < np.max(_powers(voiced, size)) * 10 ** (HISS_DB / 10)
    start = end = int(np.argmin(powers))
    while start > 0 and voiceless[start - 1]:
        start -= 1
    while end < len(powers) - 1 and voiceless[end + 1]:
        end += 1
    all_powers = _powers(samples[first + start * size : first + (end + 1) * size], size)
    return first + (start + int(np.argmin(all_powers))) * size + size // 2


def trim(samples: Samples, lead_ms: int, trail_ms: int) -> Samples:
    """Exactly this much silence at both ends, and no click where it begins."""
    first, last = _spoken(samples)
    lead, trail = RATE * lead_ms // 1000, RATE * trail_ms // 1000
    have_lead, have_trail = min(first, lead), min(len(samples) - last, trail)
    body = samples[first - have_lead : last + have_trail].copy()
    fade_in, fade_out = RATE * 4 // 1000, RATE * 10 // 1000
    body[:fade_in] *= np.linspace(0, 1, fade_in)
    body[-fade_out:] *= np.linspace(1, 0, fade_out)
    return np.concatenate([np.zeros(lead - have_lead), body, np.zeros(trail - have_trail)])


def level(samples: Samples) -> Samples:
    return _limited(samples * 10 ** ((LEVEL_DB - active_level_db(samples)) / 20))


def write(path: Path, samples: Samples) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())


def _spoken(samples: Samples) -> tuple[int, int]:
    size = RATE // 200
    powers = _powers(samples, size)
    loud = np.flatnonzero(powers > powers.max() * 10 ** (HEARD_DB / 10))
    return int(loud[0]) * size, int(loud[-1] + 1) * size


def _powers(samples: Samples, size: int) -> Samples:
    count = len(samples) // size
    return np.asarray(np.mean(samples[: count * size].reshape(count, size) ** 2, axis=1))


def _limited(samples: Samples) -> Samples:
    """Bend the few peaks above the limit instead of turning the whole prompt down."""
    knee = PEAK * 0.8
    over = np.abs(samples) > knee
    bent = knee + (PEAK - knee) * np.tanh((np.abs(samples) - knee) / (PEAK - knee))
    return np.where(over, np.sign(samples) * bent, samples)
