"""AMI messages to facts: what is read, what is ignored, what is refused because a header is missing."""

from datetime import UTC, datetime

import pytest

from acd.contracts.ids import NodeName
from acd.contracts.vocabulary import AttemptCode, Device, IvrOutcome
from acd.core import facts
from acd.core.errors import BadMessage
from acd.core.facts import Fact, LegState
from acd.core.messages.headers import Message, agent_of
from acd.core.messages.translate import live_leg, translate

pytestmark = pytest.mark.unit

N1 = NodeName("n1")
AT = datetime(2026, 11, 21, 23, 7, 31, 500000, tzinfo=UTC)
STAMP = f"{AT.timestamp():.6f}"
TRUNK, PHONE = "PJSIP/trunk-00000001", "PJSIP/8001w-0000002a"
OUTSIDE, PHONE_2 = "PJSIP/trunk-00000002", "PJSIP/8002-0000002b"


def user_event(name: str, **headers: str) -> dict[str, str]:
    return {
        "Event": "UserEvent", "UserEvent": name, "Timestamp": STAMP, "Channel": TRUNK, "CallId": "n1-1.1", **headers,
    }  # fmt: skip


def contact(aor: str, status: str = "Reachable") -> dict[str, str]:
    return {"Event": "ContactStatus", "Timestamp": STAMP, "AOR": aor, "ContactStatus": status}


def leg(event: str, channel: str = TRUNK, call_id: str = "n1-1.1", **headers: str) -> dict[str, str]:
    return {
        "Event": event, "Timestamp": STAMP, "Channel": channel, "Uniqueid": "n1-1.7",
        "ChanVariable": f"CC_CALL_ID={call_id}", **headers,
    }  # fmt: skip


def dial(event: str, **headers: str) -> dict[str, str]:
    return (
        leg(event) | {"DestChannel": PHONE, "DestUniqueid": "n1-1.8", "DestChanVariable": "CC_CALL_ID=n1-1.1"} | headers
    )


def attended(target: str, result: str = "Success") -> dict[str, str]:
    return {
        "Event": "AttendedTransfer", "Timestamp": STAMP, "Result": result, "OrigTransfererChannel": PHONE,
        "OrigTransfererChanVariable": "CC_CALL_ID=n1-1.1", "TransferTargetChannel": target,
    }  # fmt: skip


def spying(event: str, leg_id: str) -> dict[str, str]:
    return {"Event": event, "Timestamp": STAMP, "SpyerUniqueid": leg_id, "SpyerChannel": PHONE_2}


USER = (AT, N1, "n1-1.1", TRUNK)
UNKNOWN = (None, "", (), None, False)
"""Of a waiting caller: since when, centre, marks, manager, whether that one has a telephone outside."""
LEG = (AT, N1, TRUNK, "n1-1.7", "n1-1.1", None)
PHONE_LEG = (AT, N1, PHONE, "n1-1.7", "n1-1.1", "8001")
ON_PHONE = (AT, N1, "8001", PHONE, "n1-1.1")

