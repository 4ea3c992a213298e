"""What each number clip says: the grammar's side of numbers_en.toml. A contract test compares the two."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ivr.speech.en.numerals import MONTHS, SMALL, cardinal, ordinal

UNITS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "minutes": ("minute", "minutes"),
        "mb": ("megabyte", "megabytes"),
        "items": ("message", "messages"),
        "days": ("day", "days"),
        "seconds": ("second", "seconds"),
        "people": ("person", "people"),
        "times": ("time", "times"),
        "hours": ("hour", "hours"),
        "pieces": ("piece", "pieces"),
        "points": ("point", "points"),
    }
)
"""One and many."""
SCALES = ("thousand", "million", "billion")


def text_of(clips: Iterable[str]) -> str:
    """What the clips say when played one after the other. KeyError for what is no number clip."""
    return " ".join(text for clip in clips if (text := CLIPS[clip]))


def _clips() -> dict[str, str]:
    texts = {f"digits/{n}": SMALL[n] for n in range(10)} | {"digits/pause": ""}
    texts |= {f"num/{n}": cardinal(n) for n in range(100)}
    texts |= {f"hundred/{n}": f"{SMALL[n]} hundred" for n in range(1, 10)}
    texts |= {f"hundred_and/{n}": f"{SMALL[n]} hundred and" for n in range(1, 10)}
    texts |= {f"scale/{name}": name for name in SCALES}
    texts |= {f"scale/{name}_and": f"{name} and" for name in SCALES}
    texts |= {"money/yuan": "yuan", "money/yuan_and": "yuan and", "money/fen": "fen"}
    texts |= {f"month/{n}": MONTHS[n - 1] for n in range(1, 13)}
    texts |= {f"day/{n}": ordinal(n) for n in range(1, 32)}
    texts |= {"year/oh": "oh", "year/hundred": "hundred", "clock/am": "a.m.", "clock/pm": "p.m."}
    for name, (one, many) in UNITS.items():
        texts |= {f"unit/{name}": many, f"unit/{name}_one": one}
    return texts


CLIPS = MappingProxyType(_clips())
