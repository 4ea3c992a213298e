"""An agent sent the caller to prove himself: by transcript."""

from typing import Any

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.password_trip import password_trip
from ivr.lookups.identity import Verification, VerifyPassword
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.steps import CallFacts
from tests.unit.ivr.transcript import GONE, OWN, Heard, walk

pytestmark = pytest.mark.unit

PASSWORD = "135790"


def trip(*keys: str, number: str = OWN, company: SampleCompany | None = None) -> Heard:
    return walk(password_trip(CallFacts("n1-1.1", OWN, number=number)), *keys, company=company)


def told(heard: Heard) -> str:
    """What the agent learns, once."""
    (event,) = heard.reported("PasswordChecked")
    return event["Result"]


def test_the_right_password_passes_and_goes_back_to_the_agent() -> None:
    heard = trip(PASSWORD)
    assert heard.said == [Phrase.FOR_AGENT, Phrase.ASK_PASSWORD, Phrase.AUTH_PASSED]
    assert told(heard) == "pass"
    assert heard.reported("Identified") == [{"Customer": "C1", "AuthLevel": "2"}]
    assert heard.outcome == IvrOutcome.SELF_SERVICE
    assert PASSWORD not in repr(heard.steps)


def test_without_a_number_it_is_asked_for() -> None:
    assert trip("#", PASSWORD, number="").asked(VerifyPassword)[0].number == OWN
    assert trip("13900000002#", PASSWORD, number="").asked(VerifyPassword)[0].number == "13900000002"


def test_an_initial_password_proves_level_one_only() -> None:
    company = SampleCompany(answers={VerifyPassword: Verification("pass", 3, "C1", initial=True)})
    assert trip(PASSWORD, company=company).reported("Identified") == [{"Customer": "C1", "AuthLevel": "1"}]


@pytest.mark.parametrize(
    ("keys", "answer", "result"),
    [
        (("111111",) * 3, None, "locked"),
        ((PASSWORD,), Verification("unknown"), "fail"),
        ((PASSWORD,), Verification("locked"), "locked"),
        (("*",), None, "fail"),
        (("", "", ""), None, "fail"),
    ],
)
def test_whatever_goes_wrong_the_agent_learns_no_more_than_that(
    keys: tuple[str, ...], answer: Any, result: str
) -> None:
    company = SampleCompany(answers={VerifyPassword: answer} if answer else {})
    heard = trip(*keys, company=company)
    assert told(heard) == result
    assert heard.reported("Identified") == []


def test_a_directory_that_is_away_is_a_failed_proof() -> None:
    assert told(trip(PASSWORD, company=SampleCompany(password=None))) == "fail"


def test_hanging_up_is_a_failed_proof() -> None:
    heard = trip(GONE)
    assert heard.leave is None
    assert told(heard) == "fail"
