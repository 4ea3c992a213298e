"""The manager link against an Asterisk that splits, lies, hangs and goes away."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from acd.adapters.node_link import NodeLink
from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import AgentId, AttemptId, ChannelName, NodeName, QueueName
from acd.core import effects, facts
from acd.core.facts import AnyFact
from tests.support.ami_peer import AmiPeer, live_channel, message
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

N1 = NodeName("n1")
CHANNEL = ChannelName("PJSIP/trunk-1")


class Heard:
    """What the link delivered; asks for the resync as the core does."""

    def __init__(self, peer: AmiPeer, silence_limit: timedelta) -> None:
        self.facts: list[AnyFact] = []
        self.link = NodeLink(peer.node, self._deliver, silence_limit=silence_limit, ping_every=timedelta(seconds=0.1))

    def _deliver(self, fact: AnyFact) -> None:
        self.facts.append(fact)
        if isinstance(fact, facts.LinkUp):
            self.link.run(effects.AskLegs(N1, fact.at))

    def of(self, kind: type[AnyFact]) -> list[AnyFact]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    async def until(self, check: Callable[[], bool], what: str, within: float = 5) -> None:
        async def asked() -> bool:
            return check()

        await eventually_async(asked, what, within)

    async def in_step(self) -> "Heard":
        self.link.start()
        await self.until(lambda: self.link.up, "in step with the node")
        return self


@pytest.fixture
async def heard(peer: AmiPeer) -> AsyncIterator[Heard]:
    heard = Heard(peer, timedelta(seconds=20))
    yield heard
    await heard.link.stop()


def originate() -> effects.Originate:
    return effects.Originate(N1, AttemptId("a1"), "n1-a1", "13900000002", "zh", 30)


async def test_a_character_split_over_two_reads_stays_whole(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    await peer.say_in_bits(
        message(
            {
                "Event": "UserEvent",
                "UserEvent": "IvrVisited",
                "Timestamp": "1795302551.5",
                "Channel": CHANNEL,
                "CallId": "n1-1.1",
                "Node": "main",
                "Key": "1",
                "Outcome": "中国联通客户",
            }
        )
    )
    await heard.until(lambda: bool(heard.of(facts.MenuVisited)), "the event")
    visited = heard.of(facts.MenuVisited)[0]
    assert isinstance(visited, facts.MenuVisited)
    assert visited.visits[0].outcome == "中国联通客户"
    assert visited.at.timestamp() == 1795302551.5


async def test_a_burst_keeps_its_order(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    for number in range(2000):
        peer.user_event("IvrAnswered", f"n1-1.{number}")
    await heard.until(lambda: len(heard.of(facts.MenuAnswered)) == 2000, "all of the burst", within=15)
    assert [fact.call_id for fact in heard.of(facts.MenuAnswered) if isinstance(fact, facts.CallFact)] == [
        f"n1-1.{number}" for number in range(2000)
    ]


@pytest.mark.parametrize("bad", ["x\r\nAction: Originate", "x\nFoo: bar", "x\0", "x\x7f"])
async def test_a_control_character_never_reaches_the_wire(peer: AmiPeer, heard: Heard, bad: str) -> None:
    await heard.in_step()
    heard.link.run(effects.Redirect(N1, ChannelName(bad), Context.DELIVER, "8001"))
    heard.link.run(effects.SetVariables(N1, CHANNEL, ((Variable.AHEAD, bad),)))
    heard.link.run(effects.SetGlobal(N1, Variable.ACD_LEASE, "1"))
    await heard.until(lambda: peer.names() == ["Setvar"], "the harmless action alone")
    assert [fact.channel for fact in heard.of(facts.RedirectRefused) if isinstance(fact, facts.RedirectRefused)] == [
        bad
    ]


async def test_every_action_on_the_wire(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    agent, queue = AgentId("8001"), QueueName("general")
    for action in (
        effects.Redirect(N1, CHANNEL, Context.DELIVER, "8001"),
        effects.Hangup(N1, CHANNEL),
        effects.SetVariables(N1, CHANNEL, ((Variable.WAIT_MINUTES, "3"), (Variable.AHEAD, "2"))),
        effects.SetGlobal(N1, Variable.ACD_LEASE, "1795302551"),
        originate(),
        effects.AddMember(N1, queue, agent, True),
        effects.RemoveMember(N1, queue, agent),
        effects.PauseMember(N1, agent, False),
    ):
        heard.link.run(action)
    await heard.until(lambda: len(peer.names()) == 9, "nine messages")
    told = [
        {key: value for key, value in action.items() if key != "ActionID"}
        for action in peer.actions
        if action["Action"] != "Ping"  # comes whenever it is time
    ]
    member = "Local/8001@cc-queue-member/n"
    redirect = {"Context": "cc-deliver", "Exten": "8001", "Priority": "1"}
    assert told[-9:] == [
        {"Action": "Redirect", "Channel": CHANNEL, **redirect},
        {"Action": "Hangup", "Cause": "16", "Channel": CHANNEL},
        {"Action": "Setvar", "Channel": CHANNEL, "Value": "3", "Variable": "CC_WAIT_MINUTES"},
        {"Action": "Setvar", "Channel": CHANNEL, "Value": "2", "Variable": "CC_AHEAD"},
        {"Action": "Setvar", "Value": "1795302551", "Variable": "CC_ACD_LEASE"},
        {
            "Action": "Originate",
            "Async": "true",
            "CallerID": "10010",
            "Channel": "PJSIP/13900000002@trunk",
            "ChannelId": "n1-a1",
            "Context": "cc-outbound",
            "Exten": "s",
            "Priority": "1",
            "Timeout": "30000",
            "Variable": ["__CC_ATTEMPT_ID=a1", "__CC_LANGUAGE=zh"],
        },
        {
            "Action": "QueueAdd",
            "Interface": member,
            "MemberName": "8001",
            "Paused": "true",
            "Queue": "cc-general",
            "StateInterface": "hint:8001@cc-hints",
        },
        {"Action": "QueueRemove", "Interface": member, "Queue": "cc-general"},
        {"Action": "QueuePause", "Interface": member, "Paused": "false"},
    ]
    assert peer.sent("Originate")[0]["ActionID"] == "a1"


async def test_the_resync_lists_what_is_alive(peer: AmiPeer, heard: Heard) -> None:
    peer.legs = [
        live_channel("PJSIP/trunk-1", "n1-1.1", "cc-waiting"),
        live_channel("PJSIP/8001w-0000002a", "n1-1.2", "cc-agent", state="5", seconds=3),
        live_channel("Local/8001@cc-queue-member-1;1", "n1-1.2", "cc-queue-member"),
    ]
    await heard.in_step()
    resynced = heard.of(facts.Resynced)[0]
    assert isinstance(resynced, facts.Resynced)
    assert [(leg.channel, leg.call_id, leg.agent_id, leg.state.value) for leg in resynced.legs] == [
        ("PJSIP/trunk-1", "n1-1.1", None, "up"),
        ("PJSIP/8001w-0000002a", "n1-1.2", "8001", "ringing"),
    ]


async def test_an_originate_in_flight_is_not_sent_again(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    peer.unanswered = {"Originate", "Redirect"}
    heard.link.run(originate())
    heard.link.run(effects.Redirect(N1, CHANNEL, Context.DELIVER, "8001"))
    await heard.until(lambda: len(peer.names()) == 2, "both on the wire")
    await peer.drop()
    await heard.until(lambda: len(heard.of(facts.LinkUp)) == 2 and heard.link.up, "the second connection")
    heard.link.run(effects.Hangup(N1, CHANNEL))
    await heard.until(lambda: "Hangup" in peer.names(), "an action on the new link")
    assert peer.names() == ["Originate", "Redirect", "Hangup"]
    assert len(heard.of(facts.LinkDown)) == 1


async def test_an_action_without_a_link_fails_at_once(peer: AmiPeer, heard: Heard) -> None:
    heard.link.run(originate())
    heard.link.run(effects.Redirect(N1, CHANNEL, Context.DELIVER, "8001"))
    assert [type(fact).__name__ for fact in heard.facts] == ["OriginateFailed", "RedirectRefused"]


async def test_a_refused_action_is_told(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    peer.errors = {"Redirect", "Originate"}
    heard.link.run(effects.Redirect(N1, CHANNEL, Context.DELIVER, "8001"))
    heard.link.run(originate())
    await heard.until(lambda: len(heard.of(facts.OriginateFailed)) == 1, "the refusals")
    assert len(heard.of(facts.RedirectRefused)) == 1


async def test_an_action_never_answered_is_told(peer: AmiPeer, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acd.adapters.node_link.ANSWER_WITHIN", 0.3)
    await heard.in_step()
    peer.unanswered = {"Redirect"}
    heard.link.run(effects.Redirect(N1, CHANNEL, Context.DELIVER, "8001"))
    await heard.until(lambda: bool(heard.of(facts.RedirectRefused)), "the deadline")


async def test_the_event_with_a_response_header_is_an_event(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    heard.link.run(originate())
    await heard.until(lambda: bool(peer.sent("Originate")), "the dial")
    peer.say("OriginateResponse", ActionID="a1", Response="Failure", Reason="3", Uniqueid="n1-a1")
    await heard.until(lambda: bool(heard.of(facts.OriginateFailed)), "its failure")


async def test_a_hung_asterisk_is_noticed_and_found_again(peer: AmiPeer) -> None:
    heard = await Heard(peer, timedelta(seconds=0.6)).in_step()
    peer.mute = True
    await heard.until(lambda: bool(heard.of(facts.LinkDown)), "the silence")
    assert not heard.link.up
    peer.mute = False
    await heard.until(lambda: heard.link.up, "the next connection", within=10)
    assert peer.connections >= 2
    await heard.link.stop()


async def test_a_quiet_asterisk_is_not_a_hung_one(peer: AmiPeer) -> None:
    """Answered pings are a sign of life."""
    heard = await Heard(peer, timedelta(seconds=0.6)).in_step()
    pings = len(peer.sent("Ping"))
    await heard.until(lambda: len(peer.sent("Ping")) > pings + 10, "ten pings later", within=10)
    assert peer.connections == 1
    await heard.link.stop()


async def test_a_resync_that_does_not_end_closes_the_link(
    peer: AmiPeer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acd.adapters.node_link.ANSWER_WITHIN", 0.3)
    peer.unanswered = {"Status"}
    heard.link.start()
    await heard.until(lambda: peer.connections >= 2, "another try", within=10)
    peer.unanswered = set()
    await heard.until(lambda: heard.link.up, "in step", within=10)


async def test_a_wrong_secret_is_said_in_words(peer: AmiPeer, heard: Heard) -> None:
    peer.refuse_login = True
    heard.link.start()
    await heard.until(lambda: "refuses" in heard.link.detail, "the reason")
    await peer.drop()
    peer.refuse_login = False
    await heard.until(lambda: heard.link.up, "let in at last", within=10)


async def test_bad_messages_are_skipped_and_counted(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    peer.say_raw(b"Event: UserEvent\r\nUserEvent: CallWaiting\r\n\r\n")
    peer.say_raw(b"Event: Hangup\r\nTimestamp: soon\r\nChannel: PJSIP/trunk-1\r\n\r\n")
    peer.say_raw(b"nonsense\r\n\r\n\r\n\r\n: \r\n\r\n\xff\xfe\r\n\r\n")
    peer.user_event("CallWaiting", "../../etc", Queue="general", Priority="0")
    peer.user_event("IvrLeft", "n1-1.1", Outcome="who knows")
    peer.user_event("IvrAnswered", "n1-1.1")
    await heard.until(lambda: bool(heard.of(facts.MenuAnswered)), "the good one")
    assert heard.link.bad_messages == 4


async def test_a_message_without_end_closes_the_link(peer: AmiPeer, heard: Heard) -> None:
    await heard.in_step()
    peer.say_raw(b"Event: " + b"x" * (1 << 20) + b"y")
    await heard.until(lambda: peer.connections == 2 and heard.link.up, "a new connection", within=10)


async def test_a_machine_on_which_nobody_listens_any_more_is_told_apart_from_a_silent_one(
    peer: AmiPeer, heard: Heard
) -> None:
    await heard.in_step()
    await peer.stop()
    await heard.until(lambda: bool(heard.of(facts.NodeDied)), "word that Asterisk is gone", within=8)
    assert heard.of(facts.LinkDown)
    await peer.start()
    await heard.until(lambda: heard.link.up, "back in step", within=8)
    assert len(heard.of(facts.NodeDied)) == 1


async def test_a_resync_brings_app_queues_members(peer: AmiPeer, heard: Heard) -> None:
    peer.members = [{"Queue": "cc-general", "Name": "8001", "Paused": "1"}]
    await heard.in_step()
    resynced = heard.of(facts.Resynced)[0]
    assert isinstance(resynced, facts.Resynced)
    assert resynced.members == (facts.LiveMember(QueueName("general"), AgentId("8001"), paused=True),)
