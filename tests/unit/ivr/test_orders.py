"""业务办理 and its progress by transcript."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acd.contracts.menu.tasks import SERVICES
from ivr.lookups.orders import FetchOrderProgress, OrderPlaced, OrderProgress, PlaceOrder, Quote, QuoteOrder
from ivr.lookups.tickets import FetchTicketProgress, TicketProgress
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.speech.values import Day, Digits, Money
from ivr.steps import Collect, LookUp, Play
from tests.unit.ivr.transcript import Heard, task_call

pytestmark = pytest.mark.unit

OWN_LINE, PASSWORD = "1", "135790"
CARD_LINE = "600100200300#"


def order(
    *keys: str, product: str = "mobile", service: str = "roaming_on", company: SampleCompany | None = None
) -> Heard:
    first = (OWN_LINE, PASSWORD) if product == "mobile" else (CARD_LINE, PASSWORD)
    return task_call("order", *first, *keys, company=company, product=product, service=service)


def answering(question: type[LookUp[Any]], answer: Any) -> SampleCompany:
    return SampleCompany(answers={question: answer})


def test_fee_and_terms_are_heard_in_full_before_the_confirmation() -> None:
    heard = order("1", "0")
    fee = next(step for step in heard.steps if isinstance(step, Play) and not step.barge_in and step.prompts != ("x",))
    assert getattr(fee.prompts[0], "values") == {"amount": Money(Decimal("10.00"))}  # noqa: B009
    confirm = next(step for step in heard.steps if isinstance(step, Collect) and Phrase.ORDER_CONFIRM in step.prompts)
    assert confirm.first_key_seconds == 10.0
    assert heard.sayings[-1].values == {"number": Digits("20261120000012")}
    assert [step.call_id for step in heard.asked(PlaceOrder)] == ["n1-1.1"]


def test_what_costs_nothing_says_so() -> None:
    assert Phrase.ORDER_FREE in order("1", "0", company=answering(QuoteOrder, Quote("ok"))).said


@pytest.mark.parametrize("keys", [("2", "0"), ("", "", "")])
def test_without_a_confirmation_nothing_is_ordered(keys: tuple[str, ...]) -> None:
    heard = order(*keys)
    assert heard.asked(PlaceOrder) == []
    assert (Phrase.ORDER_CANCELLED in heard.said) is (keys[0] == "2")


@pytest.mark.parametrize("question", [QuoteOrder, PlaceOrder])
@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("arrears", Phrase.ORDER_ARREARS),
        ("not_eligible", Phrase.ORDER_NOT_ELIGIBLE),
        ("unknown", Phrase.UNKNOWN_NUMBER),
    ],
)
def test_why_an_order_is_not_taken(question: type[LookUp[Any]], result: Any, said: Phrase) -> None:
    answer = Quote(result) if question is QuoteOrder else OrderPlaced(result)
    confirm = [] if question is QuoteOrder else ["1"]
    heard = order(*confirm, "0", company=answering(question, answer))
    assert heard.said[-3:-1] == [said, Phrase.LEAF_CHOICES]


@pytest.mark.parametrize(
    ("product", "service", "key", "choice"),
    [
        ("mobile", "change_plan", "2", "plan_99"),
        ("internet", "change_plan", "2", "broadband_1000"),
        ("mobile", "add_service", "1", "caller_id"),
        ("mobile", "remove_service", "3", "voicemail"),
        ("mobile", "call_forwarding", "02512345678#", "02512345678"),
        ("mobile", "call_forwarding", "#", ""),
        ("mobile", "suspend_keep", None, None),
        ("paging", "renew", None, None),
    ],
)
def test_choices_reach_quote_and_order(product: str, service: str, key: str | None, choice: str | None) -> None:
    keys = [key] if key else []
    heard = order(*keys, "1", "0", product=product, service=service)
    assert [step.choice for step in heard.asked(QuoteOrder)] == [choice]
    assert [step.choice for step in heard.asked(PlaceOrder)] == [choice]


@pytest.mark.parametrize("service", ["install", "move", "repair"])
def test_a_visit_is_for_a_day(service: str) -> None:
    keys = ("2", "02512345678#", PASSWORD, "3", "1", "0")
    heard = task_call("order", *keys[1:], product="local", service=service)
    assert [(step.choice, step.day_offset) for step in heard.asked(PlaceOrder)] == [(None, 3)]


def test_a_secret_choice_is_ordered_but_not_quoted_and_nowhere_in_the_steps() -> None:
    heard = order("112233445566778899", "1", "0", product="ip", service="recharge")
    assert [step.choice for step in heard.asked(QuoteOrder)] == [None]
    assert [step.choice for step in heard.asked(PlaceOrder)] == ["112233445566778899"]
    assert "112233445566778899" not in repr(heard.steps)
    changed = order("654321", "111111", "654321", "654321", "1", "0", product="ip", service="change_pin")
    assert [step.choice for step in changed.asked(PlaceOrder)] == ["654321"]
    assert Phrase.PASSWORD_DIFFER in changed.said


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_of_the_catalogue_can_be_ordered(service: str) -> None:
    product = "ip" if service in ("recharge", "change_pin") else "mobile"
    keys = {
        "change_plan": ["1"],
        "add_service": ["1"],
        "remove_service": ["1"],
        "call_forwarding": ["#"],
        "install": ["1"],
        "move": ["1"],
        "repair": ["1"],
        "recharge": ["1" * 15 + "#"],
        "change_pin": ["654321", "654321"],
    }
    heard = order(*keys.get(service, []), "1", "0", product=product, service=service)
    assert [step.service for step in heard.asked(PlaceOrder)] == [service]


# ---- progress ----


@pytest.mark.parametrize("state", ["accepted", "working", "info", "done", "failed", "cancelled"])
def test_every_state_of_an_order_has_its_sentence(state: Any) -> None:
    company = answering(FetchOrderProgress, OrderProgress("ok", state))
    heard = task_call("order.progress", "20261120000012#", "0001", "0", company=company)
    assert heard.said[:3] == [Phrase.ASK_REFERENCE, Phrase.ASK_LAST4, f"order/state_{state}"]
    (asked,) = heard.asked(FetchOrderProgress)
    assert (asked.digits, asked.last4) == ("20261120000012", "0001")


@pytest.mark.parametrize(
    ("task", "question", "answer"),
    [
        ("order.progress", FetchOrderProgress, OrderProgress("not_found")),
        ("ticket.progress", FetchTicketProgress, TicketProgress("not_found")),
    ],
)
def test_what_is_not_found_may_be_keyed_again_three_times(task: str, question: Any, answer: Any) -> None:
    heard = task_call(task, *["20261120000012#", "0001"] * 3, company=answering(question, answer))
    assert heard.said.count(Phrase.NOT_FOUND) == 3
    assert heard.outcome == "general"


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (TicketProgress("ok", "working"), Phrase.PROGRESS_OPEN),
        (TicketProgress("ok", "answered"), Phrase.PROGRESS_ANSWERED),
        (TicketProgress("ok", "closed"), Phrase.PROGRESS_CLOSED),
    ],
)
def test_every_state_of_a_ticket_has_its_sentence(progress: TicketProgress, said: Phrase) -> None:
    company = answering(FetchTicketProgress, progress)
    assert said in task_call("ticket.progress", "20261120000034#", "0001", "0", company=company).said


def test_a_ticket_with_a_date_names_it() -> None:
    heard = task_call("ticket.progress", "20261120000034#", "0001", "0")
    assert heard.sayings[0].values == {"day": Day(date(2026, 11, 25))}
