"""The front door by transcript: keys in, steps out."""

import pytest

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.main_menu import KEYS, main_menu
from ivr.phrases import Phrase
from ivr.ports import Caller
from ivr.rehearsal import SampleCompany
from ivr.steps import Collect, Play
from tests.unit.ivr.transcript import OWN, call, walk

pytestmark = pytest.mark.unit

GREETING = [Phrase.WELCOME, Phrase.NOTICE_RECORDING, Phrase.MENU_MAIN]


def test_zero_takes_the_caller_to_an_agent() -> None:
    heard = walk(main_menu(call()), "0")
    assert heard.prompts == [*GREETING, Phrase.TO_AGENT]
    assert heard.visits == [("main", "0", "agent")]
    assert (heard.leave.outcome, heard.leave.queue, heard.leave.reason) == (IvrOutcome.AGENT, "general", "agent")


def test_the_recording_notice_cannot_be_cut_short() -> None:
    heard = walk(main_menu(call()), "0")
    cut = {step.prompts[0]: step.barge_in for step in heard.steps if isinstance(step, Play)}
    assert cut == {Phrase.WELCOME: True, Phrase.NOTICE_RECORDING: False, Phrase.TO_AGENT: True}


def test_nine_repeats_the_menu_without_counting_as_a_mistake() -> None:
    heard = walk(main_menu(call()), *"99999", "0")
    assert heard.prompts == [*GREETING, *[Phrase.MENU_MAIN] * 5, Phrase.TO_AGENT]


def test_star_goes_back_to_the_greeting_without_the_notice() -> None:
    heard = walk(main_menu(call()), "*", "0")
    assert heard.prompts == [*GREETING, Phrase.WELCOME, Phrase.MENU_MAIN, Phrase.TO_AGENT]


@pytest.mark.parametrize("key", [key for key, choice in KEYS.items() if key in "2345678"])
def test_a_branch_not_open_yet_says_so_and_returns(key: str) -> None:
    heard = walk(main_menu(call()), key, "0")
    assert heard.prompts == [*GREETING, Phrase.NOT_AVAILABLE, Phrase.MENU_MAIN, Phrase.TO_AGENT]
    assert heard.visits[0] == ("main", key, KEYS[key])


@pytest.mark.parametrize(
    ("keys", "complaints", "reason"),
    [
        (["", "", ""], [Phrase.NO_INPUT, Phrase.NO_INPUT], "no_input"),
        (["#", "#", "#"], [Phrase.INVALID, Phrase.INVALID], "too_many"),
        (["", "#", ""], [Phrase.NO_INPUT, Phrase.INVALID], "too_many"),
    ],
)
def test_three_failures_lead_to_an_agent(keys: list[str], complaints: list[Phrase], reason: str) -> None:
    heard = walk(main_menu(call()), *keys)
    first, second = complaints
    assert heard.prompts == [
        *GREETING,
        first,
        Phrase.MENU_MAIN,
        second,
        Phrase.MENU_MAIN,
        Phrase.TOO_MANY,
        Phrase.TO_AGENT,
    ]
    assert heard.visits == [("main", "", reason)]
    assert (heard.leave.queue, heard.leave.reason) == ("general", reason)


def test_vip_caller_reaches_the_vip_desk_without_a_menu() -> None:
    heard = walk(main_menu(call()), "", company=SampleCompany(caller=Caller(True, "C9", level="vip")))
    assert heard.prompts == [Phrase.VIP_WELCOME, Phrase.NOTICE_RECORDING]
    assert (heard.leave.queue, heard.leave.priority) == ("vip", 10)


def test_the_vip_number_reaches_the_vip_desk_whoever_calls() -> None:
    heard = walk(main_menu(call(caller_number="", did="10018")), "")
    assert heard.leave.queue == "vip"


def test_vip_caller_may_prefer_the_menu() -> None:
    heard = walk(main_menu(call(did="10018")), "#", "0")
    assert heard.prompts == [Phrase.VIP_WELCOME, Phrase.NOTICE_RECORDING, Phrase.MENU_MAIN, Phrase.TO_AGENT]
    assert heard.leave.queue == "general"


def test_senior_caller_reaches_an_agent_with_no_key_at_all() -> None:
    heard = walk(main_menu(call()), "", company=SampleCompany(caller=Caller(True, "C9", is_senior=True)))
    assert heard.prompts == [Phrase.SENIOR_WELCOME, Phrase.NOTICE_RECORDING]
    assert (heard.leave.outcome, heard.leave.queue) == (IvrOutcome.AGENT, "senior")


def test_senior_caller_may_prefer_self_service() -> None:
    heard = walk(main_menu(call()), "1", "0", company=SampleCompany(caller=Caller(True, "C9", is_senior=True)))
    assert heard.prompts == [Phrase.SENIOR_WELCOME, Phrase.NOTICE_RECORDING, Phrase.MENU_MAIN, Phrase.TO_AGENT]


def test_own_line_is_identity_level_one() -> None:
    assert walk(main_menu(call()), "0").reported("Identified") == [{"Customer": "C1", "AuthLevel": "1"}]


def test_a_contact_number_that_is_not_the_line_proves_nothing() -> None:
    company = SampleCompany(caller=Caller(True, "C1", own_number="13900000009"))
    assert walk(main_menu(call()), "0", company=company).reported("Identified") == [
        {"Customer": "C1", "AuthLevel": "0"}
    ]


def test_a_directory_that_is_away_makes_a_stranger_of_the_caller() -> None:
    heard = walk(main_menu(call()), "0", company=SampleCompany(caller=None))
    assert heard.prompts == [*GREETING, Phrase.TO_AGENT]


def test_a_withheld_number_is_not_looked_up() -> None:
    heard = walk(main_menu(call(caller_number="")), "0")
    assert not [step for step in heard.steps if type(step).__name__ == "FindCaller"]


def test_after_a_crash_the_menu_comes_without_greeting() -> None:
    heard = walk(main_menu(call(restarted=True)), "0")
    assert heard.prompts == [Phrase.MENU_MAIN, Phrase.TO_AGENT]
    vip = walk(main_menu(call(restarted=True, did="10018")), "")
    assert vip.leave.queue == "vip"


def test_no_step_shows_a_number_or_password_in_its_text() -> None:
    heard = walk(main_menu(call()), "1", "1", "#", "135790", "0")
    text = " ".join(repr(step) for step in heard.steps if not isinstance(step, Play | Collect))
    assert OWN not in text
    assert "135790" not in text
