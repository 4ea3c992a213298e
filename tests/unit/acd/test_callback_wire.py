"""What the calls back look like on the wire: the user events, the Originates, and an Originate that failed."""

import pytest

from acd.adapters.ami_actions import encode
from acd.contracts.ids import AgentId, CallbackId, ChannelName, QueueName
from acd.contracts.vocabulary import QueueExit
from acd.core import facts
from acd.core.effects import DialPromised, RingForPromise
from acd.core.errors import BadMessage
from acd.core.messages.translate import translate
from tests.support.floor import MONDAY_TEN, NODE

pytestmark = pytest.mark.unit

LEG = "n1-callback-p1-1"
SAID = {"Event": "UserEvent", "Timestamp": "1795399200.5", "CallId": "n1-1.1", "Channel": "PJSIP/trunk-1"}


def told(name: str, **fields: str) -> facts.Fact | None:
    return translate({**SAID, "UserEvent": name, **fields}, NODE)


def test_what_the_waiting_room_says() -> None:
    asked, left = told("CallerAsked", What="message"), told("QueueLeft", How="menu")
    assert isinstance(asked, facts.CallerAsked)
    assert asked.what == "message"
    assert isinstance(left, facts.QueueLeft)
    assert left.how is QueueExit.MENU
    with pytest.raises(BadMessage):
        told("QueueLeft", How="vanished")


@pytest.mark.parametrize(("spoken", "language"), [("en", "en"), ("zh", "zh"), ("", "zh"), ("xx", "zh")])
def test_the_wish_for_a_call(spoken: str, language: str) -> None:
    wanted = told("CallbackWanted", Number="13900000001", Language=spoken)
    assert isinstance(wanted, facts.CallbackWanted)
    assert (wanted.number, wanted.language) == ("13900000001", language)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("CallbackAnswered", facts.CallbackAnswered), ("CallbackAgentReady", facts.CallbackAgentReady)],
)
def test_who_has_answered(name: str, kind: type[facts.CallbackAnswered | facts.CallbackAgentReady]) -> None:
    answered = told(name, CallbackId="p1")
    assert isinstance(answered, kind)
    assert answered.callback_id == "p1"
    with pytest.raises(BadMessage):
        told(name)


@pytest.mark.parametrize("leg", [LEG, f"{LEG}-agent"])
def test_a_call_that_was_not_made(leg: str) -> None:
    failed = {"Event": "OriginateResponse", "Response": "Failure", "Reason": "3", "Timestamp": "1795399200.5"}
    fact = translate({**failed, "ActionID": leg}, NODE)
    assert isinstance(fact, facts.CallbackNotDialled)
    assert fact.unique_id == leg


def test_the_call_brings_everything_it_needs_without_an_acd() -> None:
    dial = DialPromised(
        NODE, CallbackId("p1"), LEG, "13900000001", 30, QueueName("bill"), 5, MONDAY_TEN, "en", ChannelName("Local/x;1")
    )
    (message,) = encode(dial)
    assert (message["Channel"], message["ChannelId"], message["Context"]) == (
        "PJSIP/13900000001@trunk",
        LEG,
        "cc-callback",
    )
    assert set(message["Variable"]) == {
        "__CC_CALLBACK_ID=p1",
        "__CC_CALLER=13900000001",
        "__CC_DID=10010",
        "__CC_QUEUE=bill",
        "__CC_PRIORITY=5",
        f"__CC_QUEUED_AT={int(MONDAY_TEN.timestamp())}",
        "__CC_LANGUAGE=en",
        "__CC_AGENT_CHANNEL=Local/x;1",
    }


def test_agent_first_rings_both_phones() -> None:
    (message,) = encode(RingForPromise(NODE, CallbackId("p1"), LEG, AgentId("8001"), "zh"))
    assert message["Channel"] == "Local/8001@cc-callback-agent/n"
    assert message["ActionID"] == f"{LEG}-agent"
    assert f"__CC_CALL_ID={LEG}" in message["Variable"]
