"""Faults, messages, emergencies, passwords, dealers, fax and the smaller matters by transcript."""

from decimal import Decimal
from typing import Any

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.lookups.accounts import Account, CopyResult, FetchAccount, SendCopy
from ivr.lookups.callers import Caller
from ivr.lookups.dealers import Activation, DealerVerified, FetchActivation, SendNotices, VerifyDealer
from ivr.lookups.documents import Article, FaxDocument, FaxOrdered, FetchArticle, FetchFaxDocument, OrderFax
from ivr.lookups.emergencies import LineRestored, LineStopped, ReleaseLine, ReportNumber, RestoreLine, StopLine
from ivr.lookups.passwords import ChangePassword, PasswordChanged, ResetPassword, SetReminder
from ivr.lookups.tickets import FaultTaken, ReportFault, SubmitMessage
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.speech.values import Count, Digits, Money, Month
from ivr.steps import LookUp, PlayRecording
from tests.unit.ivr.transcript import GONE, OWN, task_call

pytestmark = pytest.mark.unit

OWN_LINE, PASSWORD, CODE, ID = "1", "135790", "246810", "01234*"


def answering(question: type[LookUp[Any]], answer: Any) -> SampleCompany:
    return SampleCompany(answers={question: answer})


# ---- faults ----


@pytest.mark.parametrize(("keys", "number"), [("#", OWN), ("02512345678#", "02512345678")])
def test_a_fault_gets_a_number_and_a_limit(keys: str, number: str) -> None:
    heard = task_call("fault", keys, "0", fault="signal")
    assert [(step.number, step.fault) for step in heard.asked(ReportFault)] == [(number, "signal")]
    assert heard.sayings[0].values == {"number": Digits("20261120000034"), "hours": Count(48)}


@pytest.mark.parametrize(
    ("result", "said"),
    [("arrears", Phrase.FAULT_ARREARS), ("mass", Phrase.FAULT_MASS), ("unknown", Phrase.UNKNOWN_NUMBER)],
)
def test_why_a_line_does_not_work(result: Any, said: Phrase) -> None:
    assert said in task_call("fault", "#", "0", company=answering(ReportFault, FaultTaken(result)), fault="other").said


# ---- messages ----


def test_a_message_is_heard_recorded_again_and_sent() -> None:
    heard = task_call("message", "1", "3", "2", "0", about="praise")
    assert [step.name for step in heard.steps if isinstance(step, PlayRecording)] == ["rehearsal-1.wav"]
    (sent,) = heard.asked(SubmitMessage)
    assert (sent.recording, sent.about, sent.seconds) == ("rehearsal-2.wav", "praise", 12)
    assert heard.sayings[0].values == {"number": Digits("20261120000035")}


@pytest.mark.parametrize("keys", [("", "", ""), ("7", "7", "7")])
def test_who_has_spoken_and_then_keys_nothing_sensible_has_sent_it(keys: tuple[str, ...]) -> None:
    heard = task_call("message", *keys, "", "", "", about="general")
    assert len(heard.asked(SubmitMessage)) == 1
    assert heard.outcome == "self_service"


def test_three_empty_messages_end_with_an_agent() -> None:
    heard = task_call("message", company=SampleCompany(message_seconds=2), about="general")
    assert heard.said.count(Phrase.MESSAGE_TOO_SHORT) == 3
    assert heard.asked(SubmitMessage) == []
    assert heard.outcome == "general"


@pytest.mark.parametrize("keys", [(GONE,), ("1", GONE), ("3", GONE)])
def test_a_message_survives_a_hang_up(keys: tuple[str, ...]) -> None:
    heard = task_call("message", *keys, about="complaint")
    assert heard.leave is None
    assert len(heard.asked(SubmitMessage)) == 1


def test_a_hang_up_without_a_word_leaves_no_message() -> None:
    heard = task_call("message", GONE, company=SampleCompany(message_seconds=1), about="complaint")
    assert heard.asked(SubmitMessage) == []


def test_zero_after_a_message_is_an_agent_and_sends_nothing() -> None:
    heard = task_call("message", "0", about="complaint")
    assert (heard.asked(SubmitMessage), heard.outcome) == ([], "general")


# ---- emergencies ----


@pytest.mark.parametrize(("keys", "proof", "secret"), [(("1", PASSWORD), "password", PASSWORD), (("2", ID), "id", ID)])
@pytest.mark.parametrize("result", ["ok", "already"])
def test_a_lost_line_is_stopped_with_one_proof(keys: tuple[str, ...], proof: str, secret: str, result: Any) -> None:
    heard = task_call("emergency.suspend", "13900000002#", *keys, "0", company=answering(StopLine, LineStopped(result)))
    (asked,) = heard.asked(StopLine)
    assert (asked.number, asked.proof, asked.secret) == ("13900000002", proof, secret)
    assert heard.sayings[0].values == {"number": Digits("13900000002")}
    assert secret not in repr(heard.steps)


