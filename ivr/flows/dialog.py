"""The rules every menu shares: three tries, `9` again, `0` an agent, `*` back. Knows no business."""

from collections.abc import Mapping
from enum import StrEnum

from acd.contracts.menu import tasks
from acd.contracts.vocabulary import IvrOutcome
from ivr.phrases import Phrase
from ivr.speech.values import Saying
from ivr.steps import Collect, Entry, Flow, Leave, Play, Prompts, ask

MAX_TRIES = 3
MAX_REPEATS = 20
FIRST_KEY_SECONDS = 5.0


class Turn(StrEnum):
    """Where a key leads besides forward. The values appear as outcomes in the call's menu path."""

    BACK = "back"
    MAIN = "main_menu"
    REPEAT = "repeat"
    AGENT = "agent"
    TOO_MANY = "too_many"
    SILENT = "no_input"  # as TOO_MANY, but not one key was pressed


class TaskOver(Exception):
    """Ends a task from anywhere inside it with one of the outcomes of acd.contracts.menu.tasks."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


ENDS: Mapping[str, str] = {
    Turn.BACK: tasks.BACK,
    Turn.MAIN: tasks.MAIN,
    Turn.AGENT: tasks.AGENT,
    Turn.TOO_MANY: tasks.FAILED,
    Turn.SILENT: tasks.SILENT,
}
EXITS: Mapping[str, str] = {"0": Turn.AGENT, "*": Turn.BACK}


def say(*prompts: str | Saying) -> Flow[bool]:
    """Speak; true when the caller heard it to the end."""
    return (yield from ask(Play(prompts)))


def say_all(*prompts: str | Saying) -> Flow[None]:
    """Speak what the law or the purpose wants heard in full: no key cuts it short."""
    yield from ask(Play(prompts, barge_in=False))


def pick(
    prompts: Prompts,
    keys: Mapping[str, str],
    *,
    intro: Prompts = (),
    tries: int = MAX_TRIES,
    first_key_seconds: float = FIRST_KEY_SECONDS,
) -> Flow[tuple[str, str]]:
    """Ask until a key of `keys` comes; returns its meaning and the key, or Turn.TOO_MANY / Turn.SILENT and no key.

    `intro` is spoken the first time and when the caller asks to hear it again, not after a mistake.
    """
    failures, repeats, pressed, opening = 0, 0, False, intro
    while True:
        entry = yield from ask(Collect(opening + prompts, first_key_seconds=first_key_seconds))
        meaning = keys.get(entry.key)
        if meaning == Turn.REPEAT and repeats < MAX_REPEATS:
            opening, repeats = intro, repeats + 1
            continue
        if meaning is not None and meaning != Turn.REPEAT:
            return meaning, entry.key
        failures, pressed, opening = failures + 1, pressed or entry.key != "", ()
        if failures >= tries:
            return (Turn.TOO_MANY if pressed else Turn.SILENT), ""
        yield from complain(entry)


def choose(
    prompts: Prompts,
    keys: Mapping[str, str],
    *,
    intro: Prompts = (),
    first_key_seconds: float = FIRST_KEY_SECONDS,
) -> Flow[str]:
    """A choice inside a task: the ways out are there too, and end the task."""
    every = {**EXITS, "9": Turn.REPEAT, **keys}
    meaning, _ = yield from pick(prompts, every, intro=intro, first_key_seconds=first_key_seconds)
    if meaning in ENDS:
        raise TaskOver(ENDS[meaning])
    return meaning


def complain(entry: Entry) -> Flow[bool]:
    return (yield from say(Phrase.INVALID if entry.key else Phrase.NO_INPUT))


def good_bye() -> Flow[Leave]:
    yield from say_all(Phrase.GOODBYE)
    return Leave(IvrOutcome.SELF_SERVICE)
