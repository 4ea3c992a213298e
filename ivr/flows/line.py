"""Which line a task is about: the caller's own, one he used before in this call, or one he keys in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, complain
from ivr.flows.session import Session
from ivr.phrases import Phrase, Template
from ivr.speech.values import Digits, Saying
from ivr.steps import Collect, Flow, ask


@dataclass(frozen=True, slots=True)
class Shape:
    """What a number of this kind looks like, and the words that ask for it."""

    ask: Phrase
    pattern: re.Pattern[str]
    length: int


SHAPES: Mapping[str, Shape] = {
    "mobile": Shape(Phrase.ASK_MOBILE, re.compile(r"1[3-9][0-9]{9}"), 12),
    "ip": Shape(Phrase.ASK_IP, re.compile(r"[0-9]{6,20}"), 20),
    "internet": Shape(Phrase.ASK_INTERNET, re.compile(r"[0-9]{4,20}"), 20),
    "long_distance": Shape(Phrase.ASK_LONG_DISTANCE, re.compile(r"[0-9]{4,20}"), 20),
    "paging": Shape(Phrase.ASK_PAGING, re.compile(r"[0-9]{4,16}"), 16),
    "local": Shape(Phrase.ASK_LOCAL, re.compile(r"0[0-9]{8,12}"), 13),
}
ANY_NUMBER = re.compile(r"[0-9]{5,20}")
WITH_OWN_LINE = ("mobile", "local")
"""Products a call can come from."""


def choose_line(session: Session, product: str) -> Flow[str]:
    own = own_line(session, product)
    if own:
        which = yield from choose((Phrase.WHICH_LINE,), {"1": "own", "2": "other"})
        if which == "own":
            return own
    used = session.lines.get(product)
    if used:
        same = Saying(Template.SAME_LINE, {"number": Digits(used)})
        if (yield from choose((same,), {"1": "same", "2": "other"})) == "same":
            return used
    shape = SHAPES[product]
    number = yield from key_number(shape.ask, shape.pattern, shape.length)
    session.lines[product] = number
    return number


def own_line(session: Session, product: str) -> str:
    fits = product in WITH_OWN_LINE and SHAPES[product].pattern.fullmatch(session.own)
    return session.own if fits else ""


def any_line(session: Session) -> Flow[str]:
    """A number of whatever product; `#` alone is the caller's own."""
    return (yield from key_number(Phrase.ASK_NUMBER, ANY_NUMBER, 20, bare_pound=session.own or None))


def key_number(
    question: Phrase,
    pattern: re.Pattern[str],
    length: int,
    *,
    bare_pound: str | None = None,
    zero_is_agent: bool = True,
) -> Flow[str]:
    """Digits ended by `#`. `0` alone asks for an agent, `*` alone goes back; three failures end the task."""
    pressed = False
    for attempt in range(MAX_TRIES):
        entry = yield from ask(Collect((question,), length))
        if entry.key == "*":
            raise TaskOver(tasks.BACK)
        if entry.keys == "0" and zero_is_agent:
            raise TaskOver(tasks.AGENT)
        if entry.key == "#" and bare_pound is not None:
            return bare_pound
        if pattern.fullmatch(entry.keys):
            return entry.keys
        pressed = pressed or entry.key != ""
        if attempt + 1 < MAX_TRIES:
            yield from complain(entry)
    raise TaskOver(tasks.FAILED if pressed else tasks.SILENT)