def test_three_wrong_proofs_end_with_an_agent() -> None:
    keys = ("1", PASSWORD, "2", ID, "1", PASSWORD)
    heard = task_call("emergency.suspend", "13900000002#", *keys, company=answering(StopLine, LineStopped("fail")))
    assert (heard.said.count(Phrase.AUTH_WRONG), heard.said.count(Phrase.ID_WRONG)) == (2, 1)
    assert heard.outcome == "general"


@pytest.mark.parametrize(("result", "said"), [("locked", Phrase.AUTH_LOCKED), ("unknown", Phrase.UNKNOWN_NUMBER)])
def test_why_a_line_is_not_stopped(result: Any, said: Phrase) -> None:
    company = answering(StopLine, LineStopped(result))
    assert said in task_call("emergency.suspend", "13900000002#", "1", PASSWORD, "0", company=company).said


@pytest.mark.parametrize(
    ("task", "question", "proofs", "done"),
    [
        ("emergency.release", ReleaseLine, (PASSWORD, ID), "emergency/released"),
        ("emergency.restore", RestoreLine, (PASSWORD,), "emergency/restored"),
    ],
)
def test_a_line_comes_back_with_its_proofs_or_it_is_said_why_not(
    task: str, question: Any, proofs: tuple[str, ...], done: str
) -> None:
    heard = task_call(task, OWN_LINE, *proofs, "0")
    assert (len(heard.asked(question)), done in heard.said) == (1, True)
    for result, said in (("not_possible", Phrase.EMERGENCY_NOT_POSSIBLE), ("unknown", Phrase.UNKNOWN_NUMBER)):
        refused = answering(question, LineRestored(result))  # type: ignore[arg-type]
        assert said in task_call(task, OWN_LINE, *proofs, "0", company=refused).said


def test_a_number_is_reported() -> None:
    heard = task_call("emergency.report", "17012345678#", "0")
    (asked,) = heard.asked(ReportNumber)
    assert (asked.reported_number, asked.caller_number) == ("17012345678", OWN)
    assert heard.sayings[0].values == {"number": Digits("20261120000036")}


# ---- passwords ----


def test_a_password_is_changed_with_the_old_one_and_keyed_twice() -> None:
    heard = task_call("password.change", OWN_LINE, PASSWORD, "246813", "246814", "246813", "246813", "0")
    (asked,) = heard.asked(ChangePassword)
    assert (asked.number, asked.old, asked.new) == (OWN, PASSWORD, "246813")
    assert heard.said[-3:-1] == [Phrase.PASSWORD_CHANGED, Phrase.LEAF_CHOICES]
    assert Phrase.PASSWORD_DIFFER in heard.said


@pytest.mark.parametrize(
    ("result", "said", "more"),
    [
        ("weak", Phrase.PASSWORD_WEAK, ("111111", "111111") * 2),
        ("fail", Phrase.AUTH_WRONG, (PASSWORD, "246813", "246813") * 2 + (PASSWORD,)),
        ("locked", Phrase.AUTH_LOCKED, ("0",)),
        ("refused", Phrase.PASSWORD_REFUSED, ("0",)),
        ("unknown", Phrase.UNKNOWN_NUMBER, ("0",)),
    ],
)
def test_why_a_password_is_not_changed(result: Any, said: Phrase, more: tuple[str, ...]) -> None:
    company = answering(ChangePassword, PasswordChanged(result))
    heard = task_call("password.change", OWN_LINE, PASSWORD, "246813", "246813", *more, company=company)
    assert said in heard.said
    assert heard.outcome == "general"


def test_a_password_is_reset_by_code_and_identity_card_on_the_line_itself() -> None:
    heard = task_call("password.reset", CODE, ID, "246813", "246813", "0")
    (asked,) = heard.asked(ResetPassword)
    assert (asked.number, asked.code, asked.id_last6, asked.new) == (OWN, CODE, ID, "246813")
    assert Phrase.PASSWORD_CHANGED in heard.said


def test_no_reset_from_another_telephone() -> None:
    for company in (SampleCompany(caller=Caller()), SampleCompany(caller=Caller(True, "C1", own_number="13900000009"))):
        heard = task_call("password.reset", "0", company=company)
        assert (heard.said[0], heard.asked(ResetPassword)) == (Phrase.PASSWORD_ONLY_OWN, [])


def test_a_reset_with_wrong_proofs_is_asked_for_them_again() -> None:
    keys = (CODE, ID, "246813", "246813") * 3
    heard = task_call("password.reset", *keys, company=answering(ResetPassword, PasswordChanged("fail")))
    assert heard.said.count(Phrase.CODE_WRONG) == 3
    assert heard.outcome == "general"


@pytest.mark.parametrize(("key", "on"), [("1", True), ("2", False)])
def test_the_charge_reminder(key: str, on: bool) -> None:
    heard = task_call("password.reminder", OWN_LINE, PASSWORD, key, "0")
    assert [step.on for step in heard.asked(SetReminder)] == [on]
    assert Phrase.REMINDER_SET in heard.said


