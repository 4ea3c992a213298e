"""What holds for every flow, whatever the caller keys and whatever the company answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.vocabulary import AttemptCode, IvrOutcome
from ivr.flows.dunning import dunning
from ivr.lookups.callers import Caller
from ivr.lookups.dunning import DunningScript
from ivr.lookups.identity import VerifyPassword
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.routes import ROUTES
from ivr.sample_answers import ANSWERS
from ivr.speech.values import Money
from ivr.steps import Collect, Entry, Leave, Play
from tests.unit.ivr.transcript import OWN, Heard, call, silent, walk

pytestmark = pytest.mark.unit

KEYS = st.sampled_from("0123456789*#")
ENTRIES = st.lists(
    st.one_of(
        KEYS,
        st.just(""),
        st.sampled_from(["135790#", f"{OWN}#", "111111", "01234*", "246810", "202610#"]),
        st.text("0123456789*#", max_size=13),
    ),
    max_size=40,
)
AMOUNTS = st.decimals(0, 10**9, places=2)
COMPANIES = st.builds(
    SampleCompany,
    caller=st.sampled_from(
        [
            None,
            Caller(),
            Caller(True, "C1", own_number=OWN),
            Caller(True, "C1", "vip", is_senior=True, language="zh"),
            Caller(True, "C1", own_number=OWN, language="zh", suspended=True),
        ]
    ),
    password=st.sampled_from(["135790", "111111", None]),
    answers=st.lists(st.sampled_from(sorted(ANSWERS, key=lambda kind: kind.path)), max_size=8).map(dict.fromkeys),
    message_seconds=st.sampled_from([0, 2, 3, 120]),
    dunning_script=st.one_of(
        st.none(),
        st.sampled_from([DunningScript("paid"), DunningScript("unknown")]),
        st.builds(DunningScript, st.just("open"), st.just("3068"), st.just("2026-10"), AMOUNTS),
    ),
)
CALLS = st.builds(
    call,
    caller_number=st.sampled_from([OWN, "", "02112345678"]),
    did=st.sampled_from(["10010", "10018", "10019", ""]),
    restarted=st.booleans(),
)


def amounts_spoken(heard: Heard) -> list[int]:
    """Places in the steps at which an amount of money is heard."""
    return [
        place
        for place, step in enumerate(heard.steps)
        if isinstance(step, Play | Collect) and any(tells_money(item) for item in step.prompts)
    ]


def tells_money(item: object) -> bool:
    if isinstance(item, str):
        return item.startswith(("yuan/", "jiao/", "fen/"))
    return any(isinstance(value, Money) for value in getattr(item, "values").values())  # noqa: B009


@given(name=st.sampled_from(["main", "dunning", "survey", "password"]), facts=CALLS, keys=ENTRIES, company=COMPANIES)
def test_every_call_ends_within_bounded_steps(
    name: str, facts: object, keys: list[str], company: SampleCompany
) -> None:
    heard = walk(ROUTES[name].start(facts), *keys, company=company, then=silent)  # type: ignore[arg-type]
    assert len(heard.steps) <= 80 + 12 * len(keys)
    assert isinstance(heard.leave, Leave)
    assert bool(heard.leave.queue) == (heard.leave.outcome is IvrOutcome.AGENT)


@given(keys=ENTRIES, company=COMPANIES, cut=st.booleans())
def test_no_amount_is_spoken_before_the_debtor_confirmed(keys: list[str], company: SampleCompany, cut: bool) -> None:
    heard = walk(dunning(call()), *keys, company=company, then=silent, cut=cut)
    assert len(heard.reported("AttemptResult")) == 1
    code = AttemptCode(heard.reported("AttemptResult")[0]["Code"])
    spoken = amounts_spoken(heard)
    if spoken:
        assert ("dunning_confirm", "1", "self") in heard.visits
    if code in (AttemptCode.VOICEMAIL, AttemptCode.WRONG_PERSON, AttemptCode.PAID):
        assert not spoken


def test_keys_and_numbers_stay_out_of_reprs() -> None:
    text = repr((Entry("135790"), VerifyPassword(OWN, "135790"), call(), Caller(own_number=OWN)))
    assert "135790" not in text
    assert OWN not in text


def test_zero_is_a_digit_in_a_password() -> None:
    heard = walk(ROUTES["password"].start(call()), "0", "0", "0#", "", "", then=silent)
    assert heard.said.count(Phrase.TO_AGENT) == 0
