"""Checks at start-up that every sound a flow may play is there: Asterisk plays silence for one that is not."""

import tomllib
from pathlib import Path

from ivr.phrases import Phrase
from ivr.speech.clips import CLIPS
from ivr.speech.manifest import load


def needed() -> frozenset[str]:
    """Every prompt id the flows can name: their sentences and the clips numbers are made of."""
    return frozenset(phrase.value for phrase in Phrase) | frozenset(CLIPS)


def problems(sounds: Path, language: str) -> list[str]:
    """What is missing, one line each; empty when all is well."""
    try:
        known = load(sounds / "manifest.toml").ids(language)
    except (OSError, ValueError, KeyError, tomllib.TOMLDecodeError) as error:
        return [f"{sounds / 'manifest.toml'} cannot be read: {error}"]
    unlisted = [f"{name}: not in manifest.toml ({language})" for name in sorted(needed() - known)]
    silent = [
        f"{name}: no file {sounds / language / name}.wav"
        for name in sorted(needed() & known)
        if not (sounds / language / f"{name}.wav").is_file()
    ]
    return unlisted + silent


def texts(sounds: Path, language: str) -> dict[str, str]:
    """Prompt id to its words, for people who read a flow."""
    manifest = load(sounds / "manifest.toml")
    return {name: prompt.text for (spoken, name), prompt in manifest.prompts.items() if spoken == language}
