"""Part of a file, as HTTP asks for it (RFC 9110, one range). Pure."""

import re

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class NotSatisfiable(ValueError):
    pass


def asked_for(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and end (exclusive); None: the whole file, also when the header is not understood."""
    found = _RANGE.fullmatch((header or "").strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise NotSatisfiable
    return start, end
