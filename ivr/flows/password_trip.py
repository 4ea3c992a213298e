"""An agent sent the caller here to prove who he is: he keys the password, the agent learns only how it went."""

from typing import Literal, TypeAlias

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import MAX_TRIES, TaskOver, say
from ivr.flows.line import ANY_NUMBER, key_number
from ivr.flows.proof import WRONG, key_password
from ivr.lookups.identity import NotePasswordTrip, VerifyPassword
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.steps import CallFacts, Flow, HungUp, Leave, ask, identified, password_checked

Result: TypeAlias = Literal["pass", "fail", "locked"]


def password_trip(call: CallFacts) -> Flow[Leave]:
    """Leads back to the agent whatever happens; who hangs up here has not proven anything."""
    number = call.number
    result: Result = "fail"
    try:
        yield from say(Phrase.FOR_AGENT)
        number = number or (yield from key_number(Phrase.ASK_NUMBER, ANY_NUMBER, 20, bare_pound=call.caller_number))
        result = yield from _check(number)
    except (TaskOver, Unavailable):
        result = "fail"
    except HungUp:
        # The note first: Asterisk may not take an event any more.
        yield from _note(call, number, "fail")
        yield from ask(password_checked("fail"))
        raise
    yield from ask(password_checked(result))
    yield from _note(call, number, result)
    return Leave(IvrOutcome.SELF_SERVICE)


def _check(number: str) -> Flow[Result]:
    for _ in range(MAX_TRIES):
        password = yield from key_password(Phrase.ASK_PASSWORD)
        answer = yield from ask(VerifyPassword(number, password))
        if answer.result == "pass":
            if answer.customer_id:
                yield from ask(identified(answer.customer_id, 1 if answer.initial else 2))
            yield from say(Phrase.AUTH_PASSED)
            return "pass"
        if answer.result == "locked" or (answer.result == "fail" and answer.attempts_left < 1):
            yield from say(Phrase.AUTH_LOCKED)
            return "locked"
        if answer.result == "unknown":
            yield from say(Phrase.UNKNOWN_NUMBER)
            return "fail"
        yield from say(WRONG.get(answer.attempts_left, Phrase.AUTH_WRONG))
    return "fail"


def _note(call: CallFacts, number: str, result: Result) -> Flow[None]:
    try:
        yield from ask(NotePasswordTrip(call.call_id, number, result))
    except Unavailable:
        return  # the agent has the event