# ---- smaller matters ----


def test_points_are_told_on_the_own_line() -> None:
    heard = task_call("points", OWN_LINE, "0", product="mobile")
    assert heard.sayings[0].values == {"points": Count(1860)}
    none = task_call("points", OWN_LINE, "0", product="mobile", company=answering(FetchAccount, Account("ok")))
    assert none.sayings[0].values == {"points": Count(0)}


def test_an_invoice_goes_by_mail() -> None:
    heard = task_call("invoice", OWN_LINE, PASSWORD, "0", product="mobile")
    assert [(step.what, step.channel) for step in heard.asked(SendCopy)] == [("invoice", "email")]
    none = answering(SendCopy, CopyResult("no_address"))
    assert Phrase.NO_ADDRESS in task_call("invoice", OWN_LINE, PASSWORD, "0", company=none, product="mobile").said


def test_an_article_is_spoken_and_sent_to_a_known_mobile_number() -> None:
    heard = task_call("article", "1", "0", topic="tariffs")
    assert [step.topic for step in heard.asked(FetchArticle)] == ["tariffs"]
    assert [(step.number, step.what, step.topic) for step in heard.asked(SendCopy)] == [(OWN, "article", "tariffs")]
    withheld = task_call("article", "0", caller_number="", company=SampleCompany(caller=Caller()), topic="tariffs")
    assert withheld.said[:2] == ["article/tariffs", Phrase.LEAF_CHOICES]
    none = answering(FetchArticle, Article("none"))
    assert task_call("article", "0", company=none, topic="x").said[0] == Phrase.NOT_AVAILABLE


def test_a_fax_on_this_call_leaves_the_menu_with_its_file() -> None:
    heard = task_call("faxback", "1", document="tariffs")
    assert heard.leave is not None
    assert heard.leave.fax_file == "/var/lib/hotline/fax/tariffs.tiff"
    assert (heard.outcome, heard.said) == (IvrOutcome.SELF_SERVICE, [Phrase.FAX_HOW])
    assert heard.visits[-1] == ("task", "", "served")


def test_a_fax_to_another_machine_is_ordered() -> None:
    heard = task_call("faxback", "2", "02512345678#", "0", document="tariffs")
    assert [(step.document, step.number) for step in heard.asked(OrderFax)] == [("tariffs", "02512345678")]
    assert heard.said[2:4] == [Phrase.FAX_QUEUED, Phrase.LEAF_CHOICES]


def test_no_such_fax() -> None:
    here = task_call("faxback", "1", "0", company=answering(FetchFaxDocument, FaxDocument("none")), document="x")
    there = answering(OrderFax, FaxOrdered("none"))
    elsewhere = task_call("faxback", "2", "02512345678#", "0", company=there, document="x")
    assert here.said[1] == elsewhere.said[2] == Phrase.NOT_AVAILABLE


# ---- dealers ----

DEALER = ("88001#", "123456#")


def test_a_dealer_signs_in_once_a_call() -> None:
    heard = task_call("dealer.commission", *DEALER, "8", "1", "0")
    assert [(step.code, step.password) for step in heard.asked(VerifyDealer)] == [("88001", "123456")]
    assert heard.sayings[0].values == {"month": Month("2026-10"), "amount": Money(Decimal("1280.00"))}
    assert "123456" not in repr(heard.steps)


def test_wrong_and_locked_dealers() -> None:
    wrong = task_call("dealer.sign_in", *DEALER * 3, company=answering(VerifyDealer, DealerVerified("fail")))
    assert (wrong.said.count(Phrase.DEALER_WRONG), wrong.outcome) == (3, "general")
    assert [visit[2] for visit in wrong.visits if visit[0] == "auth_dealer"] == ["fail"] * 3
    locked = task_call("dealer.sign_in", *DEALER, "0", company=answering(VerifyDealer, DealerVerified("locked")))
    assert Phrase.DEALER_LOCKED in locked.said


@pytest.mark.parametrize("state", ["active", "inactive", "unknown"])
def test_a_card_of_a_dealer(state: Any) -> None:
    company = answering(FetchActivation, Activation(state))
    heard = task_call("dealer.activation", *DEALER, "89860012#", "0", company=company)
    assert f"dealer/card_{state}" in heard.said
    assert [(step.code, step.card) for step in heard.asked(FetchActivation)] == [("88001", "89860012")]


def test_orders_and_notices_of_a_dealer() -> None:
    orders = task_call("dealer.orders", *DEALER, "0")
    assert orders.sayings[0].values == {"open": Count(2), "done": Count(15)}
    notices = task_call("dealer.notices", *DEALER, "0")
    assert (len(notices.asked(SendNotices)), Phrase.DEALER_NOTICE in notices.said) == (1, True)
