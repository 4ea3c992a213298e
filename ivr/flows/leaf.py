"""What follows when something has been told: hear it again, have it sent, go back, on, or to an agent."""

from collections.abc import Mapping
from typing import NoReturn

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_REPEATS, TaskOver, Turn, choose, say
from ivr.flows.session import Session
from ivr.lookups.accounts import SendCopy
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.speech.values import Saying
from ivr.steps import Flow, Prompts, ask, visited

KEYS: Mapping[str, str] = {"9": "again", "8": Turn.MAIN}
COPY_KEYS: Mapping[str, str] = {**KEYS, "1": "copy"}


def served(session: Session) -> Flow[None]:
    """He has what he came for: from here on silence is a good-bye. Reported before the words: a hang-up counts."""
    session.served = True
    if not session.served_here:
        session.served_here = True
        yield from ask(visited(session.node, "", "served"))


def tell(session: Session, *prompts: str | Saying, copy: SendCopy | None = None) -> Flow[NoReturn]:
    """The end of a task that went well. Always ends the task by TaskOver."""
    yield from served(session)
    yield from _leaf(prompts, copy)
    raise TaskOver(tasks.DONE)


def refuse(*prompts: str | Saying) -> Flow[NoReturn]:
    """The end of a task that could not be done: the reason, and the same ways on."""
    yield from _leaf(prompts, None)
    raise TaskOver(tasks.DONE)


def _leaf(prompts: Prompts, copy: SendCopy | None) -> Flow[None]:
    opening = prompts
    for _ in range(MAX_REPEATS):
        choices = Phrase.LEAF_CHOICES if copy is None else Phrase.LEAF_CHOICES_COPY
        meaning = yield from choose((choices,), KEYS if copy is None else COPY_KEYS, intro=opening)
        opening = prompts
        if meaning == "copy" and copy is not None:
            copy, opening = (yield from send(copy)), ()


def send(copy: SendCopy) -> Flow[SendCopy | None]:
    """None when it is on its way; the copy again when it may be tried once more."""
    try:
        sent = (yield from ask(copy)).result == "ok"
    except Unavailable:
        sent = False
    yield from say(Phrase.COPY_SENT if sent else Phrase.COPY_FAILED)
    return None if sent else copy
