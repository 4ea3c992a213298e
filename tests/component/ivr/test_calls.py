"""Whole calls over a real socket: what Asterisk is told to do, and what it is told at the end."""

import asyncio

import pytest

from ivr.observe import Metrics
from ivr.phrases import Phrase
from ivr.ports import Caller
from ivr.server import FastAgiServer
from tests.component.ivr.conftest import SampleDirectory
from tests.component.ivr.peer import Phone, calls, header

pytestmark = pytest.mark.component


async def test_a_caller_who_wants_an_agent(server: FastAgiServer) -> None:
    phone = await Phone("0").call(server.port)
    assert phone.commands == [
        'EXEC UserEvent "Identified,CallId: n1-1.1,Customer: C1,AuthLevel: 1"',
        'STREAM FILE "welcome" "0123456789*#" 0',
        'STREAM FILE "notice_recording" "0123456789*#" 0',
        'GET DATA "menu/main" 5000 1',
        'EXEC UserEvent "IvrVisited,CallId: n1-1.1,Node: main,Key: 0,Outcome: agent"',
        'STREAM FILE "to_agent" "0123456789*#" 0',
        'EXEC UserEvent "AgentRequested,CallId: n1-1.1,Queue: general,Reason: agent"',
        'EXEC UserEvent "IvrLeft,CallId: n1-1.1,Outcome: agent"',
        'EXEC MSet "CC_OUTCOME=agent,__CC_QUEUE=general,CC_AGI_DONE=1"',
    ]


async def test_the_bill_is_read_in_one_command_and_the_menu_waits_in_the_next(server: FastAgiServer) -> None:
    phone = await Phone("11#135790#0").call(server.port)
    at = next(place for place, line in enumerate(phone.commands) if "bill/number_intro" in line)
    assert phone.commands[at].startswith('EXEC Background "bill/number_intro&digits/yao&digits/3&digits/9&')
    assert phone.commands[at + 1] == 'GET DATA "menu/bill_result" 5000 1'
    assert phone.variables["__CC_QUEUE"] == "bill"
    assert len(phone.commands) <= 24


async def test_password_and_number_go_nowhere_but_to_the_directory(
    server: FastAgiServer, capfd: pytest.CaptureFixture[str]
) -> None:
    phone = await Phone("1113900000002#135790#0").call(server.port)
    told = str(phone.events) + str(phone.variables) + "".join(capfd.readouterr())
    assert ("Identified", {"CallId": "n1-1.1", "Customer": "C1", "AuthLevel": "2"}) in phone.events
    assert "135790" not in told + str(phone.commands)
    assert "13900000002" not in told


async def test_a_served_caller_leaves_by_self_service(server: FastAgiServer) -> None:
    phone = await Phone("11#135790#").call(server.port)
    assert phone.variables == {"CC_OUTCOME": "self_service", "CC_AGI_DONE": "1"}
    assert phone.heard[-1] == Phrase.GOODBYE


async def test_survey_answers_are_reported_and_nothing_else(server: FastAgiServer) -> None:
    phone = await Phone("32").call(server.port, header("survey", args=["n1-7.1"]))
    assert [name for name, _ in phone.events] == ["SurveyAnswered", "SurveyAnswered"]
    assert phone.events[-1][1] == {"CallId": "n1-7.1", "Satisfaction": "3", "Reason": "competence"}


async def test_dunning_reports_the_result_with_call_and_attempt(server: FastAgiServer) -> None:
    phone = await Phone("12").call(server.port, header("dunning", args=["att-1", "n1-8.1"]))
    assert ("AttemptResult", {"CallId": "n1-8.1", "AttemptId": "att-1", "Code": "PROMISE"}) in phone.events


async def test_vip_queue_and_priority_reach_the_dialplan(server: FastAgiServer, directory: SampleDirectory) -> None:
    directory.company.caller = Caller(True, "C9", level="vip")
    phone = await Phone().call(server.port)
    assert (phone.variables["__CC_QUEUE"], phone.variables["__CC_PRIORITY"]) == ("vip", "10")


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
    phone = await Phone("0").call(server.port, header(caller=caller_id))
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
    assert Phrase.MENU_MAIN not in phone.heard
    assert Phrase.MENU_BILL not in phone.heard
    assert [fields["Key"] for name, fields in phone.events if name == "IvrVisited"] == ["1", "0"]


async def test_star_deletes_what_was_keyed(server: FastAgiServer, directory: SampleDirectory) -> None:
    await Phone("11138*13900000002#111111135790#0").call(server.port)
    assert directory.company.wrong_entries == 1


async def test_a_slow_answer_is_bridged_by_a_word(server: FastAgiServer, directory: SampleDirectory) -> None:
    directory.delay_seconds = 1.2
    phone = await Phone("11#135790#0").call(server.port)
    assert Phrase.PLEASE_WAIT in phone.heard
    assert Phrase.BILL_MONTH_TOTAL in phone.heard


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
        phones = await asyncio.gather(*(Phone("11#135790#90").call(server.port) for _ in range(300)))
    assert all(phone.variables["CC_AGI_DONE"] == "1" for phone in phones)
    assert calls(metrics, "main", "agent") == 300
    assert server.running_calls == 0
