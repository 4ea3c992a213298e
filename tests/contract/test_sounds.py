"""sounds/manifest, the committed files, the speech grammar and the menus name the same prompts."""

import hashlib
import json
import re
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hotline.listening import active_level_db, read
from ivr.phrases import Phrase
from ivr.speech.clips import CLIPS
from ivr.speech.manifest import Prompt, load, missing_files

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
SOUNDS = ROOT / "sounds"
MANIFEST = load(SOUNDS / "manifest")
RENDERED: dict[str, dict[str, Any]] = json.loads((SOUNDS / "rendered.json").read_text(encoding="utf-8"))
SPOKEN = [prompt for prompt in MANIFEST.prompts.values() if not prompt.silence_ms]

LEVEL_DB = -22.0  # of the active speech
SENTENCE_SECONDS = (0.3, 20.0)
CLIP_SECONDS = (0.1, 1.6)
CORE_SOUNDS = {"beep"}  # come with Asterisk


def name(prompt: Prompt) -> str:
    return f"{prompt.language}/{prompt.id}"


def file(prompt: Prompt) -> Path:
    return SOUNDS / f"{name(prompt)}.wav"


def test_every_prompt_has_its_file_and_every_file_its_prompt() -> None:
    files = {path.relative_to(SOUNDS).as_posix().removesuffix(".wav") for path in SOUNDS.rglob("*.wav")}
    assert files == {name(prompt) for prompt in MANIFEST.prompts.values()}
    assert missing_files(MANIFEST, SOUNDS, "zh") == []


def test_every_file_is_rendered_from_the_present_text() -> None:
    for prompt in MANIFEST.prompts.values():
        known = RENDERED.get(name(prompt), {})
        assert known.get("text") == prompt.text, f"{name(prompt)}: run sounds/render.py"
        assert known["recipe"] == MANIFEST.recipe(prompt), f"{name(prompt)}: run sounds/render.py"
        assert known["sha256"] == hashlib.sha256(file(prompt).read_bytes()).hexdigest(), name(prompt)
    assert RENDERED.keys() == {name(prompt) for prompt in MANIFEST.prompts.values()}


def test_format_and_length() -> None:
    for prompt in MANIFEST.prompts.values():
        with wave.open(str(file(prompt)), "rb") as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2), name(prompt)
            seconds = sound.getnframes() / 8000
        shortest, longest = CLIP_SECONDS if prompt.is_clip else SENTENCE_SECONDS
        assert shortest <= seconds <= longest, f"{name(prompt)} lasts {seconds} s"


def test_levels_are_even_and_nothing_clips() -> None:
    for prompt in SPOKEN:
        samples = read(file(prompt))
        assert abs(active_level_db(samples) - LEVEL_DB) <= 1.5, name(prompt)
        assert np.max(np.abs(samples)) < 0.95, name(prompt)


def test_ends_are_silent_and_without_clicks() -> None:
    for prompt in SPOKEN:
        samples = read(file(prompt))
        assert abs(samples[0]) < 0.003, name(prompt)
        assert abs(samples[-1]) < 0.003, name(prompt)
        loud = np.flatnonzero(np.abs(samples) > 0.03)
        lead, trail = loud[0] / 8000, (len(samples) - loud[-1]) / 8000
        assert lead <= (prompt.lead_ms or 0) / 1000 + 0.25, f"{name(prompt)} begins with {lead} s of silence"
        assert trail <= (prompt.trail_ms or 0) / 1000 + 0.35, f"{name(prompt)} ends with {trail} s of silence"


def test_grammar_and_manifest_say_the_same() -> None:
    listed = {prompt.id: prompt.text for prompt in MANIFEST.prompts.values() if prompt.is_clip}
    assert listed == dict(CLIPS)


def test_every_sentence_of_the_menus_is_listed() -> None:
    assert {phrase.value for phrase in Phrase} <= MANIFEST.ids("zh")


def test_every_prompt_the_dialplan_plays_is_listed() -> None:
    listed = MANIFEST.ids("zh") | CORE_SOUNDS
    for path in (ROOT / "dialplans").glob("*.conf"):
        for played in re.findall(r"(?:Playback|Background)\(([^,)]+)", path.read_text(encoding="utf-8")):
            for wanted in played.split("&"):
                pattern = re.sub(r"\$\{[^}]*\}", r"[^/]+", wanted)
                assert any(re.fullmatch(pattern, one) for one in listed), f"{path.name} plays {wanted}"


def test_waiting_callers_are_told_every_place_and_wait() -> None:
    listed = MANIFEST.ids("zh")
    assert {f"queue/ahead/{n}" for n in range(22)} | {f"queue/wait/{n}" for n in range(1, 31)} <= listed


def test_menu_texts_name_each_key_once() -> None:
    for prompt in SPOKEN:
        keys = re.findall(r"请按(\d)", prompt.text)
        assert len(keys) == len(set(keys)), name(prompt)
