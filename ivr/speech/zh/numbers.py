"""Counts and digit strings as clips. A number is spoken section by section (亿, 万, the rest), in phrase clips."""

from typing import Literal

from ivr.speech.limits import LIMIT, PAUSE, Clips, groups

Family = Literal["num", "yuan"]  # whose clips end the number: 五 or 五元


def speak_count(n: int) -> Clips:
    """A bare count: 一千零二十四. Before a measure word see `speak_quantity`."""
    return speak_whole(n, "num")


def speak_quantity(n: int, unit: str) -> Clips:
    """A count with its measure word, `unit` being an id of unit/: 两分钟, 十二条."""
    number = ("num/liang",) if n == 2 else speak_count(n)
    return (*number, f"unit/{unit}")


def speak_digits(text: str, yao: bool = True) -> Clips:
    """Digit by digit in groups (a mobile number 3-4-4) with short pauses; 1 is 幺 the telephone way."""
    clips: list[str] = []
    for group in groups(text):
        clips += [PAUSE] if clips else []
        clips += ["digits/yao" if yao and digit == "1" else f"digits/{digit}" for digit in group]
    return tuple(clips)


def speak_whole(n: int, family: Family) -> Clips:
    """A whole number whose last clip is of `family`. Refuses negatives and what has no words."""
    if not 0 <= n < LIMIT:
        raise ValueError("a number to speak lies between 0 and 999999999999")
    if n < 100:
        return (f"{family}/{n}",)
    yi, rest = divmod(n, 10**8)
    wan, low = divmod(rest, 10**4)
    clips = _yi(yi) + _wan(wan, after=yi > 0)
    if low:
        return clips + _section(low, family, after=bool(clips), gap=wan == 0)
    return (*clips, "yuan/bare") if family == "yuan" else clips


def _yi(n: int) -> Clips:
    if n == 0:
        return ()
    return (f"yi/{n}",) if n < 10 else (*_section(n, "num", after=False, gap=False), "yi/bare")


def _wan(n: int, after: bool) -> Clips:
    if n == 0:
        return ()
    if n < 100 and not after:
        return (f"wan/{n}",)
    hundreds, tail = divmod(n, 100)
    if hundreds and tail >= 10 and hundreds % 10:  # 一百二十三万: the tail and 万 are one phrase
        return (*_section(hundreds * 100, "num", after, gap=False), f"wan/{_after_hundred(tail)}")
    return (*_section(n, "num", after, gap=False), "wan/bare")


def _section(n: int, family: Family, after: bool, gap: bool) -> Clips:
    """1 to 9999. `after`: something was said before; `gap`: a whole section of zeros lies between."""
    thousands, rest = divmod(n, 1000)
    hundreds, tail = divmod(rest, 100)
    clips: list[str] = []
    if thousands:
        clips.append(f"thousand/{'z' if after and gap else ''}{thousands}")
    if hundreds:
        clips.append(f"hundred/{'z' if after and not thousands else ''}{hundreds}")
    if tail:
        clips.append(f"{family}/{_tail(tail, hundreds, said=after or bool(thousands))}")
    elif family == "yuan":
        clips.append("yuan/bare")
    return tuple(clips)


def _tail(tail: int, hundreds: int, said: bool) -> str:
    """The clip of the last two digits: 零 when a place above them is empty, 一十 right after a hundred."""
    if not hundreds:
        return f"z{tail}" if said else str(tail)
    return f"z{tail}" if tail < 10 else _after_hundred(tail)


def _after_hundred(tail: int) -> str:
    return f"y{tail}" if tail < 20 else str(tail)
