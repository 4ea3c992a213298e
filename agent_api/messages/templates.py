"""The wording of every message, read from templates.toml. Pure once read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Formatter

_FILE = Path(__file__).with_name("templates.toml")


@dataclass(frozen=True, slots=True)
class Template:
    template_id: str
    subjects: Mapping[str, str]
    """Language to the subject of an e-mail."""
    texts: Mapping[str, str]
    spoken: tuple[str, ...]
    """Prompts that say it on the telephone; `{name}` are the digits of a value. Empty: it is not told so."""
    secret: bool
    """Its values are forgotten as soon as it is sent."""

    def names(self) -> frozenset[str]:
        """The values it needs, besides brand and hotline."""
        texts = [*self.texts.values(), *self.subjects.values()]
        found = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        return frozenset(found - {"brand", "hotline"})

    def worded(self, words: Mapping[str, str] | None) -> "Template":
        """In a centre's words, where it has any."""
        if words is None:
            return self
        subjects = {"zh": words["subject"], "en": words["subject_en"]}
        return replace(self, subjects=subjects, texts={"zh": words["zh"], "en": words["en"]})

    def text(self, language: str, values: Mapping[str, str]) -> str:
        return _in(self.texts, language).format_map(values)

    def prompts(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What is played to somebody who is told by telephone."""
        return tuple(prompt for part in self.spoken for prompt in _prompts(part, values))

    def subject(self, language: str, values: Mapping[str, str]) -> str:
        return _in(self.subjects, language).format_map(values)


@cache
def catalogue() -> Mapping[str, Template]:
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    return {
        template_id: Template(
            template_id,
            {"zh": entry["subject"], "en": entry["subject_en"]},
            {"zh": entry["zh"], "en": entry["en"]},
            tuple(entry.get("spoken", ())),
            entry.get("secret", False),
        )
        for template_id, entry in data.items()
    }


def _prompts(part: str, values: Mapping[str, str]) -> list[str]:
    if not part.startswith("{"):
        return [part]
    return [f"digits/{digit}" for digit in values[part.strip("{}")] if digit in "0123456789"]


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language, texts["zh"])
