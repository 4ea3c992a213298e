"""Reads sounds/manifest.toml into prompts. Standard library only: the build tool and the start-up check share it."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.speech.numerals import cardinal, digit, tail


@dataclass(frozen=True, slots=True)
class Prompt:
    """One file of one language. `say` goes to the synthesiser; with `{}` in `frame` the prompt is cut out of it."""

    id: str
    language: str
    text: str
    say: str
    frame: str
    speed: float
    is_clip: bool
    silence_ms: int = 0  # nothing but silence, this long
    lead_ms: int | None = None  # silence before and after, when it is not the usual
    trail_ms: int | None = None

    def recipe(self, pronounce: Mapping[str, str], voice: str) -> str:
        """Changes when anything changes that the audio depends on; rendered.json keeps it to find stale files."""
        words = {word: sound for word, sound in pronounce.items() if word in self.frame.replace("{}", self.say)}
        silences = [self.silence_ms, self.lead_ms, self.trail_ms]
        what = [self.language, self.say, self.frame, self.speed, self.is_clip, silences, words, voice]
        return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Manifest:
    prompts: Mapping[tuple[str, str], Prompt]  # (language, id)
    pronounce: Mapping[str, str]
    voices: Mapping[str, Mapping[str, Any]]

    def ids(self, language: str) -> frozenset[str]:
        return frozenset(name for spoken, name in self.prompts if spoken == language)

    def recipe(self, prompt: Prompt) -> str:
        voice = self.voices[prompt.language]
        return prompt.recipe(self.pronounce, f"{voice['name']} {voice['sha256']}")


def load(path: Path) -> Manifest:
    """Raises ValueError when an id is given twice."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    voices = data["voice"]
    prompts: dict[tuple[str, str], Prompt] = {}
    for prompt in (*_single(data, voices), *_families(data, voices)):
        key = (prompt.language, prompt.id)
        if key in prompts:
            raise ValueError(f"prompt given twice: {prompt.id} ({prompt.language})")
        prompts[key] = prompt
    return Manifest(prompts, data.get("pronounce", {}), voices)


def missing_files(manifest: Manifest, sounds: Path, language: str) -> list[str]:
    """The ids of `language` without a file: a start-up error, since Asterisk would play silence."""
    return sorted(name for name in manifest.ids(language) if not (sounds / language / f"{name}.wav").is_file())


def _single(data: Mapping[str, Any], voices: Mapping[str, Any]) -> Iterator[Prompt]:
    for kind in ("sentence", "clip"):
        for name, entry in data.get(kind, {}).items():
            for language in [spoken for spoken in voices if spoken in entry]:
                chinese = language == "zh"
                yield Prompt(
                    id=name,
                    language=language,
                    text=entry[language],
                    say=entry.get("say", entry[language]) if chinese else entry[language],
                    frame=entry.get("frame", "{}") if chinese else "{}",
                    speed=entry.get("speed", voices[language]["speed"]),
                    is_clip=kind == "clip",
                    silence_ms=entry.get("silence_ms", 0),
                    lead_ms=entry.get("lead_ms"),
                    trail_ms=entry.get("trail_ms"),
                )


def _families(data: Mapping[str, Any], voices: Mapping[str, Any]) -> Iterator[Prompt]:
    for family in data.get("clips", []):
        exceptions = family.get("texts", {})
        for n in _numbers(family["numbers"]):
            text = exceptions.get(str(n)) or family["zh"].format(
                cardinal=cardinal(n), tail=tail(n), digit=digit(n % 10)
            )
            yield Prompt(
                id=family["id"].format(n=n),
                language="zh",
                text=text,
                say=text,
                frame=family.get("frame", "{}"),
                speed=family.get("speed", voices["zh"]["speed"]),
                is_clip=not family.get("whole", False),
            )


def _numbers(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)
