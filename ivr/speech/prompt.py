"""One sound file and what it is made from. Standard library only."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

SOFT = {"zh": ("三", "四", "十"), "en": ("s", "f", "th", "h")}
"""Words that begin with a hiss."""


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
    """A number clip: the grammar joins it with others."""
    silence_ms: int = 0  # nothing but silence, this long
    lead_ms: int | None = None  # silence before and after, when it is not the usual
    trail_ms: int | None = None
    is_fragment: bool = False
    """Part of a template."""
    soft: bool = False
    """Cut with care for a hiss at its start."""

    @property
    def kind(self) -> str:
        return "clip" if self.is_clip else "fragment" if self.is_fragment else "sentence"

    @property
    def starts_softly(self) -> bool:
        """It is cut out of a sentence just before a hiss, which is as quiet as the silence that cuts are made in."""
        return self.soft and not self.frame.startswith("{}") and self.say.startswith(SOFT[self.language])

    def recipe(self, pronounce: Mapping[str, str], voice: str) -> str:
        """Changes when anything changes that the audio depends on; rendered.json keeps it to find stale files."""
        words = {word: sound for word, sound in pronounce.items() if word in self.frame.replace("{}", self.say)}
        silences = [self.silence_ms, self.lead_ms, self.trail_ms]
        what = [self.language, self.say, self.frame, self.speed, self.is_clip, silences, words, voice]
        what += ["soft"] * self.starts_softly
        return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
