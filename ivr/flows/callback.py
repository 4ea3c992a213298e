"""Who waits and would rather be called: which number to call. Whether a call is promised is the ACD's business."""

import re
from collections.abc import Mapping

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import MAX_TRIES, TaskOver, Turn, pick
from ivr.flows.line import key_number
from ivr.phrases import Phrase, Template
from ivr.speech.values import Digits, Saying
from ivr.steps import CallFacts, Flow, Leave

CALLABLE = re.compile(r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}")
"""Mobile numbers, and fixed lines with their area code: nothing abroad, no service numbers."""
KEYS: Mapping[str, str] = {"1": "yes", "2": "other", "9": Turn.REPEAT, "*": Turn.BACK}
ROUNDS = 2


def callback(call: CallFacts) -> Flow[Leave]:
    """A Leave without a number: the caller would rather wait."""
    number = call.caller_number if CALLABLE.fullmatch(call.caller_number) else ""
    for _ in range(MAX_TRIES):
        number = number or (yield from _keyed())
        if not number:
            break
        question = Saying(Template.CALLBACK_NUMBER, {"number": Digits(number)})
        answer, _ = yield from pick((question,), KEYS, tries=ROUNDS)
        if answer == "yes":
            return Leave(IvrOutcome.SELF_SERVICE, callback_number=number)
        if answer != "other":
            break
        number = ""
    return Leave(IvrOutcome.SELF_SERVICE)


def _keyed() -> Flow[str]:
    try:
        return (yield from key_number(Phrase.CALLBACK_ASK_NUMBER, CALLABLE, 13, zero_is_agent=False))
    except TaskOver:
        return ""
