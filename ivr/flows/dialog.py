"""The rules every menu shares: three tries, `9` again, what is said on the way to an agent. Knows no business."""

from collections.abc import Mapping
from enum import StrEnum

from acd.contracts.vocabulary import IvrOutcome
from ivr.phrases import Phrase
from ivr.steps import Collect, Entry, Flow, Leave, Play, Prompts, ask, visited

MAX_TRIES = 3


class Turn(StrEnum):
    """Where the caller goes from a node. The values appear as outcomes in the call's menu path."""

    FORWARD = "forward"
    BACK = "back"
    MAIN = "main_menu"
    REPEAT = "repeat"
    AGENT = "agent"
    TOO_MANY = "too_many"
    SILENT = "no_input"  # as TOO_MANY, but not one key was pressed


LEAF_KEYS: Mapping[str, str] = {"9": Turn.REPEAT, "8": Turn.MAIN, "*": Turn.BACK, "0": Turn.AGENT}


def say(*prompts: str) -> Flow[bool]:
    """Speak; true when the caller heard it to the end."""
    return (yield from ask(Play(prompts)))


def say_all(*prompts: str) -> Flow[None]:
    """Speak what the law or the purpose wants heard in full: no key cuts it short."""
    yield from ask(Play(prompts, barge_in=False))


def pick(
    prompts: Prompts,
    keys: Mapping[str, str],
    *,
    intro: Prompts = (),
    tries: int = MAX_TRIES,
    first_key_seconds: float = 5.0,
) -> Flow[tuple[str, str]]:
    """Ask until a key of `keys` comes; returns its meaning and the key, or Turn.TOO_MANY / Turn.SILENT and no key.

    `intro` is spoken the first time and when the caller asks to hear it again, not after a mistake.
    """
    failures, pressed, opening = 0, False, intro
    while True:
        entry = yield from ask(Collect(opening + prompts, first_key_seconds=first_key_seconds))
        meaning = keys.get(entry.key)
        if meaning == Turn.REPEAT:
            opening = intro
            continue
        if meaning is not None:
            return meaning, entry.key
        failures, pressed, opening = failures + 1, pressed or entry.key != "", ()
        if failures >= tries:
            return (Turn.TOO_MANY if pressed else Turn.SILENT), ""
        yield from complain(entry)


def choose(node: str, prompts: Prompts, keys: Mapping[str, str], *, intro: Prompts = ()) -> Flow[str]:
    """`pick`, with the result written to the call's menu path."""
    meaning, key = yield from pick(prompts, keys, intro=intro)
    yield from ask(visited(node, key, meaning))
    return meaning


def complain(entry: Entry) -> Flow[bool]:
    return (yield from say(Phrase.INVALID if entry.key else Phrase.NO_INPUT))


def hand_over(turn: str, queue: str, priority: int = 0) -> Flow[Leave]:
    """To an agent: at the caller's wish, or because the menu could not understand."""
    if turn == Turn.AGENT:
        yield from say(Phrase.TO_AGENT)
    else:
        yield from say(Phrase.TOO_MANY, Phrase.TO_AGENT)
    return Leave(IvrOutcome.AGENT, queue, priority, reason=turn)


def good_bye() -> Flow[Leave]:
    yield from say_all(Phrase.GOODBYE)
    return Leave(IvrOutcome.SELF_SERVICE)
