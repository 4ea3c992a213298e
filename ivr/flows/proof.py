"""Proof of identity up to the level a task needs (requirements.md 4.4). A secret goes into one look-up only."""

import re
from collections.abc import Mapping

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, complain, say
from ivr.flows.leaf import refuse
from ivr.flows.line import choose_line
from ivr.flows.session import Session
from ivr.lookups.identity import SendCode, Verification, VerifyCode, VerifyIdentityCard, VerifyPassword
from ivr.phrases import Phrase
from ivr.steps import Collect, Entry, Flow, ask, identified, visited

PASSWORD_LENGTH = 6
PASSWORD = re.compile(r"[0-9]{6}")
CARD_PASSWORD = re.compile(r"[0-9]{4,8}")
ID_LAST6 = re.compile(r"[0-9]{5}[0-9*]")
WRONG: Mapping[int, Phrase] = {2: Phrase.AUTH_WRONG_2, 1: Phrase.AUTH_WRONG_1}
FORGOTTEN = "*"


def proven_line(session: Session, product: str, level: int) -> Flow[str]:
    """The number of a line for which the caller has this level; otherwise the task is over."""
    number = yield from choose_line(session, product)
    yield from prove(session, product, number, level)
    return number


def prove(session: Session, product: str, number: str, level: int) -> Flow[None]:
    """Ask for what is still missing. Level 2 is the password (or a code), level 3 the identity card on top."""
    if session.level(product, number) >= level:
        return
    if session.level(product, number) < min(level, 2):
        yield from _password(session, product, number)
    if session.level(product, number) < min(level, 2):
        yield from refuse(Phrase.AUTH_INITIAL)
    if level > 2:
        yield from prove_identity_card(session, product, number)


def _password(session: Session, product: str, number: str) -> Flow[None]:
    if (product, number) in session.initial:
        return
    own = session.on_own_line and number == session.own
    for _ in range(MAX_TRIES):
        secret = yield from key_password(_question(product, own), _pattern(product), forgotten=own)
        if secret == FORGOTTEN:
            return (yield from _code(session, product, number))
        answer = yield from ask(VerifyPassword(number, secret))
        if answer.result == "pass":
            return (yield from _passed(session, product, number, answer))
        yield from _not_passed(answer)
    raise TaskOver(tasks.FAILED)


def _question(product: str, own: bool) -> Phrase:
    if product == "ip":
        return Phrase.ASK_IP_PASSWORD
    return Phrase.ASK_PASSWORD_SMS if own else Phrase.ASK_PASSWORD


def _pattern(product: str) -> re.Pattern[str]:
    return CARD_PASSWORD if product == "ip" else PASSWORD


def _passed(session: Session, product: str, number: str, answer: Verification) -> Flow[None]:
    level = 1 if answer.initial else 2
    session.prove(product, number, level)
    if answer.initial:
        session.initial.add((product, number))
    if answer.customer_id:
        yield from ask(identified(answer.customer_id, level))
    yield from say(Phrase.AUTH_PASSED)


def _not_passed(answer: Verification) -> Flow[None]:
    """Returns when there is another try."""
    yield from ask(visited("auth_password", "", answer.result))
    if answer.result == "unknown":
        yield from refuse(Phrase.UNKNOWN_NUMBER)
    if answer.result == "locked" or answer.attempts_left < 1:
        yield from refuse(Phrase.AUTH_LOCKED)
    yield from say(WRONG.get(answer.attempts_left, Phrase.AUTH_WRONG))


def _code(session: Session, product: str, number: str) -> Flow[None]:
    """A code by text message to the line itself instead of the forgotten password."""
    yield from send_code(number)
    for _ in range(MAX_TRIES):
        code = yield from key_secret(Phrase.CODE_SENT, PASSWORD, PASSWORD_LENGTH)
        result = (yield from ask(VerifyCode(number, code))).result
        if result == "pass":
            session.prove(product, number, 2)
            if session.caller.customer_id:
                yield from ask(identified(session.caller.customer_id, 2))
            yield from say(Phrase.AUTH_PASSED)
            return
        yield from ask(visited("auth_code", "", result))
        if result == "locked":
            yield from refuse(Phrase.CODE_WRONG)
        yield from say(Phrase.CODE_WRONG)
    raise TaskOver(tasks.FAILED)


def send_code(number: str) -> Flow[None]:
    result = (yield from ask(SendCode(number))).result
    if result == "limit":
        yield from refuse(Phrase.CODE_LIMIT)
    if result != "sent":
        yield from refuse(Phrase.UNKNOWN_NUMBER)


def prove_identity_card(session: Session, product: str, number: str) -> Flow[None]:
    for _ in range(MAX_TRIES):
        card = yield from key_id()
        result = (yield from ask(VerifyIdentityCard(number, card))).result
        if result == "pass":
            session.prove(product, number, 3)
            if session.caller.customer_id and number == session.own:
                yield from ask(identified(session.caller.customer_id, 3))
            return
        yield from ask(visited("auth_id", "", result))
        if result in ("locked", "unknown"):
            yield from refuse(Phrase.AUTH_TOO_WEAK)
        yield from say(Phrase.ID_WRONG)
    raise TaskOver(tasks.FAILED)


def key_password(question: Phrase, pattern: re.Pattern[str] = PASSWORD, *, forgotten: bool = False) -> Flow[str]:
    """`*` as the first key is FORGOTTEN where that is offered. `0` is a digit here, not the way to an agent."""
    length = PASSWORD_LENGTH if pattern is PASSWORD else 8
    return (yield from key_secret(question, pattern, length, star=FORGOTTEN if forgotten else None))


def key_id() -> Flow[str]:
    return (yield from key_secret(Phrase.ASK_ID, ID_LAST6, 6, star_is_letter=True))


def key_secret(
    question: Phrase, pattern: re.Pattern[str], length: int, *, star: str | None = None, star_is_letter: bool = False
) -> Flow[str]:
    """Returns what was keyed, or `star` for a `*` alone; without that a `*` goes back."""
    pressed = False
    for attempt in range(MAX_TRIES):
        entry: Entry = yield from ask(Collect((question,), length, star_is_letter=star_is_letter))
        if entry.key == "*" and star is not None:
            return star
        if entry.key == "*":
            raise TaskOver(tasks.BACK)
        if pattern.fullmatch(entry.keys):
            return entry.keys
        pressed = pressed or entry.key != ""
        if attempt + 1 < MAX_TRIES:
            yield from complain(entry)
    raise TaskOver(tasks.FAILED if pressed else tasks.SILENT)
