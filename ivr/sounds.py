"""From what a flow says to the files Asterisk plays, in the language of the call."""

import structlog

from ivr.services import Services
from ivr.steps import Prompts

OWN = "own/"
log = structlog.get_logger(__name__)


class Sounds:
    """One call's. Shipped prompts go by their id (Asterisk finds the language), a centre's own by their path.

    What has no file is left out and logged: Asterisk would drop all that follows it, the choices too.
    """

    def __init__(self, services: Services, language: str) -> None:
        self._services = services
        self.language = language if self.speaks(language) else next(iter(services.speakers))

    def speaks(self, language: str) -> bool:
        return language in self._services.speakers

    def files(self, prompts: Prompts) -> tuple[str, ...]:
        clips = self._services.speakers[self.language].clips(prompts)
        known = self._services.prompts[self.language]
        return tuple(file for clip in clips if (file := clip if clip in known else self._elsewhere(clip)))

    def _elsewhere(self, clip: str) -> str:
        """A prompt of another language (`en/menu/language`), or one of the centre's own."""
        language, _, name = clip.partition("/")
        if not self.speaks(language):
            language, name = self.language, clip
        elif name in self._services.prompts[language]:
            return name if language == self.language else clip
        return self._own(language, name) if name.startswith(OWN) else _missing(clip)

    def _own(self, language: str, name: str) -> str:
        for spoken in dict.fromkeys((language, *self._services.speakers)):
            path = self._services.own_prompts / spoken / name
            if path.with_name(f"{path.name}.wav").is_file():
                return str(path)
        return _missing(name)


def _missing(clip: str) -> str:
    log.error("prompt without a file", prompt=clip)
    return ""
