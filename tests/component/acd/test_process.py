"""The whole process between a scripted Asterisk and a real mosquitto: calls, replay, kill -9, health."""

import asyncio
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiomqtt
import pytest

from acd.contracts import topics
from acd.contracts.codec import encode
from acd.contracts.commands import Command, LoginAgent, ReplayEvents
from acd.contracts.ids import AgentId, QueueName
from tests.support.ami_peer import AmiPeer, live_channel
from tests.support.mosquitto import Mosquitto, free_port
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

TRUNK, PHONE = "PJSIP/trunk-1", "PJSIP/8001w-0000002a"
CALL = "n1-1795302551.0"


class Acd:
    """`python -m acd` as a process, what it says on the bus, and a hand on its commands."""

    def __init__(self, peer: AmiPeer, broker: Mosquitto, folder: Path) -> None:
        self.folder, self.observe_port = folder, free_port()
        self.events: list[dict[str, Any]] = []
        self.states: dict[str, dict[str, Any]] = {}
        self._broker = broker
        self._environment = os.environ | {
            "ACD_AMI_PORT": str(peer.port),
            "ACD_AMI_SECRET": "secret",
            "ACD_BROKER__PORT": str(broker.port),
            "ACD_OBSERVE_PORT": str(self.observe_port),
            "ACD_JOURNAL": str(folder / "journal.sqlite3"),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with (self.folder / "acd.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "acd", env=self._environment, stdout=log, stderr=log
            )
        await self.until(lambda: self._health()[0] == 200, "healthy", within=20)

    async def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), 15)

    async def listen(self) -> None:
        async with aiomqtt.Client("127.0.0.1", self._broker.port) as client:
            await client.subscribe("cc/v1/#", qos=1)
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                topic, payload = str(message.topic), json.loads(message.payload)
                if "/evt/" in topic:
                    self.events.append(payload)
                elif "/state/" in topic:
                    self.states[topic.removeprefix("cc/v1/state/")] = payload

    async def command(self, command: Command) -> dict[str, Any]:
        async with aiomqtt.Client("127.0.0.1", self._broker.port) as client:
            await client.publish(topics.command_topic(command), encode(command), qos=1)

        def answers() -> list[dict[str, Any]]:
            return [event for event in self.events if event.get("command_id") == str(command.command_id)]

        await self.until(lambda: bool(answers()), f"an answer to {command.type}")
        return answers()[0]

    async def login(self, agent_id: str = "8001") -> None:
        done = await self.command(
            LoginAgent(**head(), agent_id=AgentId(agent_id), queues=(QueueName("general"),), ready=True)
        )
        assert done["ok"], done

    def of_call(self, call_id: str = CALL) -> list[str]:
        return [event["type"] for event in self.events if event.get("call_id") == call_id and "call." in event["type"]]

    async def said(self, kind: str, within: float = 5) -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            return [event for event in self.events if event["type"] == kind]

        await self.until(lambda: bool(found()), kind, within)
        return found()[-1]

    def _health(self) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.observe_port}/health", timeout=1) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except OSError:
            return 0, {}

    async def health(self) -> tuple[int, dict[str, Any]]:
        return await asyncio.to_thread(self._health)

    async def metrics(self) -> str:
        def read() -> str:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.observe_port}/metrics", timeout=1) as answer:
                return str(answer.read().decode())

        return await asyncio.to_thread(read)

    @staticmethod
    async def until(check: Callable[[], bool], what: str, within: float = 5) -> None:
        await eventually_async(lambda: asyncio.to_thread(check), what, within)


def head() -> dict[str, Any]:
    return {"command_id": uuid4(), "not_after": datetime.now(UTC) + timedelta(seconds=5)}


@pytest.fixture
async def acd(peer: AmiPeer, mosquitto: Mosquitto, tmp_path: Path) -> AsyncIterator[Acd]:
    acd = Acd(peer, mosquitto, tmp_path)
    listening = asyncio.create_task(acd.listen())
    await acd.start()
    yield acd
    await acd.end(signal.SIGTERM)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


