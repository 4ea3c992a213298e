"""What holds for every flow, whatever the caller keys."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acd.contracts.vocabulary import AttemptCode, IvrOutcome
from ivr.flows.dunning import dunning
from ivr.flows.main_menu import main_menu
from ivr.phrases import Phrase
from ivr.ports import Bill, Caller, DunningScript
from ivr.prompts import needed
from ivr.rehearsal import SampleCompany
from ivr.routes import ROUTES
from ivr.steps import CallFacts, Collect, Entry, Flow, Leave, Play, VerifyPassword
from tests.unit.ivr.transcript import OWN, Heard, call, silent, walk

pytestmark = pytest.mark.unit

KEYS = st.sampled_from("0123456789*#")
ENTRIES = st.lists(
    st.one_of(
        KEYS, st.just(""), st.sampled_from(["135790#", f"{OWN}#", "111111"]), st.text("0123456789*#", max_size=13)
    ),
    max_size=40,
)
AMOUNTS = st.decimals(0, 10**9, places=2)
COMPANIES = st.builds(
    SampleCompany,
    caller=st.sampled_from([None, Caller(), Caller(True, "C1", own_number=OWN), Caller(True, "C1", "vip", True)]),
    password=st.sampled_from(["135790", "111111", None]),
    bill=st.one_of(
        st.none(),
        st.sampled_from([Bill("down"), Bill("no_data")]),
        st.builds(Bill, st.just("ok"), st.just("2026-10"), AMOUNTS, st.decimals(-500, 500, places=2), AMOUNTS),
    ),
    dunning_script=st.one_of(
        st.none(),
        st.sampled_from([DunningScript("paid"), DunningScript("unknown")]),
        st.builds(DunningScript, st.just("open"), st.just("3068"), st.just("2026-10"), AMOUNTS),
    ),
)
CALLS = st.builds(
    call,
    caller_number=st.sampled_from([OWN, "", "02112345678"]),
    did=st.sampled_from(["10010", "10018", "10015", ""]),
    restarted=st.booleans(),
)


def flow_named(name: str, facts: CallFacts) -> Flow[Leave]:
    return ROUTES[name].start(facts)


def amounts_spoken(heard: Heard) -> list[int]:
    """Places in the steps at which an amount of money is heard."""
    return [
        place
        for place, step in enumerate(heard.steps)
        if isinstance(step, Play | Collect)
        and any(prompt.startswith(("yuan/", "jiao/", "fen/")) for prompt in step.prompts)
    ]


@settings(deadline=None)
@given(name=st.sampled_from(["main", "dunning", "survey"]), facts=CALLS, keys=ENTRIES, company=COMPANIES)
def test_every_call_ends_within_bounded_steps(
    name: str, facts: CallFacts, keys: list[str], company: SampleCompany
) -> None:
    heard = walk(flow_named(name, facts), *keys, company=company, then=silent)
    assert len(heard.steps) <= 60 + 8 * len(keys)
    assert isinstance(heard.leave, Leave)
    assert bool(heard.leave.queue) == (heard.leave.outcome is IvrOutcome.AGENT)
    assert set(heard.prompts) <= needed()


@settings(deadline=None)
@given(facts=CALLS, keys=ENTRIES, company=COMPANIES)
def test_no_amount_is_spoken_before_the_password_was_right(
    facts: CallFacts, keys: list[str], company: SampleCompany
) -> None:
    heard = walk(main_menu(facts), *keys, company=company, then=silent)
    for place in amounts_spoken(heard):
        passwords = [step.password for step in heard.steps[:place] if isinstance(step, VerifyPassword)]
        assert passwords
        assert passwords[-1] == company.password


@settings(deadline=None)
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


@settings(deadline=None)
@given(facts=CALLS, company=COMPANIES, before=ENTRIES)
def test_zero_reaches_an_agent_from_every_node(facts: CallFacts, company: SampleCompany, before: list[str]) -> None:
    """Wherever `before` has led; in the password `0` is a digit, so `*` comes first there."""
    pressed: list[str] = []

    def zero(step: Collect) -> str:
        pressed.append("*" if Phrase.ASK_PASSWORD in step.prompts else "0")
        return pressed[-1]

    heard = walk(main_menu(facts), *before, company=company, then=zero)
    assert heard.leave.outcome is IvrOutcome.AGENT or not pressed
    assert pressed in ([], ["0"], ["*", "0"])


def test_keys_and_numbers_stay_out_of_reprs() -> None:
    text = repr((Entry("135790"), VerifyPassword(OWN, "135790"), call(), Caller(own_number=OWN)))
    assert "135790" not in text
    assert OWN not in text
