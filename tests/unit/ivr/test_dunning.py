"""The outbound call by transcript: who is it, then how much, then what now."""

from decimal import Decimal

import pytest

from acd.contracts.vocabulary import AttemptCode, IvrOutcome
from ivr.flows.dunning import dunning
from ivr.lookups.dunning import DunningScript
from ivr.phrases import Phrase, Template
from ivr.rehearsal import SampleCompany
from ivr.speech.values import Digits, Money, Month
from tests.unit.ivr.transcript import Heard, call, walk

pytestmark = pytest.mark.unit


def code_of(heard: Heard) -> AttemptCode:
    (result,) = heard.reported("AttemptResult")
    assert result["AttemptId"] == "a1"
    return AttemptCode(result["Code"])


def test_the_debtor_hears_number_month_and_amount_after_confirming() -> None:
    heard = walk(dunning(call()), "1", "2")
    assert heard.said == [
        Phrase.DUNNING_GREETING,
        Phrase.DUNNING_CONFIRM,
        Template.DUNNING_OWED,
        Phrase.DUNNING_OPTIONS,
        Phrase.DUNNING_PROMISE_THANKS,
    ]
    (owed,) = heard.sayings
    assert owed.values == {"last4": Digits("3068"), "month": Month("2026-10"), "amount": Money(Decimal("88.00"))}
    assert heard.visits == [("dunning_confirm", "1", "self"), ("dunning_owed", "", "played")]


@pytest.mark.parametrize(
    ("keys", "code", "closing"),
    [
        (["1", "1"], AttemptCode.CLAIM_PAID, Phrase.DUNNING_CLAIM_PAID),
        (["1", "2"], AttemptCode.PROMISE, Phrase.DUNNING_PROMISE_THANKS),
        (["1", "3"], AttemptCode.DISPUTE, Phrase.DUNNING_DISPUTE),
        (["1", "0"], AttemptCode.TO_AGENT, Phrase.TO_AGENT),
        (["1", "", ""], AttemptCode.PLAYED_CONFIRMED, Phrase.GOODBYE),
        (["1", "7", ""], AttemptCode.PLAYED_CONFIRMED, Phrase.GOODBYE),
        (["0"], AttemptCode.TO_AGENT, Phrase.TO_AGENT),
        (["2"], AttemptCode.WRONG_PERSON, Phrase.DUNNING_WRONG_PERSON),
        (["9", "9", "2"], AttemptCode.WRONG_PERSON, Phrase.DUNNING_WRONG_PERSON),
        (["", ""], AttemptCode.VOICEMAIL, Phrase.DUNNING_NEUTRAL),
        (["", "7"], AttemptCode.VOICEMAIL, Phrase.DUNNING_NEUTRAL),
    ],
)
def test_every_key_has_its_result_reported_once(keys: list[str], code: AttemptCode, closing: Phrase) -> None:
    heard = walk(dunning(call()), *keys)
    assert code_of(heard) is code
    assert heard.said[-1] == closing
    to_agent = code is AttemptCode.TO_AGENT
    assert heard.outcome == ("dunning" if to_agent else IvrOutcome.SELF_SERVICE)


def test_the_greeting_is_repeated_on_request_only() -> None:
    assert walk(dunning(call()), "9", "2").said.count(Phrase.DUNNING_GREETING) == 2
    assert walk(dunning(call()), "", "2").said.count(Phrase.DUNNING_GREETING) == 1


def test_nine_after_the_amount_reads_the_amount_again() -> None:
    heard = walk(dunning(call()), "1", "9", "2")
    assert heard.said.count(Template.DUNNING_OWED) == 2


def test_an_amount_cut_short_is_not_reported_as_heard() -> None:
    heard = walk(dunning(call()), "1", "2", cut=True)
    assert ("dunning_owed", "", "cut") in heard.visits


@pytest.mark.parametrize("script", [DunningScript("paid"), DunningScript("open", "3068", "2026-10", Decimal(0))])
def test_paid_meanwhile_means_thanks_and_no_amount(script: DunningScript) -> None:
    heard = walk(dunning(call()), "1", company=SampleCompany(dunning_script=script))
    assert code_of(heard) is AttemptCode.PAID
    assert heard.said[-2:] == [Phrase.DUNNING_CONFIRM, Phrase.DUNNING_PAID_ALREADY]


@pytest.mark.parametrize("script", [None, DunningScript("unknown")])
def test_without_fresh_figures_only_the_neutral_message_is_left(script: DunningScript | None) -> None:
    heard = walk(dunning(call()), "1", company=SampleCompany(dunning_script=script))
    assert code_of(heard) is AttemptCode.VOICEMAIL
    assert heard.said[-1] == Phrase.DUNNING_NEUTRAL