def call_arrives(peer: AmiPeer) -> None:
    peer.user_event("CallOffered", CALL, Did="10010", Caller="13900000001")
    peer.user_event("IvrAnswered", CALL)
    peer.user_event("AgentRequested", CALL, Queue="general", Reason="key_0")
    peer.user_event("IvrLeft", CALL, Outcome="agent")
    peer.user_event("CallWaiting", CALL, Queue="general", Priority="0")


async def agent_answers(acd: Acd, peer: AmiPeer) -> None:
    await acd.until(lambda: "Redirect" in peer.names(), "the delivery")
    peer.dial_event("DialBegin", PHONE, CALL)
    peer.channel_event("Newstate", PHONE, CALL, ChannelState="5")
    peer.channel_event("Newstate", PHONE, CALL, ChannelState="6")
    peer.dial_event("DialEnd", PHONE, CALL, DialStatus="ANSWER")
    await acd.said("call.connected")


def all_hang_up(peer: AmiPeer) -> None:
    peer.channel_event("HangupRequest", TRUNK, CALL, Cause="16")
    peer.channel_event("Hangup", PHONE, CALL, Cause="16")
    peer.channel_event("Hangup", TRUNK, CALL, Cause="16")


async def test_a_call_from_the_trunk_to_the_bus(acd: Acd, peer: AmiPeer) -> None:
    await acd.login()
    call_arrives(peer)
    await agent_answers(acd, peer)
    all_hang_up(peer)
    await acd.said("call.ended")
    assert acd.of_call() == [
        "call.offered", "call.ivr_answered", "call.agent_requested", "call.ivr_left", "call.queued",
        "call.agent_ringing", "call.connected", "call.ended",
    ]  # fmt: skip
    redirect = peer.sent("Redirect")[0]
    assert (redirect["Channel"], redirect["Context"], redirect["Exten"]) == (TRUNK, "cc-deliver", "8001")
    assert [event["seq"] for event in acd.events] == list(range(1, len(acd.events) + 1))
    await acd.until(lambda: acd.states["agent/8001"]["state"] == "wrap_up", "the retained state")
    await acd.until(lambda: acd.states.get("queue/general", {}).get("agents_busy") == 1, "the queue's board")
    assert acd.states["process/acd"]["up"]


async def test_the_lease_is_held(acd: Acd, peer: AmiPeer) -> None:
    def leases() -> list[str]:
        return [str(told["Value"]) for told in peer.sent("Setvar") if told["Variable"] == "CC_ACD_LEASE"]

    await acd.until(lambda: len(leases()) >= 2, "two renewals", within=8)
    assert 5 <= int(leases()[-1]) - datetime.now(UTC).timestamp() <= 10


async def test_events_are_replayed_as_they_were(acd: Acd, peer: AmiPeer) -> None:
    call_arrives(peer)
    await acd.said("call.queued")
    first = list(acd.events)
    done = await acd.command(ReplayEvents(**head(), stream=UUID(first[0]["stream"]), after_seq=first[1]["seq"]))
    assert done["ok"]
    again = acd.events[len(first) : -1]
    assert again == [event for event in first if event["seq"] > first[1]["seq"]]
    unknown = await acd.command(ReplayEvents(**head(), stream=uuid4(), after_seq=0))
    assert unknown["code"] == "replay.unknown_stream"


