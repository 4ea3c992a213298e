"""Makes the agent-number announcements (工号播报): one file an agent, joined from the digit clips.

Asterisk's Dial plays one file to the caller when the agent answers, so a chain of clips must be one file.
"""

import re
import wave
from collections.abc import Iterable
from pathlib import Path

GAP_MS = 60
AGENT_NUMBER = re.compile(r"[0-9]{4,6}")


def write_announcements(agent_numbers: Iterable[str], clips: Path, target: Path) -> int:
    """Write `<target>/<number>.wav` for each agent that has none yet; return how many were written.

    `clips` is the language folder with `digits/<d>.wav` and `agent/serves_you.wav` (8 kHz mono 16 bit). Raises
    ValueError for a number that is not 4 to 6 digits, FileNotFoundError for a missing clip.
    """
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for number in agent_numbers:
        if not AGENT_NUMBER.fullmatch(number):
            raise ValueError(f"not an agent number: {number!r}")
        path = target / f"{number}.wav"
        if not path.exists():
            _join([clips / "digits" / f"{digit}.wav" for digit in number] + [clips / "agent" / "serves_you.wav"], path)
            written += 1
    return written


def _join(parts: list[Path], path: Path) -> None:
    frames = []
    for part in parts:
        with wave.open(str(part), "rb") as clip:
            rate, width, channels = clip.getframerate(), clip.getsampwidth(), clip.getnchannels()
            frames.append(clip.readframes(clip.getnframes()))
    gap = bytes(rate * GAP_MS // 1000 * width * channels)
    partial = path.with_suffix(".partial")
    with wave.open(str(partial), "wb") as joined:
        joined.setnchannels(channels)
        joined.setsampwidth(width)
        joined.setframerate(rate)
        joined.writeframes(gap.join(frames))
    partial.rename(path)
