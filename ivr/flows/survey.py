"""满意度调查 after the agent has hung up: one question, one repeat; who is not satisfied is asked why."""

from collections.abc import Mapping

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import Turn, good_bye, pick, say_all
from ivr.phrases import Phrase
from ivr.steps import Flow, Leave, ask, surveyed

GRADES: Mapping[str, str] = {"1": "satisfied", "2": "neutral", "3": "dissatisfied"}
REASONS: Mapping[str, str] = {"1": "attitude", "2": "competence", "3": "unresolved", "4": "waiting"}


def survey() -> Flow[Leave]:
    grade, key = yield from pick((Phrase.SURVEY_ASK,), GRADES, tries=2, first_key_seconds=10.0)
    if isinstance(grade, Turn):
        return (yield from good_bye())
    # Reported before the reason is asked: who hangs up at this point has rated all the same. The reason follows in a
    # second report, which replaces the first.
    yield from ask(surveyed(int(key)))
    if grade == "dissatisfied":
        reason, _ = yield from pick((Phrase.SURVEY_REASON,), REASONS, tries=2, first_key_seconds=10.0)
        if not isinstance(reason, Turn):
            yield from ask(surveyed(int(key), reason))
    yield from say_all(Phrase.SURVEY_THANKS)
    return Leave(IvrOutcome.SELF_SERVICE)
