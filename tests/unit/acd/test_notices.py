"""Notices by telephone: dialled with what is played, and how it went told once, whatever Asterisk says."""

from datetime import timedelta
from typing import Literal
from uuid import uuid4

import pytest
from pydantic import ValidationError

from acd.adapters.ami_actions import dial_notice
from acd.contracts import events
from acd.contracts.commands import SpeakNotice
from acd.core import facts
from acd.core.effects import DialNotice
from acd.core.messages.translate import translate
from tests.support.floor import NODE, Floor

pytestmark = pytest.mark.unit

PROMPTS = ("notice/told", "order/state_done", "digits/7")


def notice(floor: Floor, language: Literal["zh", "en"] = "zh", prompts: tuple[str, ...] = PROMPTS) -> SpeakNotice:
    return SpeakNotice(
        command_id=uuid4(),
        not_after=floor.now + timedelta(seconds=5),
        notice_id="m-17",
        number="02588880001",
        language=language,
        prompts=prompts,
    )


def test_a_notice_is_dialled_and_its_result_published() -> None:
    floor = Floor()
    assert floor.command(notice(floor, "en")).ok
    (action,) = floor.actions(DialNotice)
    assert action == DialNotice(NODE, "m-17", "02588880001", "en", PROMPTS)
    headers = dial_notice(action)
    assert headers["Variable"] == [
        "CC_NOTICE_ID=m-17",
        "CC_NOTICE_PROMPTS=notice/told&order/state_done&digits/7",
        "CC_LANGUAGE=en",
    ]
    assert (headers["ActionID"], headers["Context"]) == ("notice-m-17", "cc-notice")
    floor.tell(facts.NoticeOver(floor.now, NODE, "m-17", True, ""))
    told = floor.last(events.NoticeFinished)
    assert (told.notice_id, told.ok, told.reason) == ("m-17", True, "")


def test_no_line_no_notice() -> None:
    floor = Floor()
    floor.link_lost()
    assert floor.command(notice(floor)).code == "dialer.no_line"


@pytest.mark.parametrize("bad", ["../secret", "a&b", "goodbye,noanswer", "${SHELL(id)}", ""])
def test_only_names_of_prompts_are_played(bad: str) -> None:
    with pytest.raises(ValidationError):
        notice(Floor(), prompts=(bad,))


@pytest.mark.parametrize(("heard", "ok", "reason"), [("0", False, "hung up"), ("1", True, ""), ("2", True, "")])
def test_heard_to_the_end_once_is_heard(heard: str, ok: bool, reason: str) -> None:
    said = {"Event": "UserEvent", "UserEvent": "NoticeOver", "NoticeId": "m-17", "Heard": heard, "Timestamp": "1.0"}
    fact = translate(said, NODE)
    assert isinstance(fact, facts.NoticeOver)
    assert (fact.notice_id, fact.ok, fact.reason) == ("m-17", ok, reason)


def test_nobody_answered() -> None:
    failure = {"Event": "OriginateResponse", "Response": "Failure", "ActionID": "notice-m-17", "Timestamp": "1.0"}
    fact = translate({**failure, "Reason": "3"}, NODE)
    assert isinstance(fact, facts.NoticeOver)
    assert (fact.notice_id, fact.ok, fact.reason) == ("m-17", False, "not reached (3)")
