"""Whole calls over a real socket: what Asterisk is told to do, and what it is told at the end."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from acd.contracts.menu.tree import Announcement
from ivr.lookups.accounts import FetchBill
from ivr.lookups.documents import Article, FetchArticle
from ivr.lookups.tickets import SubmitMessage
from ivr.observe import Metrics
from ivr.phrases import Phrase
from ivr.sample_answers import SUBSCRIBER
from ivr.server import FastAgiServer
from ivr.services import Services
from tests.component.ivr.conftest import SampleDirectory
from tests.component.ivr.peer import Phone, calls, header

pytestmark = pytest.mark.component

BILL = "1121135790#"  # bill, mobile, this month, own line, password


async def test_a_caller_who_wants_an_agent(server: FastAgiServer) -> None:
    phone = await Phone("0").call(server.port)
    assert phone.commands == [
        'EXEC UserEvent "Identified,CallId: n1-1.1,Customer: C1,AuthLevel: 1"',
        'STREAM FILE "welcome" "0123456789*#" 0',
        'EXEC UserEvent "IvrVisited,CallId: n1-1.1,Node: welcome,Key: ,Outcome: language"',
        'STREAM FILE "notice_recording" "0123456789*#" 0',
        'EXEC UserEvent "IvrVisited,CallId: n1-1.1,Node: notice,Key: ,Outcome: main"',
        'GET DATA "menu/main" 5000 1',
        'EXEC UserEvent "IvrVisited,CallId: n1-1.1,Node: main,Key: 0,Outcome: agent"',
        'STREAM FILE "to_agent" "0123456789*#" 0',
        'EXEC UserEvent "AgentRequested,CallId: n1-1.1,Queue: general,Reason: agent"',
        'EXEC UserEvent "IvrLeft,CallId: n1-1.1,Outcome: agent"',
        'EXEC MSet "CC_OUTCOME=agent,__CC_QUEUE=general,__CC_CENTER=js,CC_AGI_DONE=1"',
    ]


async def test_the_bill_is_read_in_one_command_and_the_menu_waits_in_the_next(server: FastAgiServer) -> None:
    phone = await Phone(BILL + "0").call(server.port)
    at = next(place for place, line in enumerate(phone.commands) if "bill/total" in line)
    assert phone.commands[at].startswith('EXEC Background "bill/total/1&month/10&bill/total/2&hundred/1&yuan/28&')
    assert phone.commands[at + 1] == 'GET DATA "leaf/choices_copy" 5000 1'
    assert phone.variables["CC_OUTCOME"] == "agent"
    assert len(phone.commands) <= 28


async def test_password_and_number_go_nowhere_but_to_the_directory(
    server: FastAgiServer, capfd: pytest.CaptureFixture[str]
) -> None:
    phone = await Phone("112213900000002#135790#0").call(server.port)
    told = str(phone.events) + str(phone.variables) + "".join(capfd.readouterr())
    assert ("Identified", {"CallId": "n1-1.1", "Customer": "C1", "AuthLevel": "2"}) in phone.events
    assert "135790" not in told + str(phone.commands)
    assert "13900000002" not in told


async def test_a_served_caller_leaves_by_self_service(server: FastAgiServer) -> None:
    phone = await Phone(BILL).call(server.port)
    assert phone.variables == {"CC_OUTCOME": "self_service", "CC_AGI_DONE": "1"}
    assert phone.heard[-1] == Phrase.GOODBYE


async def test_survey_answers_are_reported_and_nothing_else(server: FastAgiServer) -> None:
    phone = await Phone("32").call(server.port, header("survey", args=["n1-7.1"]))
    assert phone.events == [("SurveyAnswered", {"CallId": "n1-7.1", "Satisfaction": "3", "Reason": "competence"})]


async def test_a_rating_counts_although_the_caller_hangs_up_at_the_reason(server: FastAgiServer) -> None:
    phone = await Phone("3!").call(server.port, header("survey", args=["n1-7.1"]))
    assert phone.events == [("SurveyAnswered", {"CallId": "n1-7.1", "Satisfaction": "3", "Reason": ""})]
    assert phone.variables == {}


async def test_dunning_reports_the_result_with_call_and_attempt(server: FastAgiServer) -> None:
    phone = await Phone("12").call(server.port, header("dunning", args=["att-1", "n1-8.1"]))
    assert ("AttemptResult", {"CallId": "n1-8.1", "AttemptId": "att-1", "Code": "PROMISE"}) in phone.events


async def test_vip_queue_and_priority_reach_the_dialplan(server: FastAgiServer, directory: SampleDirectory) -> None:
    directory.company.caller = replace(SUBSCRIBER, level="vip")
    phone = await Phone().call(server.port)
    assert (phone.variables["__CC_QUEUE"], phone.variables["__CC_PRIORITY"]) == ("vip", "10")


async def test_a_message_is_recorded_and_submitted(
    server: FastAgiServer, directory: SampleDirectory, services: Services
) -> None:
    phone = await Phone("54" + "12").call(server.port)
    recorded = f'RECORD FILE "{services.messages}/n1-1.1-1" wav "#" 120000 BEEP'
    assert recorded in phone.commands
    assert f'STREAM FILE "{services.messages}/n1-1.1-1" "0123456789*#" 0' in phone.commands
    (message,) = [question for question in directory.asked if isinstance(question, SubmitMessage)]
    assert (message.recording, message.seconds, message.about) == ("n1-1.1-1.wav", 8, "complaint")


@pytest.mark.parametrize("last", ["HANGUP\n200 result=-1 (hangup) endpos=64000", "200 result=-1 (hangup) endpos=64000"])
async def test_a_message_ended_by_hanging_up_is_submitted(
    server: FastAgiServer, directory: SampleDirectory, last: str
) -> None:
    class Hasty(Phone):
        def _answer(self, command: str) -> str:
            return last if command.startswith("RECORD FILE") else super()._answer(command)

    phone = await Hasty("54").call(server.port)
    assert [question.seconds for question in directory.asked if isinstance(question, SubmitMessage)] == [8]
    assert "CC_AGI_DONE" not in phone.variables


async def test_a_key_that_skips_the_instructions_is_not_the_choice_after_the_message(server: FastAgiServer) -> None:
    class Hasty(Phone):
        def _answer(self, command: str) -> str:
            return "200 result=35 endpos=8" if '"message/speak"' in command else super()._answer(command)

    phone = await Hasty("542").call(server.port)
    assert Phrase.INVALID not in phone.heard
    assert "message/accepted/1" in phone.heard


async def test_hanging_up_while_the_message_is_heard_again_submits_it(
    server: FastAgiServer, directory: SampleDirectory
) -> None:
    await Phone("54!").call(server.port)
    assert [question.seconds for question in directory.asked if isinstance(question, SubmitMessage)] == [8]


async def test_a_fax_on_this_call_leaves_with_its_file(server: FastAgiServer) -> None:
    phone = await Phone("8511").call(server.port)
    assert phone.variables == {
        "CC_OUTCOME": "self_service",
        "CC_FAX_FILE": "/var/lib/hotline/fax/tariffs.tiff",
        "CC_AGI_DONE": "1",
    }


@pytest.mark.parametrize(
    ("keys", "result"), [("135790#", "pass"), ("111111222222333333", "locked"), ("*", "fail"), ("", "fail")]
)
async def test_a_caller_sent_by_his_agent_proves_himself(server: FastAgiServer, keys: str, result: str) -> None:
    phone = await Phone(keys).call(server.port, header("password", args=["n1-9.1", "13900000001"]))
    assert phone.events[-1] == ("PasswordChecked", {"CallId": "n1-9.1", "Result": result})
    identified = [fields for name, fields in phone.events if name == "Identified"]
    assert len(identified) == (result == "pass")
    assert phone.variables == {"CC_OUTCOME": "self_service", "CC_AGI_DONE": "1"}


async def test_hanging_up_in_the_password_menu_proves_nothing(server: FastAgiServer) -> None:
    phone = await Phone("!").call(server.port, header("password", args=["n1-9.1", ""]))
    assert phone.events == [("PasswordChecked", {"CallId": "n1-9.1", "Result": "fail"})]


async def test_own_prompts_go_by_their_path_and_missing_ones_are_left_out(
    server: FastAgiServer, directory: SampleDirectory, services: Services
) -> None:
    names = ("own/here", "own/lost", "lost/too", "notice/busy")
    notice = Announcement(announcement_id="a", place="entry", prompts=names)
    directory.company.caller = replace(SUBSCRIBER, announcements=(notice,))
    record(services.own_prompts / "zh" / "own" / "here.wav")
    phone = await Phone("0").call(server.port)
    assert phone.heard[:2] == [f"{services.own_prompts}/zh/own/here", "notice/busy"]


async def test_a_stranger_is_asked_in_both_languages_and_served_in_his(
    server: FastAgiServer, directory: SampleDirectory
) -> None:
    directory.company.caller = None
    phone = await Phone("20").call(server.port)
    assert 'STREAM FILE "menu/language" "0123456789*#" 0' in phone.commands
    assert 'GET DATA "en/menu/language" 5000 1' in phone.commands
    assert 'EXEC MSet "CHANNEL(language)=en,__CC_LANGUAGE=en"' in phone.commands
    assert phone.variables["__CC_QUEUE"] == "english"


async def test_a_prompt_nobody_recorded_does_not_take_the_rest_with_it(
    server: FastAgiServer, directory: SampleDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    directory.company.answers[FetchArticle] = Article("ok", "article/of_tomorrow")
    phone = await Phone("210").call(server.port)
    assert phone.heard[-2] == Phrase.LEAF_CHOICES_COPY
    assert "article/of_tomorrow" not in phone.heard
    assert "prompt without a file" in capsys.readouterr().out


def record(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.touch()


@pytest.mark.parametrize(
    ("caller_id", "looked_up"),
    [
        ("+8613900000001", True),
        ("008613900000001", True),
        ("8613900000001", True),
        ("unknown", False),
        ("", False),
        ('"; SET VARIABLE X 1', False),
        ("1" * 40, False),
    ],
)
async def test_caller_numbers_good_and_bad(server: FastAgiServer, caller_id: str, looked_up: bool) -> None:
    phone = await Phone("00").call(server.port, header(caller=caller_id))
    assert ("Identified" in [name for name, _ in phone.events]) is looked_up
    assert phone.variables["CC_AGI_DONE"] == "1"


async def test_a_key_during_a_prompt_counts_and_cuts_what_may_be_cut(server: FastAgiServer) -> None:
    """`1` during the greeting is the menu choice, but the notice is still played; in full, key or no key."""

    class Hasty(Phone):
        def _answer(self, command: str) -> str:
            if command.startswith('STREAM FILE "welcome"'):
                return f"200 result={ord('1')} endpos=1600"
            if command == 'STREAM FILE "notice_recording" "0123456789*#" 0':
                return f"200 result={ord('0')} endpos=4000"
            return super()._answer(command)

    phone = await Hasty().call(server.port)
    assert [line for line in phone.commands if "notice_recording" in line] == [
        'STREAM FILE "notice_recording" "0123456789*#" 0',
        'STREAM FILE "notice_recording" "0123456789*#" 4000',
    ]
    assert "menu/main" not in phone.heard
    assert "menu/bill" not in phone.heard
    keys = [fields["Key"] for name, fields in phone.events if name == "IvrVisited"]
    assert "".join(keys).replace("+", "") == "10"
    assert keys[-1] == "+1+0"  # dialled through: the notice, two menus, one report


async def test_star_deletes_what_was_keyed(server: FastAgiServer, directory: SampleDirectory) -> None:
    await Phone("1122" + "138*13900000002#" + "111111" + "135790#" + "0").call(server.port)
    assert directory.company.wrong_entries == 1
    assert [question.number for question in directory.asked if isinstance(question, FetchBill)] == ["13900000002"]


async def test_a_slow_answer_is_bridged_by_a_word(server: FastAgiServer, directory: SampleDirectory) -> None:
    directory.delay_seconds = 1.2
    phone = await Phone(BILL + "0").call(server.port)
    assert Phrase.PLEASE_WAIT in phone.heard
    assert "bill/total/1" in phone.heard


async def test_a_key_pressed_during_a_question_is_not_lost(server: FastAgiServer, directory: SampleDirectory) -> None:
    """Asterisk throws away what is pressed while no command runs: somebody must listen while the directory thinks."""

    class Hasty(Phone):
        def _answer(self, command: str) -> str:
            if command.startswith("WAIT FOR DIGIT 50") and "menu/main" not in self.heard:
                key, self.hasty = self.hasty[:1], self.hasty[1:]
                return f"200 result={ord(key) if key else 0}"
            return super()._answer(command)

        hasty = "110"

    directory.delay_seconds = 0.3
    phone = await Hasty().call(server.port)
    assert "menu/main" not in phone.heard
    assert phone.variables["__CC_QUEUE"] == "bill"


async def test_a_broken_flow_leaves_the_caller_with_an_agent(
    server: FastAgiServer, directory: SampleDirectory, metrics: Metrics, capsys: pytest.CaptureFixture[str]
) -> None:
    directory.broken = True
    phone = await Phone().call(server.port)
    assert phone.events[0] == ("AgentRequested", {"CallId": "n1-1.1", "Queue": "general", "Reason": "ivr_error"})
    assert phone.variables["CC_OUTCOME"] == "agent"
    assert list(phone.variables)[-1] == "CC_AGI_DONE"
    assert calls(metrics, "main", "failed") == 1
    written = capsys.readouterr().out
    assert "n1-1.1" in written
    assert "a bug of ours" in written


async def test_three_hundred_callers_at_once(server: FastAgiServer, metrics: Metrics) -> None:
    async with asyncio.timeout(60):
        phones = await asyncio.gather(*(Phone(BILL + "90").call(server.port) for _ in range(300)))
    assert all(phone.variables["CC_AGI_DONE"] == "1" for phone in phones)
    assert calls(metrics, "main", "agent") == 300
    assert server.running_calls == 0