async def test_a_kill_in_mid_call_loses_nothing(acd: Acd, peer: AmiPeer) -> None:
    await acd.login()
    call_arrives(peer)
    await agent_answers(acd, peer)
    talking_since = datetime.now(UTC)
    before = len(acd.events)
    first_stream = acd.events[0]["stream"]
    peer.legs = [live_channel(TRUNK, CALL, "cc-deliver"), live_channel(PHONE, CALL, "cc-agent")]
    await acd.end(signal.SIGKILL)
    await acd.until(lambda: not acd.states["process/acd"]["up"], "the last will", within=30)
    await acd.start()
    all_hang_up(peer)
    ended = await acd.said("call.ended")
    really = (datetime.now(UTC) - talking_since).total_seconds() * 1000
    assert really - 1500 <= ended["talk_ms"] <= really + 500
    assert (ended["incomplete"], ended["agent_id"], ended["hangup_side"]) == (False, "8001", "customer")
    assert acd.of_call().count("call.connected") == 1
    assert {event["stream"] for event in acd.events[before:]} != {first_stream}
    done = await acd.command(ReplayEvents(**head(), stream=UUID(first_stream), after_seq=0))
    assert done["ok"]  # the old stream can still be had


async def test_a_call_gone_during_the_outage_is_ended_incomplete(acd: Acd, peer: AmiPeer) -> None:
    await acd.login()
    call_arrives(peer)
    await agent_answers(acd, peer)
    await acd.end(signal.SIGKILL)
    await acd.start()
    ended = await acd.said("call.ended")
    assert (ended["incomplete"], ended["hangup_side"]) == (True, "system")


async def test_asterisk_away_is_said_and_got_over(acd: Acd, peer: AmiPeer) -> None:
    call_arrives(peer)
    await acd.said("call.queued")
    await peer.stop()
    await acd.said("acd.link_down")
    status, told = await acd.health()
    assert status == 503
    assert "connection lost" in told["parts"]["asterisk n1"]
    assert told["parts"]["bus"] == told["parts"]["journal"] == "ok"
    peer.legs = [live_channel(TRUNK, CALL, "cc-waiting")]
    await peer.start()
    await acd.until(lambda: [e["type"] for e in acd.events].count("acd.link_up") == 2, "in step again", within=10)
    await acd.login()
    await acd.until(lambda: "Redirect" in peer.names(), "the delivery of the caller who waited on")
    assert acd.of_call() == [
        "call.offered",
        "call.ivr_answered",
        "call.agent_requested",
        "call.ivr_left",
        "call.queued",
    ]


async def test_calls_go_on_without_a_bus(acd: Acd, peer: AmiPeer, mosquitto: Mosquitto) -> None:
    await acd.login()
    mosquitto.process.kill()
    call_arrives(peer)
    await acd.until(lambda: "Redirect" in peer.names(), "the delivery")
    await acd.until(lambda: acd._health()[0] == 503, "the health page")
    _, told = await acd.health()
    assert "no connection to the broker" in told["parts"]["bus"]


async def test_metrics(acd: Acd, peer: AmiPeer) -> None:
    await acd.login()
    call_arrives(peer)
    await acd.said("call.queued")
    told = await acd.metrics()
    for line in (
        'acd_link_up{of="n1"} 1.0',
        "acd_bus_up 1.0",
        'acd_facts_total{of="CallerWaiting"} 1.0',
        "acd_crashes_total 0.0",
        "acd_decision_seconds_count",
        'acd_agents{of="reserved"} 1.0',
    ):
        assert line in told, line


async def test_an_orderly_end_says_good_bye(acd: Acd) -> None:
    assert await acd.end(signal.SIGTERM) == 0
    await acd.until(lambda: not acd.states["process/acd"]["up"], "gone")
    assert acd.states["process/acd"]["detail"] == {"state": "stopped"}


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [("ACD_AMI_PORT", "many", "ami_port"), ("ACD_QUEUES_FILE", "/nowhere/queues.toml", "/nowhere/queues.toml")],
)
async def test_wrong_settings_are_said_and_nothing_starts(name: str, value: str, word: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "acd", "run", "--check", env=os.environ | {name: value}, stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await process.communicate()
    assert process.returncode == 2
    assert word in complaint.decode()
