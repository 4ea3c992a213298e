"""满意度调查 after the agent has hung up: one question, one repeat; who is not satisfied is asked why."""

from collections.abc import Mapping

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import Turn, good_bye, pick, say_all
from ivr.phrases import Phrase
from ivr.steps import Flow, HungUp, Leave, ask, surveyed

GRADES: Mapping[str, str] = {"1": "satisfied", "2": "neutral", "3": "dissatisfied"}
REASONS: Mapping[str, str] = {"1": "attitude", "2": "competence", "3": "unresolved", "4": "waiting"}


def survey() -> Flow[Leave]:
    grade, key = yield from pick((Phrase.SURVEY_ASK,), GRADES, tries=2, first_key_seconds=10.0)
    if isinstance(grade, Turn):
        return (yield from good_bye())
    reason = (yield from _reason(int(key))) if grade == "dissatisfied" else ""
    yield from ask(surveyed(int(key), reason))
    yield from say_all(Phrase.SURVEY_THANKS)
    return Leave(IvrOutcome.SELF_SERVICE)


def _reason(grade: int) -> Flow[str]:
    """Who hangs up at this question has rated all the same."""
    try:
        reason, _ = yield from pick((Phrase.SURVEY_REASON,), REASONS, tries=2, first_key_seconds=10.0)
    except HungUp:
        yield from ask(surveyed(grade))
        raise
    return "" if isinstance(reason, Turn) else reason
