"""The part of an article that has most of what was asked. Pure."""

from collections.abc import Collection

LENGTH = 90


def snippet(body: str, terms: Collection[str]) -> str:
    """About a hundred characters, cut where a sentence begins if one does near there."""
    text = " ".join(body.split())
    if len(text) <= LENGTH:
        return text
    wanted = [term[2:] for term in terms if term[0] in "wb"]
    starts = [0, *(at + 1 for at, char in enumerate(text) if char in "。；！？;!?\n")]

    def worth(start: int) -> int:
        window = text[start : start + LENGTH].lower()
        return sum(word in window for word in wanted)

    best = max(starts, key=lambda start: (worth(start), -start))
    start = min(best, max(0, len(text) - LENGTH))
    return ("…" if start else "") + text[start : start + LENGTH] + ("…" if start + LENGTH < len(text) else "")
