"""欠费催缴: an outbound attempt was answered. No amount is spoken before the person has confirmed to be the debtor.

Every result is reported once, before the closing words, so that a hang-up does not lose it. A hang-up before any result
is the ACD's to judge; the visit "dunning_owed" tells it that the amount was heard to the end.
"""

from collections.abc import Mapping

from acd.contracts.vocabulary import AttemptCode, IvrOutcome
from ivr.flows.dialog import Turn, pick, say, say_all
from ivr.lookups.dunning import DunningScript, FetchDunningScript
from ivr.phrases import Phrase, Template
from ivr.ports import Unavailable
from ivr.speech.values import Digits, Money, Month, Saying, Value
from ivr.steps import CallFacts, Flow, Leave, ask, attempt_result, visited

QUEUE = "dunning"
SILENCE_SECONDS = 10.0
ROUNDS = 2

CONFIRM_KEYS: Mapping[str, str] = {"1": "self", "2": "other", "9": Turn.REPEAT, "0": Turn.AGENT}
OPTION_KEYS: Mapping[str, str] = {"1": "paid", "2": "promise", "3": "dispute", "9": "again", "0": Turn.AGENT}
CLOSINGS: Mapping[str, tuple[AttemptCode, Phrase]] = {
    "paid": (AttemptCode.CLAIM_PAID, Phrase.DUNNING_CLAIM_PAID),
    "promise": (AttemptCode.PROMISE, Phrase.DUNNING_PROMISE_THANKS),
    "dispute": (AttemptCode.DISPUTE, Phrase.DUNNING_DISPUTE),
    Turn.AGENT: (AttemptCode.TO_AGENT, Phrase.TO_AGENT),
    Turn.TOO_MANY: (AttemptCode.PLAYED_CONFIRMED, Phrase.GOODBYE),
    Turn.SILENT: (AttemptCode.PLAYED_CONFIRMED, Phrase.GOODBYE),
}


def dunning(call: CallFacts) -> Flow[Leave]:
    person, key = yield from pick(
        (Phrase.DUNNING_CONFIRM,),
        CONFIRM_KEYS,
        intro=(Phrase.DUNNING_GREETING,),
        tries=ROUNDS,
        first_key_seconds=SILENCE_SECONDS,
    )
    yield from ask(visited("dunning_confirm", key, person))
    match person:
        case "self":
            code, closing = yield from talk_to_debtor(call)
        case "other":
            code, closing = AttemptCode.WRONG_PERSON, Phrase.DUNNING_WRONG_PERSON
        case Turn.AGENT:
            code, closing = CLOSINGS[Turn.AGENT]
        case _:
            # A machine, or nobody who would say who they are: the neutral message names no debt.
            code, closing = AttemptCode.VOICEMAIL, Phrase.DUNNING_NEUTRAL
    yield from ask(attempt_result(call.attempt_id, code))
    yield from say_all(closing)
    if code is AttemptCode.TO_AGENT:
        return Leave(IvrOutcome.AGENT, QUEUE, reason=QUEUE)
    return Leave(IvrOutcome.SELF_SERVICE)


def talk_to_debtor(call: CallFacts) -> Flow[tuple[AttemptCode, Phrase]]:
    """The debt as it stands now: it may have been paid since the number was dialled."""
    try:
        script = yield from ask(FetchDunningScript(call.attempt_id))
    except Unavailable:
        script = DunningScript("unknown")
    if script.state == "unknown":
        return AttemptCode.VOICEMAIL, Phrase.DUNNING_NEUTRAL
    if script.state == "paid" or script.owed <= 0:
        return AttemptCode.PAID, Phrase.DUNNING_PAID_ALREADY
    choice = "again"
    while choice == "again":
        heard_all = yield from say(spoken(script))
        yield from ask(visited("dunning_owed", "", "played" if heard_all else "cut"))
        choice, _ = yield from pick(
            (Phrase.DUNNING_OPTIONS,), OPTION_KEYS, tries=ROUNDS, first_key_seconds=SILENCE_SECONDS
        )
    return CLOSINGS[choice]


def spoken(script: DunningScript) -> Saying:
    """您尾号…的号码，十月共欠费…."""
    values: dict[str, Value] = {
        "last4": Digits(script.last4),
        "month": Month(script.month),
        "amount": Money(script.owed),
    }
    return Saying(Template.DUNNING_OWED, values)
