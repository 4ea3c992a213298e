"""Which colour a clock has, and who is mentioned in a text. Pure."""

import re

_MENTION = re.compile(r"@([0-9]{4,6})(?![0-9])")
COLOURS = ((2.0, "supervise"), (1.2, "escalate"), (1.0, "red"), (0.8, "yellow"), (0.5, "info"))


def mentioned(words: str) -> list[str]:
    """Numbers after an @, each once, in order."""
    return list(dict.fromkeys(_MENTION.findall(words)))


def colour(share: float) -> str:
    """From the share of its limit that a clock has used (50, 80, 100, 120, 200 %)."""
    return next((name for least, name in COLOURS if share >= least), "none")
