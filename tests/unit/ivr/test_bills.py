"""话费查询 and 充值缴费 by transcript: what is read, and every reason why not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acd.contracts.menu.tasks import PRODUCTS
from ivr.lookups.accounts import (
    Account,
    Bill,
    BillPart,
    CopyResult,
    FetchAccount,
    FetchBill,
    SendCopy,
    TopUp,
    TopUpResult,
)
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.speech.values import Count, Day, Digits, Money, Month
from ivr.steps import LookUp
from tests.unit.ivr.transcript import OWN, Heard, task_call

pytestmark = pytest.mark.unit

OWN_LINE, OTHER = "1", ("2", "13900000002#")
PASSWORD = "135790"
CARD = "123456789012345#"


def with_answers(*answers: tuple[type[LookUp[Any]], Any]) -> SampleCompany:
    return SampleCompany(answers=dict(answers))


def balance(account: Account, *keys: str) -> Heard:
    company = with_answers((FetchAccount, account))
    return task_call("bill.balance", OWN_LINE, *keys, company=company, product="mobile")


def test_the_balance_of_the_own_line_needs_no_password() -> None:
    heard = task_call("bill.balance", OWN_LINE, "0", product="mobile")
    assert heard.said[:4] == ["auth/which_line", "bill/balance", "bill/valid_until", "leaf/choices_copy"]
    assert heard.sayings[0].values == {"number": Digits(OWN), "amount": Money(Decimal("35.20"))}
    assert heard.visits[:2] == [("task", "", "served"), ("task", "", "agent")]


@pytest.mark.parametrize(
    ("account", "owed"),
    [(Account("ok", Decimal(0), Decimal("88.05")), "88.05"), (Account("ok", Decimal("-10.05")), "10.05")],
)
def test_a_debt_is_spoken_instead_of_a_balance(account: Account, owed: str) -> None:
    heard = balance(account, "0")
    assert heard.said[1] == "bill/arrears"
    assert heard.sayings[0].values["amount"] == Money(Decimal(owed))


def test_a_pager_hears_until_when_it_is_paid() -> None:
    company = with_answers((FetchAccount, Account("ok", paid_until=date(2027, 3, 1))))
    heard = task_call("bill.balance", "7777777#", PASSWORD, "0", company=company, product="paging")
    assert heard.said[:2] == ["auth/ask_paging", "auth/ask_password"]
    assert heard.sayings[-1].values == {"day": Day(date(2027, 3, 1))}


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("unknown", Phrase.UNKNOWN_NUMBER),
        ("expired", Phrase.EXPIRED_CARD),
        ("ended", Phrase.SERVICE_ENDED),
    ],
)
def test_why_there_is_no_balance(result: Any, said: Phrase) -> None:
    heard = balance(Account(result), "0")
    assert heard.said[1:3] == [said, Phrase.LEAF_CHOICES]
    assert "served" not in str(heard.visits)


def test_the_bill_is_read_with_its_parts_and_nothing_that_costs_nothing() -> None:
    heard = task_call("bill.month", OWN_LINE, PASSWORD, "0", product="mobile")
    at = heard.said.index("bill/total")
    parts = ["bill/part_rent", "bill/part_calls", "bill/part_sms"]
    assert heard.said[at : at + 5] == ["bill/total", *parts, "leaf/choices_copy"]
    assert heard.sayings[0].values == {"month": Month("2026-10"), "amount": Money(Decimal("128.50"))}


def test_a_long_distance_bill_names_domestic_and_international() -> None:
    parts = (BillPart("domestic", Decimal("12.30")), BillPart("international", Decimal("45.00")))
    company = with_answers((FetchBill, Bill("ok", "2026-10", Decimal("57.30"), parts)))
    heard = task_call("bill.month", "556677#", PASSWORD, "0", company=company, product="long_distance")
    assert heard.said[-4:-1] == ["bill/part_domestic", "bill/part_international", "leaf/choices_copy"]


def test_a_past_month_is_asked_for_and_checked() -> None:
    heard = task_call("bill.history", OWN_LINE, PASSWORD, "202613#", "202609#", "0", product="mobile")
    assert [step.month for step in heard.asked(FetchBill)] == ["2026-09"]
    assert heard.said.count(Phrase.ASK_MONTH) == 2


def test_a_month_too_long_ago_is_said_and_asked_again() -> None:
    company = with_answers((FetchBill, Bill("too_old")))
    keys = (OWN_LINE, PASSWORD, "202501#", "202501#", "202501#")
    heard = task_call("bill.history", *keys, company=company, product="mobile")
    assert heard.said.count(Phrase.ONLY_SIX_MONTHS) == 3
    assert heard.outcome == "general"


@pytest.mark.parametrize("task", ["bill.month", "bill.history"])
def test_no_bill_for_this_line(task: str) -> None:
    company = with_answers((FetchBill, Bill("no_data")))
    month = ["202609#"] if task == "bill.history" else []
    heard = task_call(task, OWN_LINE, PASSWORD, *month, "8", "0", company=company, product="mobile")
    assert Phrase.BILL_NO_DATA in heard.said
    assert heard.said[-2] == "menu/main"


def test_the_rest_of_the_package() -> None:
    heard = task_call("bill.package", OWN_LINE, "0", product="mobile")
    assert heard.sayings[0].values == {"minutes": Count(320), "data": Count(2048), "messages": Count(50)}


@pytest.mark.parametrize("account", [Account("ok"), Account("ok", minutes_left=0, mb_left=0, messages_left=0)])
def test_no_package(account: Account) -> None:
    company = with_answers((FetchAccount, account))
    assert Phrase.NO_PACKAGE in task_call("bill.package", OWN_LINE, "0", company=company, product="mobile").said


def test_the_last_payments_or_none() -> None:
    heard = task_call("bill.payments", OWN_LINE, PASSWORD, "0", product="mobile")
    assert heard.said[-5:-1] == [Phrase.PAYMENTS_INTRO, "bill/payment", "bill/payment", "leaf/choices_copy"]
    company = with_answers((FetchAccount, Account("ok")))
    none = task_call("bill.payments", OWN_LINE, PASSWORD, "0", company=company, product="mobile")
    assert Phrase.NO_PAYMENTS in none.said
    assert Phrase.PAYMENTS_INTRO not in none.said


@pytest.mark.parametrize(
    ("keys", "channel", "fax"),
    [(("1", "02512345678#"), "fax", "02512345678"), (("2",), "email", None), (("3",), "post", None)],
)
def test_the_itemised_list_is_sent_never_spoken(keys: tuple[str, ...], channel: str, fax: str | None) -> None:
    heard = task_call("bill.list", OWN_LINE, PASSWORD, "01234*", *keys, "0", product="mobile")
    (copy,) = heard.asked(SendCopy)
    assert (copy.what, copy.channel, copy.fax_number) == ("list", channel, fax)
    assert Phrase.COPY_SENT in heard.said
    assert not [saying for saying in heard.sayings if Money in map(type, saying.values.values())]


def test_a_list_without_an_address_on_record() -> None:
    company = with_answers((SendCopy, CopyResult("no_address")))
    keys = (OWN_LINE, PASSWORD, "01234*", "2", "0")
    assert Phrase.NO_ADDRESS in task_call("bill.list", *keys, company=company, product="mobile").said


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_has_its_own_question_and_bill(product: str) -> None:
    numbers = {"mobile": "13900000002#", "local": "02512345678#"}
    which = ["2"] if product == "mobile" else []
    heard = task_call("bill.month", *which, numbers.get(product, "88667755#"), PASSWORD, "0", product=product)
    assert f"auth/ask_{product}" in heard.said
    assert ("auth/ask_ip_password" in heard.said) is (product == "ip")
    assert [step.product for step in heard.asked(FetchBill)] == [product]


# ---- what follows a leaf ----


def test_nine_reads_it_again_and_eight_is_the_main_menu() -> None:
    heard = task_call("bill.balance", OWN_LINE, "9", "8", "0", product="mobile")
    assert heard.said.count("bill/balance") == 2
    assert heard.said[-2] == "menu/main"


def test_a_mistake_does_not_read_it_again() -> None:
    heard = task_call("bill.balance", OWN_LINE, "7", "0", product="mobile")
    assert heard.said.count("bill/balance") == 1
    assert heard.said[-3:-1] == [Phrase.INVALID, Phrase.LEAF_CHOICES_COPY]


def test_a_served_caller_who_stays_silent_is_not_sent_to_an_agent() -> None:
    heard = task_call("bill.balance", OWN_LINE, "", "", "", product="mobile")
    assert heard.outcome == "self_service"
    assert heard.said[-1] == Phrase.GOODBYE


def test_a_copy_goes_by_text_message_once() -> None:
    heard = task_call("bill.month", OWN_LINE, PASSWORD, "1", "9", "0", product="mobile")
    (copy,) = heard.asked(SendCopy)
    assert (copy.number, copy.what, copy.channel, copy.month) == (OWN, "month", "sms", "2026-10")
    assert heard.said.count(Phrase.LEAF_CHOICES_COPY) == 1
    assert heard.said.count("bill/total") == 2


@pytest.mark.parametrize("answer", [None, CopyResult("no_address")])
def test_a_copy_that_fails_may_be_tried_again(answer: CopyResult | None) -> None:
    heard = task_call(
        "bill.balance", OWN_LINE, "1", "1", "0", company=with_answers((SendCopy, answer)), product="mobile"
    )
    assert heard.said.count(Phrase.COPY_FAILED) == 2
    assert heard.said[-2] == Phrase.LEAF_CHOICES_COPY


@pytest.mark.parametrize(("key", "rest"), [("0", ()), ("8", ("0",)), ("*", ("0",)), ("", ("", ""))])
def test_billing_down_is_said_and_an_agent_offered(key: str, rest: tuple[str, ...]) -> None:
    heard = task_call(
        "bill.balance", OWN_LINE, key, *rest, company=with_answers((FetchAccount, None)), product="mobile"
    )
    assert heard.said[1] == Phrase.BILLING_DOWN
    assert heard.visits[0] == ("task", "", "down")
    assert heard.outcome == "general"


# ---- top-up ----


def test_a_card_is_added_to_any_line_without_proof() -> None:
    heard = task_call("topup", *OTHER, CARD, "0", product="mobile")
    (asked,) = heard.asked(TopUp)
    assert (asked.number, asked.card_pin) == ("13900000002", "123456789012345")
    assert heard.sayings[0].values == {"amount": Money(Decimal("50.00")), "balance": Money(Decimal("85.20"))}


@pytest.mark.parametrize(
    ("result", "said"),
    [("locked", Phrase.CARD_LOCKED), ("unknown", Phrase.UNKNOWN_NUMBER), ("wrong", Phrase.CARD_WRONG)],
)
def test_a_card_that_is_not_taken(result: Any, said: Phrase) -> None:
    company = with_answers((TopUp, TopUpResult(result)))
    cards = [CARD] * (3 if result == "wrong" else 1)
    rest = [] if result == "wrong" else ["0"]
    heard = task_call("topup", OWN_LINE, *cards, *rest, company=company, product="mobile")
    assert heard.said.count(said) == len(cards)
    assert heard.outcome == "general"


def test_a_card_number_has_fifteen_to_eighteen_digits() -> None:
    heard = task_call("topup", OWN_LINE, "12345#", "1" * 14 + "#", "1" * 18, "0", product="mobile")
    assert [len(step.card_pin) for step in heard.asked(TopUp)] == [18]
