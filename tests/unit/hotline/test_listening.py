"""Which prompt a recording holds: right ones through a bad line, and what must not be taken for one."""

import wave
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from hotline.listening import (
    HEARD,
    RATE,
    SILENT_DB,
    active_level_db,
    energy,
    heard,
    longest_silence,
    read,
    sequence,
    tone_level,
)

pytestmark = pytest.mark.unit

Samples = npt.NDArray[np.float64]

SOUNDS = Path(__file__).parents[3] / "sounds" / "zh"
NAMES = ["welcome", "notice_recording", "menu/main", "auth/ask_password", "to_agent", "goodbye", "error/no_input"]
PROMPTS = [SOUNDS / f"{name}.wav" for name in NAMES]


def write(path: Path, samples: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def a_law(samples: Samples) -> Samples:
    """G.711 A-law there and back."""
    size, knee = np.abs(np.clip(samples, -1, 1)), 1 + np.log(87.6)
    bent = np.where(size < 1 / 87.6, 87.6 * size / knee, (1 + np.log(np.maximum(87.6 * size, 1e-12))) / knee)
    bent = np.round(bent * 127) / 127
    sizes = np.where(bent < 1 / knee, bent * knee / 87.6, np.exp(bent * knee - 1) / 87.6)
    return np.asarray(np.sign(samples) * sizes, np.float64)


def line(
    samples: Samples, *, gain: float = 1.0, loss: float = 0.0, slip: bool = False, noise_db: float = -90
) -> Samples:
    """A telephone line: lost 20 ms packets, a 10 ms slip of the jitter buffer, noise, A-law."""
    rng = np.random.default_rng(7)
    sent = np.concatenate([np.zeros(5000), samples, np.zeros(4000)]) * gain
    packets = np.arange(len(sent)) // 160
    sent[(rng.random(packets[-1] + 1) < loss)[packets]] = 0
    if slip:
        sent = np.insert(sent, len(sent) // 2, np.zeros(80))
    return a_law(sent + rng.normal(0, 10 ** (noise_db / 20), len(sent)))


LINES: dict[str, dict[str, Any]] = {
    "clean": {},
    "quiet": {"gain": 0.1},
    "1 % loss": {"loss": 0.01, "slip": True, "noise_db": -57.0},
    "5 % loss": {"gain": 0.4, "loss": 0.05, "slip": True, "noise_db": -50.0},
}


@pytest.mark.parametrize("condition", LINES)
def test_each_prompt_is_told_from_the_others(condition: str, tmp_path: Path) -> None:
    for played in PROMPTS:
        recording = write(tmp_path / "heard.wav", line(read(played), **LINES[condition]))
        coverage = {prompt: heard(recording, prompt).coverage for prompt in PROMPTS}
        assert coverage.pop(played) > HEARD + 0.15
        assert max(coverage.values()) < HEARD - 0.3


def test_place_is_found(tmp_path: Path) -> None:
    found = heard(write(tmp_path / "heard.wav", line(read(PROMPTS[2]))), PROMPTS[2])
    assert found.is_heard
    assert found.offset_seconds == pytest.approx(5000 / RATE, abs=0.002)


def test_prompt_cut_short_covers_its_share(tmp_path: Path) -> None:
    samples = read(PROMPTS[2])
    recording = write(tmp_path / "heard.wav", line(samples[: len(samples) // 3]))
    assert 0.2 < heard(recording, PROMPTS[2]).coverage < 0.45


def test_order_is_told_and_a_repeat_counts_twice(tmp_path: Path) -> None:
    order = [PROMPTS[index] for index in (0, 3, 6, 3, 5)]
    samples = np.concatenate([np.concatenate([read(prompt), np.zeros(3000)]) for prompt in order])
    recording = write(tmp_path / "heard.wav", line(samples, loss=0.01, slip=True, noise_db=-57))
    assert [found.prompt for found in sequence(recording, PROMPTS)] == order


def test_chain_of_number_clips_is_read_back(tmp_path: Path) -> None:
    clips = [SOUNDS / f"{name}.wav" for name in ("hundred/1", "yuan/28", "jiao/5")]
    others = [SOUNDS / f"{name}.wav" for name in ("hundred/2", "yuan/27", "yuan/20", "yuan/8", "jiao/4", "fen/5")]
    samples = np.concatenate([np.concatenate([read(clip), np.zeros(160)]) for clip in clips])
    recording = write(tmp_path / "heard.wav", line(samples, noise_db=-57))
    assert [found.prompt for found in sequence(recording, [*others, *clips])] == clips


def test_digits_are_read_back(tmp_path: Path) -> None:
    digits = {str(n): SOUNDS / f"digits/{n}.wav" for n in range(10)} | {"y": SOUNDS / "digits/yao.wav"}
    number = "y3900550072"
    samples = np.concatenate([np.concatenate([read(digits[digit]), np.zeros(160)]) for digit in number])
    found = sequence(write(tmp_path / "heard.wav", line(samples)), digits.values())
    names = {path: digit for digit, path in digits.items()}
    assert "".join(names[one.prompt] for one in found) == number


@pytest.mark.parametrize("what", ["silence", "noise", "tone", "speech backwards", "nothing"])
def test_what_is_no_prompt_is_not_heard(what: str, tmp_path: Path) -> None:
    seconds = np.arange(5 * RATE) / RATE
    other = {
        "silence": np.zeros(5 * RATE),
        "noise": np.random.default_rng(1).normal(0, 0.1, 5 * RATE),
        "tone": 0.3 * np.sin(2 * np.pi * 450 * seconds),
        "speech backwards": read(PROMPTS[0])[::-1],
        "nothing": np.zeros(0),
    }[what]
    recording = write(tmp_path / "heard.wav", other)
    assert not any(heard(recording, prompt).is_heard for prompt in PROMPTS)
    assert sequence(recording, PROMPTS) == []


def test_tone_is_measured_at_its_own_frequency(tmp_path: Path) -> None:
    seconds = np.arange(RATE) / RATE
    recording = write(tmp_path / "tone.wav", 0.5 * np.sin(2 * np.pi * 440 * seconds))
    assert tone_level(recording, 440) == pytest.approx(-9.03, abs=0.1)
    assert tone_level(recording, 1000) < -50


def test_levels(tmp_path: Path) -> None:
    speech = read(PROMPTS[0])
    with_pauses = np.concatenate([np.zeros(20 * RATE), speech, np.zeros(20 * RATE)])
    assert active_level_db(with_pauses) == pytest.approx(active_level_db(speech), abs=0.3)
    assert energy(write(tmp_path / "quiet.wav", np.zeros(RATE))) == SILENT_DB


def test_longest_silence(tmp_path: Path) -> None:
    tone = 0.1 * np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    samples = np.concatenate([tone, np.zeros(RATE // 2), tone, np.zeros(2 * RATE), tone])
    assert longest_silence(write(tmp_path / "gaps.wav", samples)) == pytest.approx(2.0, abs=0.05)


def test_recording_that_still_goes_on_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "live.wav", read(PROMPTS[0]))
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = bytes(4)  # as Asterisk 22 leaves them until the end
    path.write_bytes(content[:-1001])
    assert heard(path, PROMPTS[0]).is_heard


def test_other_formats_are_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "wide.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(bytes(320))
    with pytest.raises(ValueError, match="8 kHz"):
        read(tmp_path / "wide.wav")
