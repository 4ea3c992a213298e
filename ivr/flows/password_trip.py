"""An agent sent the caller here to prove who he is: he keys the password, the agent learns only how it went."""

from typing import Literal, TypeAlias

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import MAX_TRIES, TaskOver, say
from ivr.flows.line import ANY_NUMBER, key_number
from ivr.flows.proof import WRONG, key_password
from ivr.lookups.identity import VerifyPassword
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.steps import CallFacts, Flow, HungUp, Leave, ask, identified, password_checked

Result: TypeAlias = Literal["pass", "fail", "locked"]


def password_trip(call: CallFacts) -> Flow[Leave]:
    """Leads back to the agent whatever happens; who hangs up here has not proven anything."""
    try:
        result = yield from _check(call)
    except (TaskOver, Unavailable):
        result = "fail"
    except HungUp:
        yield from ask(password_checked("fail"))
        raise
    yield from ask(password_checked(result))
    return Leave(IvrOutcome.SELF_SERVICE)


def _check(call: CallFacts) -> Flow[Result]:
    yield from say(Phrase.FOR_AGENT)
    number = call.number
    if not number:
        number = yield from key_number(Phrase.ASK_NUMBER, ANY_NUMBER, 20, bare_pound=call.caller_number or None)
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
