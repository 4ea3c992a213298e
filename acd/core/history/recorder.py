"""Takes the events of one stream, one by one, and gives the calls when it is over.

An event that was seen before, word for word, is skipped, so a stream that was recorded twice gives the same calls.
"""

from acd.core.history.calls import Call, rebuild
from acd.core.history.events import AmiEvent
from acd.core.history.readers import READERS
from acd.core.history.story import Story

REPEATABLE = frozenset({"bridge", "link", "unlink"})
"""Without time stamps Asterisk 11 says these twice in the same words and means it."""


class History:
    def __init__(self) -> None:
        self._story = Story()
        self._seen: set[int] = set()

    def feed(self, event: AmiEvent) -> None:
        read = READERS.get(event.name)
        if read is not None and not self._known(event):
            self._story.next(event)
            read(self._story, event)

    def calls(self) -> list[Call]:
        return rebuild(self._story)

    def _known(self, event: AmiEvent) -> bool:
        if event.name in REPEATABLE and not event.text("timestamp"):
            return False
        fingerprint = event.fingerprint()
        if fingerprint in self._seen:
            return True
        self._seen.add(fingerprint)
        return False
