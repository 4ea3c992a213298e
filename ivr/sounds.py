"""From what a flow says to the files Asterisk plays, in the language of the call."""

from collections.abc import Mapping
from pathlib import Path

import structlog

from ivr.speech.speaker import Speaker
from ivr.steps import Prompts

OWN = "own/"
log = structlog.get_logger(__name__)


class Sounds:
    """One call's. Shipped prompts go by their id (Asterisk finds the language), a centre's own by their path."""

    def __init__(self, speakers: Mapping[str, Speaker], own_prompts: Path, language: str) -> None:
        self._speakers = speakers
        self._own_prompts = own_prompts
        self.language = language if language in speakers else next(iter(speakers))

    def speaks(self, language: str) -> bool:
        return language in self._speakers

    def files(self, prompts: Prompts) -> tuple[str, ...]:
        """Own recordings that are missing are left out: Asterisk would drop all that follows them."""
        clips = self._speakers[self.language].clips(prompts)
        if not any(OWN in clip for clip in clips):
            return clips
        return tuple(file for clip in clips if (file := self._file(clip)))

    def _file(self, clip: str) -> str:
        language, _, rest = clip.partition(f"/{OWN}") if not clip.startswith(OWN) else ("", "", clip.removeprefix(OWN))
        if not rest:
            return clip
        for spoken in dict.fromkeys((language or self.language, *self._speakers)):
            path = self._own_prompts / spoken / OWN / rest
            if path.with_name(f"{path.name}.wav").is_file():
                return str(path)
        log.error("own prompt missing", prompt=clip)
        return ""
