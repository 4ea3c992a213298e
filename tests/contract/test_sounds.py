"""sounds/manifest, the committed files, the speech grammar and the menus name the same prompts."""

import csv
import hashlib
import json
import re
import tomllib
import wave
from pathlib import Path
from typing import Any

import pytest

from acd.contracts.menu.tree import Tree
from agent_api.messages.templates import catalogue
from ivr.phrases import Phrase
from ivr.prompts import problems
from ivr.speech.clips import CLIPS
from ivr.speech.manifest import load
from ivr.speech.prompt import Prompt

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
SOUNDS = ROOT / "sounds"
MANIFEST = load(SOUNDS / "manifest")
RENDERED: dict[str, dict[str, Any]] = json.loads((SOUNDS / "rendered.json").read_text(encoding="utf-8"))
LANGUAGES = ("zh", "en")

SECONDS = {"sentence": (0.3, 30.0), "fragment": (0.1, 12.0), "clip": (0.1, 1.6)}  # the longest are menus of ten keys
CORE_SOUNDS = {"beep"}  # come with Asterisk
SURE = ("为提高", "长途", "长者", "过长", "重新")
"""The dictionaries read these right."""


def name(prompt: Prompt) -> str:
    return f"{prompt.language}/{prompt.id}"


def file(prompt: Prompt) -> Path:
    return SOUNDS / f"{name(prompt)}.wav"


def test_every_prompt_has_its_file_and_every_file_its_prompt() -> None:
    files = {path.relative_to(SOUNDS).as_posix().removesuffix(".wav") for path in SOUNDS.rglob("*.wav")}
    assert files == {name(prompt) for prompt in MANIFEST.prompts.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_menu_can_be_spoken_in_every_language(language: str) -> None:
    assert problems(SOUNDS, language) == []


def test_every_file_is_rendered_from_the_present_text() -> None:
    for prompt in MANIFEST.prompts.values():
        known = RENDERED.get(name(prompt), {})
        assert known.get("text") == prompt.text, f"{name(prompt)}: run sounds/render.py, or record it again"
        assert "recorded_by" in known or known["recipe"] == MANIFEST.recipe(prompt), f"{name(prompt)}: render it"
        assert known["sha256"] == hashlib.sha256(file(prompt).read_bytes()).hexdigest(), name(prompt)
    assert RENDERED.keys() == {name(prompt) for prompt in MANIFEST.prompts.values()}


def test_format_and_length() -> None:
    for prompt in MANIFEST.prompts.values():
        with wave.open(str(file(prompt)), "rb") as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2), name(prompt)
            seconds = sound.getnframes() / 8000
        shortest, longest = SECONDS[prompt.kind]
        assert shortest <= seconds <= longest, f"{name(prompt)} lasts {seconds} s"
        assert seconds == pytest.approx(RENDERED[name(prompt)]["seconds"], abs=0.006), name(prompt)


def test_the_sheet_is_current() -> None:
    with (SOUNDS / "sheet.csv").open(encoding="utf-8", newline="") as sheet:
        rows = {f"{row['language']}/{row['id']}": row for row in csv.DictReader(sheet)}
    assert rows.keys() == RENDERED.keys()
    for prompt in MANIFEST.prompts.values():
        row, known = rows[name(prompt)], RENDERED[name(prompt)]
        assert (row["text"], row["kind"], row["file"]) == (prompt.text, prompt.kind, f"{name(prompt)}.wav")
        assert (float(row["seconds"]), float(row["level_db"])) == (known["seconds"], known["level_db"]), name(prompt)
        assert row["recorded_by"], name(prompt)


@pytest.mark.parametrize("language", LANGUAGES)
def test_grammar_and_manifest_say_the_same(language: str) -> None:
    listed = {one.id: one.text for one in MANIFEST.prompts.values() if one.is_clip and one.language == language}
    assert listed == dict(CLIPS[language])


def test_every_sentence_of_the_menus_is_listed() -> None:
    tree = Tree.model_validate(tomllib.loads((ROOT / "acd/contracts/menu/default.toml").read_text(encoding="utf-8")))
    named = {prompt for node in tree.nodes.values() for prompt in getattr(node, "prompts", ())}
    assert len(named) > 20
    for language in LANGUAGES:
        assert named | {phrase.value for phrase in Phrase} <= MANIFEST.ids(language)


def test_every_prompt_the_dialplan_plays_is_listed() -> None:
    listed = MANIFEST.ids("zh") | CORE_SOUNDS
    for path in (ROOT / "dialplans").glob("*.conf"):
        for played in re.findall(r"(?:Playback|Background)\(([^,)]+)", path.read_text(encoding="utf-8")):
            for wanted in played.split("&"):
                pattern = re.sub(r"\$\{[^}]*\}", r"[^/]+", wanted)
                assert any(re.fullmatch(pattern, one) for one in listed), f"{path.name} plays {wanted}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_callers_are_told_every_place_and_wait(language: str) -> None:
    listed = MANIFEST.ids(language)
    assert {f"queue/ahead/{n}" for n in range(22)} | {f"queue/wait/{n}" for n in range(1, 31)} <= listed


@pytest.mark.parametrize(("language", "key"), [("zh", r"请按(\d)"), ("en", r"press (\d)")])
def test_menu_texts_name_each_key_once(language: str, key: str) -> None:
    for prompt in MANIFEST.prompts.values():
        keys = re.findall(key, prompt.text) if prompt.language == language else []
        assert len(keys) == len(set(keys)), name(prompt)


def test_both_languages_offer_the_same_keys() -> None:
    for prompt in MANIFEST.prompts.values():
        other = MANIFEST.prompts.get(("en", prompt.id))
        if prompt.language == "zh" and other and prompt.kind == "sentence" and prompt.id.startswith("menu/"):
            if prompt.id == "menu/language":
                continue  # each language names its own key
            chinese, english = re.findall(r"请按(\d)", prompt.text), re.findall(r"press (\d)", other.text)
            assert chinese == english, prompt.id


def test_every_prompt_a_message_is_told_with_is_listed() -> None:
    told = {part for template in catalogue().values() for part in template.spoken if not part.startswith("{")}
    assert told
    for language in LANGUAGES:
        assert told <= MANIFEST.ids(language)


def test_no_character_of_two_readings_is_left_to_chance() -> None:
    """为 (wéi, wèi), 重 (chóng, zhòng), 长 (cháng, zhǎng) stand in words whose reading is given or was looked at."""
    sure = (*MANIFEST.pronounce["zh"], *SURE)
    for prompt in MANIFEST.prompts.values():
        if prompt.language == "zh":
            rest = re.sub("|".join(sorted(sure, key=len, reverse=True)), "", prompt.say)
            assert not re.search("[为重长]", rest), f"{name(prompt)}: say in sounds/manifest/voice.toml how it is read"
