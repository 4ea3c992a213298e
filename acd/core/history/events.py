"""One AMI event as it was recorded: headers by name, whatever their case. Knows nothing of calls."""

from collections.abc import Mapping

Value = str | tuple[str, ...]

NO_NUMBER = frozenset({"<unknown>", "unknown", "anonymous", "unavailable", "restricted", "<none>", "(null)"})


class AmiEvent:
    """Header names differ in case between versions (UniqueID, Uniqueid), so they are compared in lower case."""

    __slots__ = ("_headers", "name")

    def __init__(self, headers: Mapping[str, Value]) -> None:
        self._headers = {key.lower(): value for key, value in headers.items()}
        self.name = self.text("event").lower()

    def text(self, *keys: str) -> str:
        """First header among `keys` that says something; a repeated header counts with its first value."""
        for key in keys:
            value = self._headers.get(key, "")
            first = value if isinstance(value, str) else next(iter(value), "")
            if first.strip():
                return first.strip()
        return ""

    def number(self, *keys: str) -> str:
        """Like `text`, but what Asterisk writes for "no number" is empty."""
        found = self.text(*keys)
        return "" if found.lower() in NO_NUMBER else found

    def values(self, key: str) -> tuple[str, ...]:
        value = self._headers.get(key, ())
        return (value,) if isinstance(value, str) else value

    def integer(self, key: str) -> int | None:
        text = self.text(key)
        # Not int(): "٣" and "1_0" are integers to Python, never to Asterisk.
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None

    def fingerprint(self) -> int:
        """Equal for equal events: how a duplicated stream is recognised."""
        return hash(frozenset(self._headers.items()))