READ: list[tuple[dict[str, str], object]] = [
    (user_event("CallOffered", Did="10010", Caller="139"), (facts.CallArrived, *USER, "10010", "139")),
    (user_event("CallOffered"), (facts.CallArrived, *USER, "", "")),
    (user_event("IvrAnswered"), (facts.MenuAnswered, *USER)),
    (
        user_event("IvrVisited", Node="main+bill+own", Key="1+1+", Outcome="ok+ok+timeout"),
        (
            facts.MenuVisited,
            *USER,
            (facts.Visit("main", "1", "ok"), facts.Visit("bill", "1", "ok"), facts.Visit("own", "", "timeout")),
        ),
    ),
    (user_event("Identified", Customer="C1", AuthLevel="2"), (facts.CallerIdentified, *USER, "C1", 2)),
    (user_event("AgentRequested", Queue="bill", Reason="key_0"), (facts.AgentWanted, *USER, "bill", "key_0")),
    (user_event("IvrLeft", Outcome="agent"), (facts.MenuLeft, *USER, IvrOutcome.AGENT)),
    (user_event("CallWaiting", Queue="vip", Priority="3"), (facts.CallerWaiting, *USER, "vip", 3, *UNKNOWN)),
    (
        user_event(
            "CallWaiting",
            Queue="vip",
            Center="js-nj",
            Marks="vip-repeated-nonsense",
            Manager="8001",
            ManagerPhone="yes",
        ),
        (facts.CallerWaiting, *USER, "vip", 0, None, "js-nj", ("vip", "repeated"), "8001", True),
    ),
    (user_event("CallWaiting", Queue="vip", Priority=""), (facts.CallerWaiting, *USER, "vip", 0, *UNKNOWN)),
    (user_event("AgentLost"), (facts.AgentLost, *USER)),
    (contact("8001w"), (facts.PhoneReachable, AT, N1, "8001", Device.BROWSER)),
    (contact("8001"), (facts.PhoneReachable, AT, N1, "8001", Device.PHONE)),
    (user_event("FallbackWaiting", Queue="vip", Priority="0"), (facts.CallerInFallback, *USER, "vip", 0, None)),
    (user_event("SurveyAnswered", Satisfaction="3", Reason="2"), (facts.CallerSurveyed, *USER, 3, "2")),
    (user_event("AttemptAnswered", AttemptId="a1"), (facts.AttemptPickedUp, *USER, "a1")),
    (user_event("AttemptResult", AttemptId="a1", Code="BUSY"), (facts.AttemptJudged, *USER, "a1", AttemptCode.BUSY)),
    (leg("Newchannel"), (facts.LegOpened, *LEG)),
    (leg("Newchannel", PHONE), (facts.LegOpened, *PHONE_LEG)),
    (leg("Newstate", ChannelState="5"), (facts.LegAlerted, *LEG)),
    (leg("Newstate", PHONE, ChannelState="5"), (facts.PhoneAlerted, *ON_PHONE)),
    (leg("Newstate", PHONE, ChannelState="6"), (facts.PhoneAnswered, *ON_PHONE)),
    (leg("HangupRequest"), (facts.HangupAsked, *LEG)),
    (leg("Hangup", Cause="17"), (facts.LegGone, *LEG, 17)),
    (leg("Hangup", PHONE, Cause="16"), (facts.LegGone, *PHONE_LEG, 16)),
    (dial("DialBegin"), (facts.PhoneDialled, *ON_PHONE)),
    (dial("DialEnd", DialStatus="ANSWER"), (facts.PhoneAnswered, *ON_PHONE)),
    (dial("DialEnd", DialStatus="BUSY"), (facts.PhoneFailed, *ON_PHONE, "BUSY")),
    (leg("Hold", PHONE), (facts.PhoneHeld, *ON_PHONE)),
    (leg("Unhold", PHONE), (facts.PhoneResumed, *ON_PHONE)),
    (
        {"Event": "OriginateResponse", "Timestamp": STAMP, "Response": "Failure", "ActionID": "a1", "Reason": "3"},
        (facts.OriginateFailed, AT, N1, "a1", 3),
    ),
    (
        {
            "Event": "BlindTransfer", "Timestamp": STAMP, "TransfererChannel": PHONE,
            "TransfererChanVariable": "CC_CALL_ID=n1-1.1", "Extension": "8002",
        },
        (facts.BlindTransferred, AT, N1, "n1-1.1", PHONE, "8002"),
    ),
    (user_event("AgentRejoined", Status="BUSY"), (facts.AgentRejoined, *USER)),
    (dial("DialBegin", DestChannel=OUTSIDE), (facts.OutsideDialled, AT, N1, "n1-1.1", OUTSIDE)),
    (dial("DialEnd", DestChannel=OUTSIDE, DialStatus="ANSWER"), (facts.OutsideAnswered, AT, N1, "n1-1.1", OUTSIDE)),
    (attended(PHONE_2), (facts.AttendedTransferred, AT, N1, "n1-1.1", PHONE, PHONE_2)),
    (spying("ChanSpyStart", "spy-1-8101-n1-1.1"), (facts.SpyStarted, AT, N1, "spy-1-8101-n1-1.1", PHONE_2)),
    (
        {"Event": "OriginateResponse", "Timestamp": STAMP, "Response": "Failure", "ActionID": "spy-1-8101-n1-1.1"},
        (facts.SpyNotReached, AT, N1, "spy-1-8101-n1-1.1"),
    ),
]  # fmt: skip


def fields(fact: Fact | None) -> tuple[object, ...]:
    assert fact is not None
    return (type(fact), *(getattr(fact, name) for name in fact.__dataclass_fields__))


@pytest.mark.parametrize(
    ("message", "expected"),
    READ,
    ids=lambda value: value.get("UserEvent", value["Event"]) if isinstance(value, dict) else "",
)
def test_read(message: dict[str, str], expected: object) -> None:
    assert fields(translate(message, N1)) == expected


IGNORED: list[dict[str, str]] = [
    contact("8001w", "Removed"),
    contact("trunk"),
    {},
    {"Event": "RTCPSent"},
    {"Event": "QueueCallerAbandon", "Timestamp": STAMP, "Channel": TRUNK},
    user_event("SomethingOfTheirs"),
    dial("DialEnd", DestChannel=OUTSIDE, DialStatus="BUSY"),
    attended("Local/8002@cc-phone-transfer-00000001;1"),  # by keys: the dial has told the real one
    attended(PHONE_2, "Fail"),
    spying("ChanSpyStart", "n1-1700000000.7"),
    leg("Newchannel", "Local/8001@cc-queue-member-00000001;1"),
    leg("Hangup", "Local/8001@cc-queue-member-00000001;2"),
    leg("Newstate", ChannelState="6"),  # the customer's channel is up: nothing to say
    leg("Newstate", PHONE, ChannelState="0"),
    leg("Newstate", PHONE, "", ChannelState="6"),  # the agent calls somebody
    dial("DialBegin", DestChannel="Local/8001@cc-queue-member-00000001;1"),
    dial("DialBegin", DestChanVariable="CC_CALL_ID="),  # a colleague rings a colleague
    dial("DialEnd", DialStatus="CANCEL"),
    leg("Hold", TRUNK),
    leg("Hold", PHONE, ""),
    {"Event": "OriginateResponse", "Timestamp": STAMP, "Response": "Success", "ActionID": "a1"},
    {"Event": "BlindTransfer", "Timestamp": STAMP, "TransfererChannel": PHONE, "Extension": "8002"},
]


