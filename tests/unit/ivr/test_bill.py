"""话费查询 by transcript."""

from decimal import Decimal

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.main_menu import main_menu
from ivr.phrases import Phrase
from ivr.ports import Bill, Caller, Verification
from ivr.rehearsal import SampleCompany
from ivr.speech.zh.clips import CLIPS, text_of
from ivr.steps import FetchBill, Step, VerifyPassword
from tests.unit.ivr.transcript import OWN, Heard, call, walk

pytestmark = pytest.mark.unit

TO_PASSWORD = ("1", "1", "#")


def bill_call(*keys: str, company: SampleCompany | None = None, caller_number: str = OWN) -> Heard:
    return walk(main_menu(call(caller_number)), *keys, company=company)


def spoken_numbers(heard: Heard) -> str:
    return text_of(prompt for prompt in heard.prompts if prompt in CLIPS)


def test_own_bill_is_read_with_month_total_and_balance() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "0")
    at = heard.prompts.index(Phrase.BILL_NUMBER_INTRO)
    sentences = [prompt for prompt in heard.prompts[at:] if prompt not in CLIPS]
    assert sentences == [
        Phrase.BILL_NUMBER_INTRO,
        Phrase.BILL_MONTH_INTRO,
        Phrase.BILL_MONTH_TOTAL,
        Phrase.BILL_BALANCE_INTRO,
        Phrase.MENU_BILL_RESULT,
        Phrase.TO_AGENT,
    ]
    assert spoken_numbers(heard) == "幺三九零零零零零零零幺十月一百二十八元五角三十五元两角"
    assert heard.visits == [
        ("main", "1", "bill"),
        ("bill", "1", "mobile"),
        ("auth_number", "", "own"),
        ("bill_result", "0", "agent"),
    ]
    assert heard.reported("Identified")[-1] == {"Customer": "C1", "AuthLevel": "2"}
    assert heard.leave.queue == "bill"


@pytest.mark.parametrize(
    ("arrears", "balance", "words"),
    [("88.05", "0", "八十八元零五分"), ("0", "-10.05", "十元零五分"), ("20", "5", "二十元")],
)
def test_a_debt_is_spoken_instead_of_a_balance(arrears: str, balance: str, words: str) -> None:
    owing = Bill("ok", "2026-10", Decimal("128.50"), Decimal(balance), Decimal(arrears))
    heard = bill_call(*TO_PASSWORD, "135790", "0", company=SampleCompany(bill=owing))
    assert Phrase.BILL_BALANCE_INTRO not in heard.prompts
    assert Phrase.BILL_ARREARS_INTRO in heard.prompts
    assert spoken_numbers(heard).endswith(words)


def test_another_number_is_keyed_in() -> None:
    heard = bill_call("1", "1", "13900000002#", "135790", "0")
    asked = [step.number for step in heard.steps if isinstance(step, VerifyPassword | FetchBill)]
    assert asked == ["13900000002", "13900000002"]
    assert ("auth_number", "", "entered") in heard.visits
    assert "13900000002" not in str(heard.visits)


def test_no_own_number_without_a_usable_caller_number() -> None:
    heard = bill_call("1", "1", "#", "0", caller_number="")
    assert heard.prompts[-4:] == [Phrase.ASK_NUMBER, Phrase.INVALID, Phrase.ASK_NUMBER, Phrase.TO_AGENT]


@pytest.mark.parametrize("wrong", ["12345678901#", "139#", "139000000011#"])
def test_what_is_no_mobile_number_is_refused_three_times(wrong: str) -> None:
    heard = bill_call("1", "1", wrong, wrong, wrong)
    assert heard.prompts.count(Phrase.INVALID) == 2
    assert heard.prompts[-2:] == [Phrase.TOO_MANY, Phrase.TO_AGENT]
    assert heard.leave.queue == "bill"


def test_keys_of_the_bill_menu() -> None:
    assert bill_call("1", "0").leave.queue == "bill"
    assert bill_call("1", "*", "0").leave.queue == "general"
    heard = bill_call("1", "5", "*", "0")
    assert heard.prompts[-4:-1] == [Phrase.NOT_AVAILABLE, Phrase.MENU_BILL, Phrase.MENU_MAIN]


def test_keys_of_number_entry() -> None:
    assert bill_call("1", "1", "0").leave.queue == "bill"
    assert bill_call("1", "1", "*", "*", "0").visits[2] == ("auth_number", "*", "back")


