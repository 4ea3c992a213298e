"""Counts and amounts of money as clips: one hundred and twenty-eight yuan and fifty fen."""

from decimal import Decimal

from ivr.speech.en.clips import SCALES
from ivr.speech.limits import LIMIT, Clips, fen_of


def speak_count(n: int) -> Clips:
    """One thousand and twenty-four. Refuses negatives and what has no words."""
    if not 0 <= n < LIMIT:
        raise ValueError("a number to speak lies between 0 and 999999999999")
    if n < 100:
        return (f"num/{n}",)
    clips: list[str] = []
    for place in range(len(SCALES), 0, -1):
        section, rest = divmod(n, 1000**place)
        if section:
            followed = "_and" if 0 < rest < 100 else ""
            clips += [*_section(section), f"scale/{SCALES[place - 1]}{followed}"]
            n = rest
    return (*clips, *_section(n)) if n else tuple(clips)


def speak_quantity(n: int, unit: str) -> Clips:
    """A count with its unit, an id of unit/: one minute, twelve minutes."""
    return (*speak_count(n), f"unit/{unit}_one" if n == 1 else f"unit/{unit}")


def speak_money(amount: Decimal) -> Clips:
    """Refuses negative amounts, parts of a fen and amounts without words."""
    yuan, fen = divmod(fen_of(amount), 100)
    if not fen:
        return (*speak_count(yuan), "money/yuan")
    whole = (*speak_count(yuan), "money/yuan_and") if yuan else ()
    return (*whole, *speak_count(fen), "money/fen")


def _section(n: int) -> Clips:
    """1 to 999."""
    hundreds, tail = divmod(n, 100)
    if not hundreds:
        return (f"num/{tail}",)
    return (f"hundred_and/{hundreds}", f"num/{tail}") if tail else (f"hundred/{hundreds}",)
