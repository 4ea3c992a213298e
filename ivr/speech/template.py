"""Sentences with values: `您{month:month}的话费共计{amount:money}。` taken apart into fragments and slots. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr.speech.limits import PAUSE

SLOT = re.compile(r"\{([a-z_][a-z0-9_]*):([a-z]+)\}")
STOPS = "。？！.?!"
MARKS = STOPS + "，；：、,;: "
FIRST_LEAD_MS, STOP_LEAD_MS, COMMA_MS, DIGITS_TRAIL_MS = 250, 350, 150, 120

SAMPLES = {
    "zh": {
        "digits": "幺三九",
        "money": "三十五元",
        "month": "十月",
        "date": "二零二六年十月十日",
        "time": "十点三十分",
        "count": "十五",
        "minutes": "十五分钟",
        "mb": "十五兆",
        "items": "十五条",
        "days": "十天",
        "people": "十位",
        "times": "十次",
        "hours": "十小时",
        "pieces": "十个",
        "points": "十五分",
        "text": "八零零三",
    },
    "en": {
        "digits": "one three nine",
        "money": "thirty five yuan",
        "month": "October",
        "date": "October tenth, twenty twenty six",
        "time": "ten thirty a m",
        "count": "fifteen",
        "minutes": "fifteen minutes",
        "mb": "fifteen megabytes",
        "items": "fifteen messages",
        "days": "ten days",
        "people": "ten people",
        "times": "ten times",
        "hours": "ten hours",
        "pieces": "ten pieces",
        "points": "fifteen points",
        "text": "eight zero zero three",
    },
}
"""What stands in a slot while the fragments around it are spoken: they keep the melody of the whole sentence."""
KINDS = frozenset(SAMPLES["zh"])


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """The words between two values. Cut out of `frame`, in place of {}."""

    id: str
    text: str
    frame: str
    lead_ms: int | None
    trail_ms: int | None


@dataclass(frozen=True, slots=True)
class Template:
    """`parts` in the order they are played; a str is a prompt id."""

    id: str
    text: str
    parts: tuple[str | Slot, ...]
    fragments: tuple[Fragment, ...]

    @property
    def slots(self) -> dict[str, str]:
        """Name to kind."""
        return {part.name: part.kind for part in self.parts if isinstance(part, Slot)}


def parse(name: str, language: str, text: str) -> Template:
    """Raises ValueError for an unknown kind or a template without values."""
    raw = list(_split(text))
    if unknown := {part.kind for part in raw if isinstance(part, Slot)} - KINDS:
        raise ValueError(f"{name} ({language}): no such kind: {', '.join(sorted(unknown))}")
    if all(isinstance(part, str) for part in raw):
        raise ValueError(f"{name} ({language}): a template has values; use [sentence]")
    parts: list[str | Slot] = []
    fragments: list[Fragment] = []
    for place, part in enumerate(raw):
        if isinstance(part, Slot):
            parts += [part] if place else [PAUSE, part]
        elif part.strip(MARKS):
            fragments.append(_fragment(f"{name}/{len(fragments) + 1}", language, raw, place))
            parts.append(fragments[-1].id)
        elif place < len(raw) - 1 and part.strip():
            parts.append(PAUSE)
    return Template(name, text, tuple(parts), tuple(fragments))


def _split(text: str) -> Iterator[str | Slot]:
    end = 0
    for slot in SLOT.finditer(text):
        if slot.start() > end:
            yield text[end : slot.start()]
        yield Slot(slot[1], slot[2])
        end = slot.end()
    if end < len(text):
        yield text[end:]


def _fragment(name: str, language: str, raw: list[str | Slot], place: int) -> Fragment:
    text = str(raw[place])
    words = text.strip(MARKS)
    start = text.index(words)
    lead, trail = text[:start], text[start + len(words) :]
    before, after = _spoken(raw[:place], language), _spoken(raw[place + 1 :], language)
    begins = not before or any(mark in STOPS for mark in lead)
    ends = not after or any(mark in STOPS for mark in trail)
    following = raw[place + 1] if place + 1 < len(raw) else None
    return Fragment(
        id=name,
        text=words,
        frame=("" if begins else _last_sentence(before) + lead) + "{}" + (trail if ends else trail + _first(after)),
        lead_ms=_lead_ms(first=not before, begins=begins, comma=bool(lead.strip())),
        trail_ms=_trail_ms(following, comma=bool(trail.strip())),
    )


def _lead_ms(first: bool, begins: bool, comma: bool) -> int | None:
    if begins:
        return FIRST_LEAD_MS if first else STOP_LEAD_MS
    return COMMA_MS if comma else None


def _trail_ms(following: str | Slot | None, comma: bool) -> int | None:
    if following is None or comma:
        return COMMA_MS
    return DIGITS_TRAIL_MS if isinstance(following, Slot) and following.kind == "digits" else None


def _spoken(parts: list[str | Slot], language: str) -> str:
    return "".join(SAMPLES[language][part.kind] if isinstance(part, Slot) else part for part in parts)


def _last_sentence(text: str) -> str:
    return re.split(rf"(?<=[{STOPS}])", text)[-1].lstrip()


def _first(text: str) -> str:
    return re.split(rf"(?<=[{STOPS}])", text)[0]