def test_zero_is_a_digit_in_the_password() -> None:
    heard = bill_call(*TO_PASSWORD, "0", "*", "*", "0")
    assert heard.prompts.count(Phrase.INVALID) == 1
    assert heard.leave.queue == "general"


def test_wrong_passwords_count_down_to_the_lock() -> None:
    heard = bill_call(*TO_PASSWORD, "111111", "111111", "111111", "0")
    words = [prompt for prompt in heard.prompts if prompt.startswith("auth/")]
    ask = Phrase.ASK_PASSWORD
    assert words[1:] == [ask, Phrase.AUTH_WRONG_2, ask, Phrase.AUTH_WRONG_1, ask, Phrase.AUTH_LOCKED]
    assert heard.visits[-4:] == [
        ("auth_password", "", "fail"),
        ("auth_password", "", "fail"),
        ("auth_password", "", "locked"),
        ("auth_locked", "0", "agent"),
    ]
    assert heard.leave.queue == "bill"


def test_the_right_password_after_a_wrong_one() -> None:
    heard = bill_call(*TO_PASSWORD, "111111", "135790", "0")
    assert Phrase.AUTH_PASSED in heard.prompts


def test_short_and_missing_passwords_are_not_looked_up() -> None:
    heard = bill_call(*TO_PASSWORD, "", "123#", "12345")
    assert not [step for step in heard.steps if isinstance(step, VerifyPassword)]
    assert heard.prompts.count(Phrase.NO_INPUT) == 1
    assert heard.prompts.count(Phrase.INVALID) == 1
    assert heard.leave.reason == "too_many"


class Answering(SampleCompany):
    """Answers the password question with a fixed verdict."""

    verdict: Verification = Verification("unknown")

    def answer(self, step: Step[object]) -> object:
        return self.verdict if isinstance(step, VerifyPassword) else super().answer(step)


def test_an_unknown_number_has_no_bill() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "*", "0", company=Answering())
    assert heard.prompts[-5:-1] == [
        Phrase.ASK_PASSWORD,
        Phrase.BILL_NO_DATA,
        Phrase.MENU_BILL,
        Phrase.MENU_MAIN,
    ]


@pytest.mark.parametrize(("key", "queue"), [("0", "bill"), ("8", "general"), ("*", "general")])
def test_billing_down_is_said_and_an_agent_offered(key: str, queue: str) -> None:
    rest = {"0": (), "8": ("0",), "*": ("*", "0")}[key]
    for company in (SampleCompany(bill=None), SampleCompany(bill=Bill("down"))):
        heard = bill_call(*TO_PASSWORD, "135790", key, *rest, company=company)
        assert Phrase.BILLING_DOWN in heard.prompts
        assert heard.leave.queue == queue


def test_the_password_check_being_down_is_said_too() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "0", company=SampleCompany(password=None))
    assert heard.prompts[-2:] == [Phrase.BILLING_DOWN, Phrase.TO_AGENT]


def test_no_data_for_this_number() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "8", "0", company=SampleCompany(bill=Bill("no_data")))
    assert Phrase.BILL_NO_DATA in heard.prompts
    assert heard.leave.queue == "general"


def test_keys_after_the_bill() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "9", "8", "0")
    assert heard.prompts.count(Phrase.BILL_MONTH_TOTAL) == 2
    assert heard.prompts[-2:] == [Phrase.MENU_MAIN, Phrase.TO_AGENT]


def test_a_mistake_after_the_bill_does_not_read_it_again() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "7", "0")
    assert heard.prompts.count(Phrase.BILL_MONTH_TOTAL) == 1
    assert heard.prompts[-3:] == [Phrase.INVALID, Phrase.MENU_BILL_RESULT, Phrase.TO_AGENT]


def test_a_served_caller_who_stays_silent_is_not_sent_to_an_agent() -> None:
    heard = bill_call(*TO_PASSWORD, "135790", "", "", "")
    assert heard.leave.outcome is IvrOutcome.SELF_SERVICE
    assert heard.prompts[-1] == Phrase.GOODBYE


def test_own_number_comes_from_the_directory_when_it_knows_better() -> None:
    company = SampleCompany(caller=Caller(True, "C1", own_number="13900000007"))
    heard = bill_call(*TO_PASSWORD, "135790", "0", company=company)
    assert [step.number for step in heard.steps if isinstance(step, FetchBill)] == ["13900000007"]
