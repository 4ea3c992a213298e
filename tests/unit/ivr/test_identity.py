"""Which line, and the proof that it is the caller's: levels 1 to 3, password, code, identity card."""

from dataclasses import replace
from typing import Any

import pytest

from ivr.lookups.accounts import FetchAccount, FetchBill
from ivr.lookups.callers import Caller
from ivr.lookups.identity import (
    CodeSent,
    Proof,
    SendCode,
    Verification,
    VerifyCode,
    VerifyIdentityCard,
    VerifyPassword,
)
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.sample_answers import SUBSCRIBER
from ivr.steps import LookUp
from tests.unit.ivr.transcript import OWN, Heard, hotline_call, task_call

pytestmark = pytest.mark.unit

PASSWORD, CODE, ID = "135790", "246810", "01234*"


def month(*keys: str, company: SampleCompany | None = None, **more: Any) -> Heard:
    return task_call("bill.month", *keys, company=company, product="mobile", **more)


def answering(question: type[LookUp[Any]], answer: Any) -> SampleCompany:
    return SampleCompany(answers={question: answer})


def test_another_number_is_keyed_in_and_needs_its_password_even_for_the_balance() -> None:
    heard = task_call("bill.balance", "2", "13900000002#", PASSWORD, "0", product="mobile")
    assert heard.said[:3] == [Phrase.WHICH_LINE, Phrase.ASK_MOBILE, Phrase.ASK_PASSWORD]
    assert [step.number for step in heard.asked(FetchAccount)] == ["13900000002"]


def test_a_call_that_does_not_come_from_the_line_proves_nothing() -> None:
    company = SampleCompany(caller=replace(SUBSCRIBER, own_number="13900000007"))
    heard = task_call("bill.balance", "1", PASSWORD, "0", company=company, product="mobile")
    assert [step.number for step in heard.asked(FetchAccount)] == ["13900000007"]
    assert Phrase.ASK_PASSWORD in heard.said
    assert Phrase.ASK_PASSWORD_SMS not in heard.said


def test_a_withheld_number_has_no_own_line() -> None:
    heard = month("13900000002#", PASSWORD, "0", caller_number="", company=SampleCompany(caller=Caller()))
    assert heard.said[0] == Phrase.ASK_MOBILE


def test_a_proven_line_is_not_asked_for_its_password_again() -> None:
    heard = month("1", PASSWORD, "8", "1", "1", "0")
    assert len(heard.asked(VerifyPassword)) == 1
    assert len(heard.asked(FetchBill)) == 2


def test_a_number_keyed_once_is_offered_again() -> None:
    keys = ("88667755#", PASSWORD, "8", "1", "1", "8", "1", "2", "99667755#", PASSWORD, "0")
    heard = task_call("bill.month", *keys, product="internet")
    assert [step.number for step in heard.asked(FetchBill)] == ["88667755", "88667755", "99667755"]
    assert heard.said.count("auth/same_line") == 2


@pytest.mark.parametrize("wrong", ["12345678901#", "139#", "139000000011#"])
def test_what_is_no_mobile_number_is_refused_three_times(wrong: str) -> None:
    heard = month("2", wrong, wrong, wrong)
    assert heard.said.count(Phrase.INVALID) == 2
    assert heard.said[-2:] == [Phrase.TOO_MANY, Phrase.TO_AGENT]


def test_zero_and_star_in_number_entry() -> None:
    assert month("2", "0#").outcome == "general"
    assert month("2", "*", "0").said[-2] == "menu/main"


def test_zero_is_a_digit_in_the_password() -> None:
    heard = month("2", "13900000002#", "0", "*", "0")
    assert heard.said.count(Phrase.INVALID) == 1
    assert heard.said[-2] == "menu/main"


def test_wrong_passwords_count_down_to_the_lock() -> None:
    heard = month("1", "111111", "111111", "111111", "0")
    ask = Phrase.ASK_PASSWORD_SMS
    assert heard.said[1:-2] == [ask, Phrase.AUTH_WRONG_2, ask, Phrase.AUTH_WRONG_1, ask, Phrase.AUTH_LOCKED]
    outcomes = [visit[2] for visit in heard.visits if visit[0] == "auth_password"]
    assert outcomes == ["fail", "fail", "locked"]
    assert heard.outcome == "general"


def test_the_right_password_after_a_wrong_one() -> None:
    heard = month("1", "111111", PASSWORD, "0")
    assert Phrase.AUTH_PASSED in heard.said
    assert heard.reported("Identified")[-1] == {"Customer": "C1", "AuthLevel": "2"}


