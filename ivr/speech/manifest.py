"""Reads sounds/manifest/*.toml into prompts and templates. Standard library only: the build tool and the start-up
check share it. The files' format is described in sounds/manifest/README.md.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.speech.en.numerals import words as english_words
from ivr.speech.prompt import SOFT, Prompt
from ivr.speech.template import Template, parse
from ivr.speech.zh.numerals import words as chinese_words

WORDS = {"zh": chinese_words, "en": english_words}


@dataclass(frozen=True, slots=True)
class Manifest:
    prompts: Mapping[tuple[str, str], Prompt]  # (language, id)
    templates: Mapping[tuple[str, str], Template]
    pronounce: Mapping[str, Mapping[str, str]]  # language to word to sound
    voices: Mapping[str, Mapping[str, Any]]

    def ids(self, language: str) -> frozenset[str]:
        return frozenset(name for spoken, name in self.prompts if spoken == language)

    def recipe(self, prompt: Prompt) -> str:
        voice = self.voices[prompt.language]
        return prompt.recipe(self.pronounce.get(prompt.language, {}), f"{voice['name']} {voice['sha256']}")


def load(folder: Path) -> Manifest:
    """Raises ValueError when an id is given twice, OSError when there is nothing to read."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise FileNotFoundError(f"no *.toml in {folder}")
    parts = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    voices = {language: voice for part in parts for language, voice in part.get("voice", {}).items()}
    templates = {key: one for part in parts for key, one in _templates(part, voices)}
    prompts: dict[tuple[str, str], Prompt] = {}
    made = (prompt for part in parts for prompt in (*_single(part, voices), *_families(part, voices)))
    for prompt in (*made, *_fragments(templates, voices)):
        key = (prompt.language, prompt.id)
        if key in prompts:
            raise ValueError(f"prompt given twice: {prompt.id} ({prompt.language})")
        prompts[key] = prompt
    pronounce = {language: words for part in parts for language, words in part.get("pronounce", {}).items()}
    return Manifest(prompts, templates, pronounce, voices)


def _single(data: Mapping[str, Any], voices: Mapping[str, Any]) -> Iterator[Prompt]:
    for kind in ("sentence", "clip"):
        for name, entry in data.get(kind, {}).items():
            for language in [spoken for spoken in voices if spoken in entry]:
                text = entry[language]
                yield Prompt(
                    id=name,
                    language=language,
                    text=text,
                    say=_own(entry, "say", language, text),
                    frame=_own(entry, "frame", language, "{}"),
                    speed=_own(entry, "speed", language, voices[language]["speed"]),
                    is_clip=kind == "clip",
                    silence_ms=entry.get("silence_ms", 0),
                    lead_ms=entry.get("lead_ms"),
                    trail_ms=entry.get("trail_ms"),
                    soft=entry.get("soft", voices[language].get("soft", False)),
                )


def _families(data: Mapping[str, Any], voices: Mapping[str, Any]) -> Iterator[Prompt]:
    for family in data.get("clips", []):
        for language in [spoken for spoken in voices if spoken in family]:
            exceptions = _own(family, "texts", language, {})
            for n in _numbers(family["numbers"]):
                text = exceptions.get(str(n)) or family[language].format(**WORDS[language](n))
                yield Prompt(
                    id=family["id"].format(n=n),
                    language=language,
                    text=text,
                    say=text,
                    frame=_frame(family, language, text),
                    speed=_own(family, "speed", language, voices[language]["speed"]),
                    is_clip=not family.get("whole", False),
                    soft=family.get("soft", voices[language].get("soft", False)),
                )


def _frame(family: Mapping[str, Any], language: str, text: str) -> str:
    frame: str = _own(family, "frame", language, "{}")
    return family.get("soft_frame", frame) if text.startswith(SOFT[language]) else frame


def _own(entry: Mapping[str, Any], field: str, language: str, default: Any) -> Any:
    """`say` belongs to Chinese, `say_en` to English."""
    return entry.get(field if language == "zh" else f"{field}_{language}", default)


def _templates(data: Mapping[str, Any], voices: Iterable[str]) -> Iterator[tuple[tuple[str, str], Template]]:
    for name, entry in data.get("template", {}).items():
        for language in [spoken for spoken in voices if spoken in entry]:
            yield (language, name), parse(name, language, entry[language])


def _fragments(templates: Mapping[tuple[str, str], Template], voices: Mapping[str, Any]) -> Iterator[Prompt]:
    for (language, _), template in templates.items():
        for fragment in template.fragments:
            yield Prompt(
                id=fragment.id,
                language=language,
                text=fragment.text,
                say=fragment.text,
                frame=fragment.frame,
                speed=voices[language]["speed"],
                is_clip=False,
                lead_ms=fragment.lead_ms,
                trail_ms=fragment.trail_ms,
                is_fragment=True,
                soft=voices[language].get("soft", False),
            )


def _numbers(text: str) -> Iterator[int]:
    """`1-9`, or several: `1-7 9`."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
