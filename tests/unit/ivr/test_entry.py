"""Before the first menu: greeting, language, and who is led past the menus. Shipped tree, by transcript."""

from dataclasses import replace
from decimal import Decimal

import pytest

from acd.contracts.menu.tree import Announcement
from acd.contracts.vocabulary import IvrOutcome
from ivr.lookups.callers import Caller, FindCaller, OpenTicket
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.sample_answers import SUBSCRIBER
from ivr.speech.values import Digits, Money
from ivr.steps import Collect, Play, SetLanguage
from tests.unit.ivr.transcript import OWN, hotline_call

pytestmark = pytest.mark.unit

GREETING = ["welcome", "notice_recording", "menu/main"]
STRANGER = SampleCompany(caller=Caller())


def of(**facts: object) -> SampleCompany:
    return SampleCompany(caller=replace(SUBSCRIBER, **facts))  # type: ignore[arg-type]


def test_zero_takes_the_caller_to_an_agent() -> None:
    heard = hotline_call("0")
    assert heard.said == [*GREETING, Phrase.TO_AGENT]
    assert heard.visits == [("welcome", "", "language"), ("notice", "", "main"), ("main", "0", "agent")]
    assert heard.leave is not None
    assert (heard.leave.outcome, heard.leave.queue, heard.leave.reason) == (IvrOutcome.AGENT, "general", "agent")


def test_the_recording_notice_cannot_be_cut_short() -> None:
    heard = hotline_call("0")
    cut = {str(step.prompts[0]): step.barge_in for step in heard.steps if isinstance(step, Play)}
    assert cut == {"welcome": True, "notice_recording": False, "to_agent": True}


def test_star_goes_back_to_the_greeting_without_the_notice() -> None:
    assert hotline_call("*", "0").said == [*GREETING, "welcome", "menu/main", Phrase.TO_AGENT]


def test_a_stranger_is_asked_for_his_language_in_each_of_them() -> None:
    heard = hotline_call("2", "0", company=STRANGER)
    assert heard.said[:4] == ["welcome", "zh/menu/language", "en/menu/language", "notice_recording"]
    assert [step.language for step in heard.steps if isinstance(step, SetLanguage)] == ["en"]
    assert ("language", "2", "en") in heard.visits
    assert heard.outcome == "english"


@pytest.mark.parametrize("key", ["", "1", "7"])
def test_silence_and_other_keys_take_the_first_language(key: str) -> None:
    heard = hotline_call(key, "0", company=SampleCompany(caller=Caller()))
    assert not [step for step in heard.steps if isinstance(step, SetLanguage)]
    assert heard.outcome == "general"


def test_zero_at_the_language_question_is_an_agent() -> None:
    assert hotline_call("0", company=STRANGER).outcome == "general"


def test_a_known_language_is_spoken_from_the_first_word() -> None:
    heard = hotline_call("0", company=of(language="en"))
    assert isinstance(heard.steps[3], SetLanguage)
    assert "en/menu/language" not in heard.said
    assert heard.outcome == "english"


def test_other_queues_keep_their_name_in_english() -> None:
    assert hotline_call("5", "1", company=of(language="en")).outcome == "complaint"


@pytest.mark.parametrize(
    ("caller", "did"), [(replace(SUBSCRIBER, level="vip"), "10010"), (Caller(), "10018"), (None, "10018")]
)
def test_vip_callers_reach_their_desk_without_a_menu(caller: Caller | None, did: str) -> None:
    heard = hotline_call("", company=SampleCompany(caller=caller), did=did)
    assert heard.said == ["vip/welcome", "notice_recording"]
    assert heard.leave is not None
    assert (heard.leave.queue, heard.leave.priority, heard.leave.reason) == ("vip", 10, "vip_agent")


def test_a_vip_caller_may_prefer_the_menu_and_hears_the_notice_once() -> None:
    heard = hotline_call("#", "0", did="10018")
    assert heard.said == ["vip/welcome", *GREETING, Phrase.TO_AGENT]


def test_zero_brings_a_vip_caller_to_his_own_desk() -> None:
    heard = hotline_call("0", did="10018")
    assert heard.said == ["vip/welcome", "notice_recording"]
    assert heard.leave is not None
    assert (heard.leave.queue, heard.leave.reason) == ("vip", "agent")


def test_senior_callers_reach_an_agent_with_no_key_at_all() -> None:
    heard = hotline_call("", company=of(is_senior=True))
    assert heard.said == ["senior/welcome", "notice_recording"]
    assert heard.outcome == "senior"