@pytest.mark.parametrize("message", IGNORED)
def test_ignored(message: dict[str, str]) -> None:
    assert translate(message, N1) is None


@pytest.mark.parametrize(
    ("message", "_"), READ, ids=lambda value: value.get("UserEvent", value["Event"]) if isinstance(value, dict) else ""
)
def test_a_required_header_is_named_when_missing(message: dict[str, str], _: object) -> None:
    without_time = {name: value for name, value in message.items() if name != "Timestamp"}
    with pytest.raises(BadMessage, match="Timestamp"):
        translate(without_time, N1)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (user_event("CallWaiting", Priority="0"), "Queue missing"),
        (user_event("CallWaiting", Queue="bill", Priority="high"), "Priority is no number"),
        (user_event("CallWaiting", Queue="a/b", Priority="0"), "characters it must not"),
        (user_event("CallOffered", CallId="n1/#"), "characters it must not"),
        (user_event("CallOffered", CallId=""), "CallId missing"),
        (user_event("IvrLeft", Outcome="flew away"), "unknown IvrOutcome"),
        (user_event("SurveyAnswered", Satisfaction="4"), "none of 1, 2, 3"),
        (user_event("AttemptResult", AttemptId="a1", Code="MAYBE"), "unknown AttemptCode"),
        (user_event("AttemptAnswered"), "AttemptId missing"),
        (leg("Hangup") | {"Timestamp": "inf"}, "a time is no number"),
        (leg("Hangup", call_id="a b"), "characters it must not"),
        (dial("DialEnd"), "DialStatus missing"),
    ],
)
def test_refused(message: dict[str, str], reason: str) -> None:
    with pytest.raises(BadMessage, match=reason):
        translate(message, N1)


def test_a_repeated_header_is_no_text() -> None:
    message: Message = {**leg("Hangup", Cause="16"), "ChanVariable": ["A=1", "CC_CALL_ID=n1-1.1", "B=2"]}
    gone = translate(message, N1)
    assert isinstance(gone, facts.LegGone)
    assert gone.call_id == "n1-1.1"
    with pytest.raises(BadMessage, match="Channel missing"):
        translate({**leg("Hangup"), "Channel": [TRUNK, TRUNK]}, N1)


@pytest.mark.parametrize(
    ("channel", "agent"),
    [
        ("PJSIP/8001-0000002a", "8001"),
        ("PJSIP/8001w-0000002a", "8001"),
        ("PJSIP/123456w-0", "123456"),
        ("PJSIP/trunk-0000002a", None),
        ("PJSIP/123-0000002a", None),
        ("PJSIP/1234567-0000002a", None),
        ("Local/8001@cc-queue-member-00000000;1", None),
        ("PJSIP/8001x-0000002a", None),
    ],
)
def test_whose_telephone(channel: str, agent: str | None) -> None:
    assert agent_of(channel) == agent


def test_a_live_channel() -> None:
    listed: Message = {
        "Event": "Status",
        "Channel": TRUNK,
        "Uniqueid": "n1-1.1",
        "ChannelState": "6",
        "CallerIDNum": "13900000001",
        "Context": "cc-waiting",
        "Seconds": "42",
        "ChanVariable": "CC_CALL_ID=n1-1.1",
        "Variable": [
            "CC_QUEUE=bill",
            "CC_PRIORITY=2",
            "CC_DID=10010",
            "CC_ATTEMPT_ID=(null)",
            "CC_AGENT=8001",
            "MEMBERNAME=8002",
            f"CC_QUEUED_AT={int(AT.timestamp())}",
        ],
    }
    found = live_leg(listed)
    assert found is not None
    assert (found.channel, found.state, found.context, found.age_seconds) == (TRUNK, LegState.UP, "cc-waiting", 42)
    assert (found.queue, found.priority, found.did, found.caller) == ("bill", 2, "10010", "13900000001")
    assert (found.attempt_id, found.queued_at) == (None, AT.replace(microsecond=0))
    assert found.served_by == "8002"


def test_a_live_channel_that_is_no_call_of_ours() -> None:
    listed: Message = {"Event": "Status", "Channel": PHONE, "Uniqueid": "n1-1.9", "CallerIDNum": "<unknown>"}
    found = live_leg(listed)
    assert found is not None
    assert (found.call_id, found.agent_id, found.caller, found.queued_at) == ("", "8001", "", None)
    assert live_leg({"Event": "Status", "Channel": "Local/8001@cc-queue-member-1;1"}) is None
