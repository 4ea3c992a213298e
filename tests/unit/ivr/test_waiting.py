"""What a waiting caller may ask for, by transcript: which number to call back, and a message."""

from dataclasses import replace

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.callback import callback
from ivr.flows.leave_message import leave_message
from ivr.lookups.tickets import SubmitMessage
from ivr.phrases import Phrase, Template
from ivr.rehearsal import SampleCompany
from ivr.steps import CallFacts
from tests.unit.ivr.transcript import GONE, OWN, Heard, walk

pytestmark = pytest.mark.unit

CALL = CallFacts("n1-1.1", OWN, did="10010", queue="bill")
OTHER, LANDLINE = "13800000002", "02583210000"


def number_of(heard: Heard) -> str:
    assert heard.leave is not None
    assert heard.leave.outcome is IvrOutcome.SELF_SERVICE
    return heard.leave.callback_number


def test_the_own_number_is_confirmed_with_one_key() -> None:
    heard = walk(callback(CALL), "1")
    assert heard.said == [Template.CALLBACK_NUMBER]
    assert number_of(heard) == OWN


@pytest.mark.parametrize("number", [OTHER, LANDLINE])
def test_another_number_is_keyed_and_confirmed(number: str) -> None:
    heard = walk(callback(CALL), "2", f"{number}#", "1")
    assert heard.said == [Template.CALLBACK_NUMBER, Phrase.CALLBACK_ASK_NUMBER, Template.CALLBACK_NUMBER]
    assert number_of(heard) == number


@pytest.mark.parametrize("shown", ["", "10086", "8613", "44207946000"])
def test_who_shows_no_number_we_may_call_keys_one(shown: str) -> None:
    heard = walk(callback(replace(CALL, caller_number=shown)), f"{OTHER}#", "1")
    assert heard.said[0] == Phrase.CALLBACK_ASK_NUMBER
    assert number_of(heard) == OTHER


@pytest.mark.parametrize("wrong", ["110#", "0044207946000#", "95588#"])
def test_numbers_we_do_not_call_are_not_taken(wrong: str) -> None:
    heard = walk(callback(replace(CALL, caller_number="")), wrong, wrong, wrong)
    assert number_of(heard) == ""
    assert heard.said.count(Phrase.INVALID) == 2


@pytest.mark.parametrize("keys", [["*"], ["", ""], ["2", "*"], ["2", "", "", ""]])
def test_who_does_not_confirm_goes_on_waiting(keys: list[str]) -> None:
    assert number_of(walk(callback(CALL), *keys)) == ""


def test_numbers_changed_for_ever_come_to_an_end() -> None:
    assert number_of(walk(callback(CALL), "2", f"{OTHER}#", "2", f"{LANDLINE}#", "2")) == ""


def test_hanging_up_in_the_offer_books_nothing() -> None:
    assert walk(callback(CALL), GONE).leave is None


LEFT = [{"How": "message"}]


def test_a_message_is_left_and_the_call_is_over() -> None:
    heard = walk(leave_message(CALL), "2", "", "", "")
    assert heard.reported("QueueLeft") == LEFT
    assert heard.outcome == IvrOutcome.SELF_SERVICE
    assert heard.said[-1] == Phrase.GOODBYE


def test_who_asks_for_an_agent_after_the_message_waits_again_in_the_same_queue() -> None:
    heard = walk(leave_message(CALL), "2", "0")
    assert heard.reported("QueueLeft") == LEFT
    assert heard.leave is not None
    assert (heard.leave.outcome, heard.leave.queue) == (IvrOutcome.AGENT, "bill")


def test_hanging_up_after_speaking_leaves_the_message() -> None:
    heard = walk(leave_message(CALL), GONE)
    assert heard.leave is None
    assert heard.reported("QueueLeft") == LEFT


def test_saying_nothing_leaves_the_queue_as_it_was() -> None:
    heard = walk(leave_message(CALL), company=SampleCompany(message_seconds=1))
    assert heard.reported("QueueLeft") == []
    assert heard.leave is not None
    assert heard.leave.outcome is IvrOutcome.AGENT


@pytest.mark.parametrize("queue", ["complaint", "bill"])
def test_a_complaint_is_a_complaint(queue: str) -> None:
    heard = walk(leave_message(replace(CALL, queue=queue)), "2", "", "", "")
    sent = [step for step in heard.steps if isinstance(step, SubmitMessage)]
    assert [message.about for message in sent] == ["complaint" if queue == "complaint" else "general"]


def test_without_agent_api_the_recording_counts() -> None:
    heard = walk(leave_message(CALL), "2", company=SampleCompany(answers={SubmitMessage: None}))
    assert heard.reported("QueueLeft") == LEFT
    assert heard.said[-1] == Phrase.GOODBYE
