"""Who is calling: by number, by keyed number, by service password. A password goes to one look-up, nowhere else."""

import re

from ivr.flows.dialog import LEAF_KEYS, MAX_TRIES, Turn, choose, complain, say
from ivr.phrases import Phrase
from ivr.ports import Caller, Unavailable
from ivr.steps import CallFacts, Collect, FindCaller, Flow, VerifyPassword, ask, identified, visited

PASSWORD_LENGTH = 6
MOBILE = re.compile(r"1[3-9][0-9]{9}")
WRONG = {2: Phrase.AUTH_WRONG_2, 1: Phrase.AUTH_WRONG_1}


def find_caller(call: CallFacts) -> Flow[Caller]:
    """Look the caller up by number. A withheld or odd number, and a directory that is away, make a stranger."""
    if not call.caller_number:
        return Caller()
    try:
        caller = yield from ask(FindCaller(call.caller_number, call.did))
    except Unavailable:
        return Caller()
    if caller.known and caller.customer_id:
        # Level 1 is the call from one's own line; a known contact number alone proves nothing.
        yield from ask(identified(caller.customer_id, 1 if caller.own_number == call.caller_number else 0))
    return caller


def ask_number(own: str) -> Flow[str]:
    """A mobile number: `#` alone means the caller's own. Returns the number, or a Turn."""
    failures = 0
    while failures < MAX_TRIES:
        entry = yield from ask(Collect((Phrase.ASK_NUMBER,), length=12))
        if entry.key in ("*", "0"):
            turn = Turn.BACK if entry.key == "*" else Turn.AGENT
            yield from ask(visited("auth_number", entry.key, turn))
            return turn
        number = own if entry.key == "#" else entry.keys
        if MOBILE.fullmatch(number):
            yield from ask(visited("auth_number", "", "own" if number == own else "entered"))
            return number
        failures += 1
        if failures < MAX_TRIES:
            yield from complain(entry)
    yield from ask(visited("auth_number", "", Turn.TOO_MANY))
    return Turn.TOO_MANY


def check_password(number: str) -> Flow[str]:
    """Turn.FORWARD when the service password of `number` was right. `0` is a digit here, not a way to an agent."""
    for attempt in range(MAX_TRIES):
        entry = yield from ask(Collect((Phrase.ASK_PASSWORD,), length=PASSWORD_LENGTH))
        if entry.key == "*":
            yield from ask(visited("auth_password", "", Turn.BACK))
            return Turn.BACK
        if len(entry.keys) != PASSWORD_LENGTH:
            if attempt + 1 < MAX_TRIES:
                yield from complain(entry)
            continue
        turn = yield from _verify(number, entry.keys)
        if turn is not None:
            return turn
    yield from ask(visited("auth_password", "", Turn.TOO_MANY))
    return Turn.TOO_MANY


def _verify(number: str, password: str) -> Flow[str | None]:
    """None: wrong, and there is another try."""
    try:
        verification = yield from ask(VerifyPassword(number, password))
    except Unavailable:
        return (yield from choose("auth_down", (Phrase.BILLING_DOWN,), LEAF_KEYS))
    if verification.result == "pass":
        if verification.customer_id:
            yield from ask(identified(verification.customer_id, 2))
        yield from say(Phrase.AUTH_PASSED)
        return Turn.FORWARD
    yield from ask(visited("auth_password", "", verification.result))
    if verification.result == "unknown":
        yield from say(Phrase.BILL_NO_DATA)
        return Turn.BACK
    if verification.result == "locked" or verification.attempts_left < 1:
        return (yield from choose("auth_locked", (Phrase.AUTH_LOCKED,), LEAF_KEYS))
    yield from say(WRONG.get(verification.attempts_left, Phrase.INVALID))
    return None
