"""The folder of own prompts: what is asked for, what is ready. Keeps files only; who speaks them is in worker.py.

`<folder>/<language>/own/<slug>.wav` is played by its path, `<slug>.json` beside it says what it holds. What is still to
be synthesised is found there again after a restart. Every call is short; use it from a thread where that matters.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from agent_api.errors import Invalid
from agent_api.speech.audio import from_recording, seconds_of

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
LANGUAGES = ("zh", "en")
MOST_CHARACTERS = 500
READABLE, PASSABLE = 0o644, 0o755  # by Asterisk, which is another user


class State(StrEnum):
    READY = "ready"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """One prompt in one language. With an earlier file there, `pending` and `failed` still play that."""

    slug: str
    language: str
    text: str
    state: State
    made_by: str = ""
    """`recording`, or the engine's name."""
    seconds: float | None = None

    @property
    def id(self) -> str:
        return f"own/{self.slug}"


class SpeechStore:
    def __init__(self, folder: Path) -> None:
        """`folder` is prompts/ of the installation."""
        self._folder = folder

    def request(self, text: str, language: str, slug: str) -> State:
        """Ask for a text to be spoken. The same text again costs nothing; a failed one is tried again."""
        text = " ".join(text.split())
        if not 0 < len(text) <= MOST_CHARACTERS:
            raise Invalid("speech.bad_text", {"most_characters": MOST_CHARACTERS})
        known = self.get(language, slug)
        if known and known.text == text and known.state is State.READY and self.path(language, slug).is_file():
            return State.READY
        self._note(OwnPrompt(slug, language, text, State.PENDING, seconds=known.seconds if known else None))
        return State.PENDING

    def put_recording(self, data: bytes, language: str, slug: str, text: str = "") -> OwnPrompt:
        """Keep a recording, converted and levelled. Raises Invalid with a code that says what is wrong with it."""
        sound = from_recording(data)
        return self.put(OwnPrompt(slug, language, text, State.READY, "recording"), sound)

    def put(self, prompt: OwnPrompt, sound: bytes) -> OwnPrompt:
        """Keep a finished WAV; it replaces an earlier one at once, also for calls that are to play it next."""
        path = self.path(prompt.language, prompt.slug)
        _write(path, sound)
        done = OwnPrompt(
            prompt.slug, prompt.language, prompt.text, State.READY, prompt.made_by, round(seconds_of(sound), 2)
        )
        self._note(done)
        return done

    def fail(self, prompt: OwnPrompt) -> None:
        self._note(OwnPrompt(prompt.slug, prompt.language, prompt.text, State.FAILED, seconds=prompt.seconds))

    def get(self, language: str, slug: str) -> OwnPrompt | None:
        try:
            return _read(self._sheet(language, slug), language)
        except FileNotFoundError:
            return None

    def all(self) -> list[OwnPrompt]:
        return list(self._every())

    def next_pending(self) -> OwnPrompt | None:
        """The one asked for first."""
        waiting = [prompt for prompt in self._every() if prompt.state is State.PENDING]
        return min(waiting, key=lambda one: self._sheet(one.language, one.slug).stat().st_mtime_ns, default=None)

    def delete(self, slug: str) -> None:
        """In every language. A call that is playing it plays on."""
        for language in LANGUAGES:
            self.path(language, slug).unlink(missing_ok=True)
            self._sheet(language, slug).unlink(missing_ok=True)

    def path(self, language: str, slug: str) -> Path:
        """Where the sound is, or will be. Raises Invalid for a name no file may have."""
        if language not in LANGUAGES or not SLUG.fullmatch(slug):
            raise Invalid("speech.bad_slug")
        return self._folder / language / "own" / f"{slug}.wav"

    def _sheet(self, language: str, slug: str) -> Path:
        return self.path(language, slug).with_suffix(".json")

    def _note(self, prompt: OwnPrompt) -> None:
        _write(self._sheet(prompt.language, prompt.slug), json.dumps(asdict(prompt), ensure_ascii=False).encode())

    def _every(self) -> Iterator[OwnPrompt]:
        for language in LANGUAGES:
            for sheet in sorted((self._folder / language / "own").glob("*.json")):
                try:
                    yield _read(sheet, language)
                except FileNotFoundError:
                    continue  # deleted meanwhile


def _read(sheet: Path, language: str) -> OwnPrompt:
    data = json.loads(sheet.read_text(encoding="utf-8"))
    return OwnPrompt(sheet.stem, language, data["text"], State(data["state"]), data["made_by"], data["seconds"])


def _write(path: Path, data: bytes) -> None:
    """At once or not at all: Asterisk may open the file at any moment."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=PASSABLE, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
        os.fchmod(file.fileno(), READABLE)
    Path(file.name).rename(path)
