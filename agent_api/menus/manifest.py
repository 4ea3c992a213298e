"""The prompts that come with the product: ids and texts from sounds/manifest, lengths from sounds/rendered.json."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SoundPrompt:
    """A whole sentence; clips and fragments are no prompts a tree may name."""

    prompt_id: str
    texts: Mapping[str, str]
    """Language to text."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Only of files that are there."""


@cache
def committed(sounds: Path) -> Mapping[str, SoundPrompt]:
    """Read once: these files change with the product only."""
    seconds = _lengths(sounds / "rendered.json")
    found = {}
    for path in sorted((sounds / "manifest").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for prompt_id, entry in data.get("sentence", {}).items():
            texts = {language: entry[language] for language in ("zh", "en") if language in entry}
            found[prompt_id] = SoundPrompt(prompt_id, texts, seconds.get(prompt_id, {}))
    return found


def _lengths(path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    if path.is_file():
        for name, file in json.loads(path.read_text(encoding="utf-8")).items():
            language, _, prompt_id = name.partition("/")
            found.setdefault(prompt_id, {})[language] = file["seconds"]
    return found
