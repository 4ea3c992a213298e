"""The caller's trip to the password menu, and faxes: commands that move channels and keep nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from acd.contracts import events
from acd.contracts.commands import SendFax, SendToPasswordMenu
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import AgentState, PasswordResult
from acd.core import facts
from acd.core.effects import DialFax, Hangup, RedirectPair, SetVariables
from tests.support.floor import NODE, Floor, caller_channel, phone_channel

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    floor = Floor()
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.answers("8001", "c1")  # the end of the dial: the announcement is over
    floor.forget()
    return floor


def send(floor: Floor, agent: str = "8001", call: str = "c1") -> events.CommandDone:
    head = {"command_id": uuid4(), "not_after": floor.now + timedelta(seconds=5)}
    return floor.command(
        SendToPasswordMenu(**head, agent_id=AgentId(agent), call_id=CallId(call), number="13900000001")  # type: ignore[arg-type]
    )


def test_both_legs_move_at_once_and_the_call_stays_connected(floor: Floor) -> None:
    assert send(floor).ok
    told = floor.actions(SetVariables)[-1]
    assert told.values == (
        (Variable.AGENT_CHANNEL, phone_channel("8001")),
        (Variable.VERIFY_NUMBER, "13900000001"),
    )
    moved = floor.actions(RedirectPair)[-1]
    assert (moved.channel, moved.context) == (caller_channel("c1"), Context.PASSWORD)
    assert (moved.other, moved.other_context) == (phone_channel("8001"), Context.AGENT_WAITS)
    assert floor.state_of("8001") is AgentState.TALKING


def test_the_agent_learns_the_result_and_nothing_else(floor: Floor) -> None:
    send(floor)
    floor.tell(
        facts.PasswordChecked(floor.now, NODE, CallId("c1"), caller_channel("c1"), PasswordResult.FAIL),
    )
    assert floor.last(events.CallPasswordChecked).result == "fail"


def test_who_hangs_up_in_the_password_menu_takes_the_waiting_agent_along(floor: Floor) -> None:
    send(floor)
    floor.caller_hangs_up("c1")
    assert floor.actions(Hangup) == [Hangup(NODE, phone_channel("8001"))]
    assert floor.state_of("8001") is AgentState.WRAP_UP


def test_only_the_agent_in_the_call_may_send_its_caller(floor: Floor) -> None:
    floor.login("8002")
    assert send(floor, agent="8002").code == "call.wrong_state"
    assert send(floor, agent="8003").code == "agent.not_logged_in"
    assert send(floor, call="c9").code == "call.wrong_state"
    assert not floor.actions(RedirectPair)


def test_nobody_is_moved_while_the_agent_number_is_still_spoken() -> None:
    floor = Floor()
    floor.login("8001")
    floor.talks("8001", "c1")
    assert send(floor).code == "call.wrong_state"
    floor.answers("8001", "c1")
    assert send(floor).ok


def test_a_fax_is_dialled_and_its_result_published(floor: Floor) -> None:
    fax = SendFax(
        command_id=uuid4(),
        not_after=floor.now + timedelta(seconds=5),
        fax_id="m-17",
        number="02588880001",
        file="/var/lib/hotline/fax/m-17.tif",
    )
    assert floor.command(fax).ok
    assert floor.actions(DialFax) == [DialFax(NODE, "m-17", "02588880001", "/var/lib/hotline/fax/m-17.tif")]
    floor.tell(facts.FaxOver(floor.now, NODE, "m-17", True, 2, ""))
    told = floor.last(events.FaxFinished)
    assert (told.fax_id, told.ok, told.pages) == ("m-17", True, 2)


def test_no_line_no_fax(floor: Floor) -> None:
    floor.link_lost()
    fax = SendFax(
        command_id=uuid4(), not_after=floor.now + timedelta(seconds=5), fax_id="m", number="0258888", file="/a.tif"
    )
    assert floor.command(fax).code == "dialer.no_line"
