"""The survey by transcript."""

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.survey import survey
from ivr.phrases import Phrase
from tests.unit.ivr.transcript import GONE, walk

pytestmark = pytest.mark.unit

ASK, REASON, THANKS = Phrase.SURVEY_ASK, Phrase.SURVEY_REASON, Phrase.SURVEY_THANKS


@pytest.mark.parametrize("key", ["1", "2"])
def test_one_key_rates_the_call(key: str) -> None:
    heard = walk(survey(), key)
    assert heard.said == [ASK, THANKS]
    assert heard.reported("SurveyAnswered") == [{"Satisfaction": key, "Reason": ""}]
    assert heard.outcome == IvrOutcome.SELF_SERVICE


@pytest.mark.parametrize(
    ("key", "reason"), [("1", "attitude"), ("2", "competence"), ("3", "unresolved"), ("4", "waiting")]
)
def test_who_is_not_satisfied_is_asked_why(key: str, reason: str) -> None:
    heard = walk(survey(), "3", key)
    assert heard.said == [ASK, REASON, THANKS]
    assert heard.reported("SurveyAnswered") == [{"Satisfaction": "3", "Reason": reason}]


def test_the_rating_counts_when_the_caller_hangs_up_instead_of_a_reason() -> None:
    heard = walk(survey(), "3", GONE)
    assert heard.leave is None
    assert heard.reported("SurveyAnswered") == [{"Satisfaction": "3", "Reason": ""}]


def test_who_hangs_up_without_rating_has_not_rated() -> None:
    assert walk(survey(), GONE).reported("SurveyAnswered") == []


def test_the_rating_stands_without_a_reason() -> None:
    heard = walk(survey(), "3", "", "9")
    assert heard.reported("SurveyAnswered") == [{"Satisfaction": "3", "Reason": ""}]
    assert heard.said == [ASK, REASON, Phrase.NO_INPUT, REASON, THANKS]


def test_one_repeat_then_good_bye() -> None:
    heard = walk(survey(), "", "")
    assert heard.said == [ASK, Phrase.NO_INPUT, ASK, Phrase.GOODBYE]
    assert heard.reported("SurveyAnswered") == []
