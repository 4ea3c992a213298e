"""Checks at start-up that every sound a flow may play is there: Asterisk plays silence for one that is not."""

import tomllib
from pathlib import Path

from ivr.phrases import Phrase, Template
from ivr.speech.clips import CLIPS
from ivr.speech.manifest import Manifest, load
from ivr.speech.speaker import Speaker


def needed(language: str = "zh") -> frozenset[str]:
    """Every prompt id the code itself can name: its phrases and the clips numbers are made of."""
    return frozenset(phrase.value for phrase in Phrase) | frozenset(CLIPS[language])


def problems(sounds: Path, language: str) -> list[str]:
    """What is missing, one line each; empty when all is well. Menus name prompts freely, so every one is looked for."""
    try:
        manifest = load(sounds / "manifest")
    except (OSError, ValueError, KeyError, tomllib.TOMLDecodeError) as error:
        return [f"{sounds / 'manifest'} cannot be read: {error}"]
    known = manifest.ids(language)
    wanted = known | needed(language) | _sentences(manifest)
    unlisted = [f"{name}: not in the manifest ({language})" for name in sorted(wanted - known)]
    silent = [
        f"{name}: no file {sounds / language / name}.wav"
        for name in sorted(known)
        if not (sounds / language / f"{name}.wav").is_file()
    ]
    return unlisted + silent + _untranslated(manifest, language)


def speaker(sounds: Path, language: str) -> Speaker:
    return Speaker(load(sounds / "manifest").templates, language)


def texts(sounds: Path, language: str) -> dict[str, str]:
    """Prompt id to its words, for people who read a flow."""
    manifest = load(sounds / "manifest")
    return {name: prompt.text for (spoken, name), prompt in manifest.prompts.items() if spoken == language}


def _sentences(manifest: Manifest) -> frozenset[str]:
    """Prompts that every language has; clips and fragments follow each language's own grammar."""
    return frozenset(
        name for (_, name), prompt in manifest.prompts.items() if not prompt.is_clip and not prompt.is_fragment
    )


def _untranslated(manifest: Manifest, language: str) -> list[str]:
    names = {name for _, name in manifest.templates} | {template.value for template in Template}
    return [
        f"{name}: no such template in the manifest ({language})"
        for name in sorted(names)
        if (language, name) not in manifest.templates
    ]