def test_short_and_missing_passwords_are_not_looked_up() -> None:
    heard = month("1", "", "123#", "12345#")
    assert heard.asked(VerifyPassword) == []
    assert (heard.said.count(Phrase.NO_INPUT), heard.said.count(Phrase.INVALID)) == (1, 1)
    assert heard.outcome == "general"


def test_an_unknown_number_is_said() -> None:
    heard = month("1", PASSWORD, "*", "0", company=answering(VerifyPassword, Verification("unknown")))
    assert Phrase.UNKNOWN_NUMBER in heard.said


def test_the_password_check_being_down_is_said() -> None:
    heard = month("1", PASSWORD, "0", company=SampleCompany(password=None))
    assert heard.said[-2:] == [Phrase.BILLING_DOWN, Phrase.TO_AGENT]


def test_an_initial_password_is_level_one() -> None:
    initial = Verification("pass", 3, "C1", initial=True)
    company = answering(VerifyPassword, initial)
    heard = month("2", "13900000002#", PASSWORD, "0", company=company)
    assert Phrase.AUTH_INITIAL in heard.said
    assert heard.asked(FetchBill) == []
    assert heard.reported("Identified")[-1]["AuthLevel"] == "1"
    low = task_call("bill.balance", "2", "13900000002#", PASSWORD, "0", company=company, product="mobile")
    assert len(low.asked(FetchAccount)) == 1


# ---- code by text message ----


def test_a_forgotten_password_is_replaced_by_a_code_to_the_own_line() -> None:
    heard = month("1", "*", CODE, "0")
    assert [step.number for step in heard.asked(SendCode)] == [OWN]
    assert heard.said[1:4] == [Phrase.ASK_PASSWORD_SMS, Phrase.CODE_SENT, Phrase.AUTH_PASSED]
    assert heard.reported("Identified")[-1] == {"Customer": "C1", "AuthLevel": "2"}


def test_no_code_for_somebody_elses_line() -> None:
    heard = month("2", "13900000002#", "*", "0")
    assert heard.asked(SendCode) == []
    assert heard.said[-2] == "menu/main"


def test_wrong_codes_end_with_an_agent() -> None:
    heard = month("1", "*", "111111", "111111", "111111")
    assert heard.said.count(Phrase.CODE_WRONG) == 3
    assert heard.outcome == "general"
    locked = month("1", "*", "111111", "0", company=answering(VerifyCode, Proof("locked")))
    assert locked.said.count(Phrase.CODE_WRONG) == 1


@pytest.mark.parametrize(("result", "said"), [("limit", Phrase.CODE_LIMIT), ("unknown", Phrase.UNKNOWN_NUMBER)])
def test_no_code_is_sent(result: Any, said: Phrase) -> None:
    heard = month("1", "*", "0", company=answering(SendCode, CodeSent(result)))
    assert said in heard.said
    assert Phrase.CODE_SENT not in heard.said


# ---- identity card ----


def test_level_three_asks_for_the_identity_card_on_top() -> None:
    heard = month("1", PASSWORD, ID, "0", level=3)
    assert heard.said[1:4] == [Phrase.ASK_PASSWORD_SMS, Phrase.AUTH_PASSED, Phrase.ASK_ID]
    assert heard.asked(VerifyIdentityCard)[0].id_last6 == ID
    assert heard.reported("Identified")[-1]["AuthLevel"] == "3"


def test_wrong_identity_cards() -> None:
    heard = month("1", PASSWORD, "111111", "111111", "111111", level=3)
    assert heard.said.count(Phrase.ID_WRONG) == 3
    assert heard.outcome == "general"
    locked = month("1", PASSWORD, ID, "0", level=3, company=answering(VerifyIdentityCard, Proof("locked")))
    assert Phrase.AUTH_TOO_WEAK in locked.said


def test_a_letter_stands_only_in_the_last_place_and_a_star_alone_goes_back() -> None:
    heard = month("1", PASSWORD, "0123*4", "*", "0", level=3)
    assert heard.asked(VerifyIdentityCard) == []
    assert heard.said[-2] == "menu/main"


def test_no_bill_before_the_password_was_right_whatever_the_way() -> None:
    heard = hotline_call("1", "1", "2", "1", "111111", "*", "*", "1", "*", "0")
    assert heard.asked(FetchBill) == []
