"""Turns what a flow says into the files to play: prompt ids stay, templates become fragments and clips. Pure."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ivr.speech.en.grammar import GRAMMAR as ENGLISH
from ivr.speech.grammar import Grammar
from ivr.speech.template import Slot, Template
from ivr.speech.values import Saying
from ivr.speech.zh.grammar import GRAMMAR as MANDARIN

GRAMMARS: Mapping[str, Grammar] = MappingProxyType({"zh": MANDARIN, "en": ENGLISH})


class Speaker:
    """One language. `templates` as the manifest gives them: (language, id)."""

    def __init__(self, templates: Mapping[tuple[str, str], Template], language: str) -> None:
        self.language = language
        self._templates = {name: one for (spoken, name), one in templates.items() if spoken == language}
        self._speak = GRAMMARS[language].speak

    def clips(self, prompts: Iterable[str | Saying]) -> tuple[str, ...]:
        """Raises KeyError for a template or value that is not there, ValueError for one that cannot be spoken."""
        return tuple(clip for prompt in prompts for clip in self._one(prompt))

    def _one(self, prompt: str | Saying) -> tuple[str, ...]:
        if isinstance(prompt, str):
            return (prompt,)
        clips: list[str] = []
        for part in self._templates[prompt.template].parts:
            clips += self._speak(part.kind, prompt.values[part.name]) if isinstance(part, Slot) else (part,)
        return tuple(clips)