def test_senior_callers_may_prefer_self_service() -> None:
    assert hotline_call("1", "0", company=of(is_senior=True)).said == ["senior/welcome", *GREETING, Phrase.TO_AGENT]


def test_a_blocked_caller_is_refused_politely() -> None:
    heard = hotline_call(company=of(blacklisted=True, level="vip"))
    assert heard.said == ["refused", "goodbye"]
    assert heard.visits == [("refused", "", "end")]
    assert heard.outcome == IvrOutcome.SELF_SERVICE


def test_dealers_are_asked_to_sign_in() -> None:
    for company, did in ((of(dealer_code="88001"), "10010"), (STRANGER, "10019")):
        heard = hotline_call("88001#", "123456#", "2", "0", company=company, did=did)
        assert heard.said[:4] == ["notice_recording", "dealer/ask_code", "dealer/ask_password", "menu/dealer"]
        assert heard.outcome == "dealer"


def test_an_open_ticket_is_offered_first() -> None:
    company = of(open_ticket=OpenTicket("GD20261120000034"))
    heard = hotline_call("1", "*", "0", company=company)
    assert heard.said[:4] == ["notice_recording", "progress/menu", "progress/working", "leaf/choices"]
    assert heard.said[4:] == ["welcome", "menu/main", Phrase.TO_AGENT]  # the notice is not said twice
    declined = hotline_call("2", "0", company=company).said
    assert declined == ["notice_recording", "progress/menu", "welcome", "menu/main", Phrase.TO_AGENT]


def test_nobody_reaches_an_agent_without_the_notice() -> None:
    for company in (of(open_ticket=OpenTicket("GD20261120000034")), of(suspended=True)):
        assert hotline_call("0", company=company).said[0] == "notice_recording"


def test_a_stopped_line_hears_why_and_a_stranger_on_it_only_that() -> None:
    heard = hotline_call("4", "0", company=of(suspended=True, arrears=Decimal("88.05")))
    assert heard.said[:3] == ["notice_recording", "suspended/notice", "menu/suspended"]
    assert heard.sayings[0].values == {"number": Digits(OWN), "amount": Money(Decimal("88.05"))}
    other = of(suspended=True, arrears=Decimal("88.05"), own_number="13900000009")
    assert hotline_call("4", "0", company=other).said[1:3] == ["suspended/plain", "menu/suspended"]


def test_announcements_are_spoken_once_at_their_place() -> None:
    entry = Announcement(announcement_id="a", place="entry", prompts=("notice/mass_fault",), barge_in=False)
    at_bill = Announcement(announcement_id="b", place="bill", prompts=("notice/settlement",))
    company = of(announcements=(entry, at_bill))
    heard = hotline_call("1", "*", "1", "0", company=company)
    assert heard.said[0] == "notice/mass_fault"
    assert heard.said.count("notice/settlement") == 1
    assert heard.said[heard.said.index("notice/settlement") + 1] == "menu/bill"


def test_own_line_is_identity_level_one() -> None:
    assert hotline_call("0").reported("Identified") == [{"Customer": "C1", "AuthLevel": "1"}]


def test_a_contact_number_that_is_not_the_line_proves_nothing() -> None:
    heard = hotline_call("0", company=of(own_number="13900000009"))
    assert heard.reported("Identified") == [{"Customer": "C1", "AuthLevel": "0"}]


def test_a_directory_that_is_away_makes_a_stranger_of_the_caller() -> None:
    heard = hotline_call("", "0", company=SampleCompany(caller=None))
    assert heard.said[:1] == ["welcome"]
    assert heard.outcome == "general"


def test_a_withheld_number_is_not_looked_up() -> None:
    assert hotline_call("", "0", caller_number="").asked(FindCaller) == []


def test_after_a_crash_the_menu_comes_without_greeting() -> None:
    assert hotline_call("0", restarted=True).said == ["menu/main", Phrase.TO_AGENT]
    assert hotline_call("0", restarted=True, company=STRANGER).said == ["menu/main", Phrase.TO_AGENT]
    assert hotline_call("", restarted=True, did="10018").outcome == "vip"


def test_no_step_shows_a_number_or_password_in_its_text() -> None:
    heard = hotline_call("1", "1", "2", "2", "13900000002#", "135790", "0")
    text = " ".join(repr(step) for step in heard.steps if not isinstance(step, Play | Collect))
    text += " ".join(repr(saying) for saying in heard.sayings)
    for secret in (OWN, "13900000002", "135790"):
        assert secret not in text
