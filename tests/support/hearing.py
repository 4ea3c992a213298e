"""What a person outside hears, checked while the call goes on: polls the recording until the prompt is in it."""

from collections.abc import Iterable
from pathlib import Path

from hotline import listening
from hotline.outside.call import OutsideCall
from tests.support.processes import eventually_async

SOUNDS = Path(__file__).parents[2] / "sounds" / "zh"


def sound(prompt: str, language: str = "zh") -> Path:
    path = SOUNDS.parent / language / f"{prompt}.wav"
    assert path.exists(), f"no such prompt: {prompt}"
    return path


async def hears(call: OutsideCall, prompt: str, within: float = 15, language: str = "zh") -> None:
    """Wait until this prompt was heard from beginning to end."""
    await hears_file(call, sound(prompt, language), within)


async def hears_file(call: OutsideCall, wanted: Path, within: float = 15) -> None:
    async def is_heard() -> bool:
        return is_readable(call.heard) and listening.heard(call.heard, wanted).is_heard

    await eventually_async(is_heard, f"{call.name} hears {wanted.stem} (recording {call.heard.name})", within)


async def hears_tone(call: OutsideCall, hertz: int, within: float = 10) -> None:
    async def is_heard() -> bool:
        return is_readable(call.heard) and listening.tone_level(call.heard, hertz) > TONE_DB

    await eventually_async(is_heard, f"{call.name} hears {hertz} Hz", within)


def heard_in_order(call: OutsideCall, prompts: Iterable[str], others: Iterable[str] = ()) -> list[str]:
    """The prompts in the recording in the order they were heard; `others` compete, as wrong answers would."""
    names = list(dict.fromkeys((*prompts, *others)))
    by_file = {sound(name): name for name in names}
    return [by_file[found.prompt] for found in listening.sequence(call.heard, by_file)]


def is_readable(recording: Path) -> bool:
    return recording.exists() and recording.stat().st_size > HEADER_BYTES


TONE_DB = -35.0
HEADER_BYTES = 44 + 1600
