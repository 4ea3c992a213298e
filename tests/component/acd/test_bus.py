"""The bus on a real mosquitto: order, outages, commands good and bad, presence."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import aiomqtt
import pytest

from acd.adapters.bus import Bus
from acd.adapters.journal import Outgoing
from acd.contracts import topics
from acd.contracts.codec import encode
from acd.contracts.commands import ReadyAgent
from acd.contracts.ids import AgentId
from acd.core.facts import CommandArrived
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component


async def until(check: Callable[[], bool], what: str, within: float = 10) -> None:
    async def asked() -> bool:
        return check()

    await eventually_async(asked, what, within)


class Reader:
    """Hears everything from now on; survives the broker's restarts."""

    def __init__(self, port: int) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self._port = port
        self.ready = asyncio.Event()

    async def run(self) -> None:
        while True:
            try:
                async with aiomqtt.Client("127.0.0.1", self._port, identifier="reader", clean_session=False) as client:
                    await client.subscribe("cc/v1/#", qos=1)
                    self.ready.set()
                    async for message in client.messages:
                        assert isinstance(message.payload, bytes)
                        self.heard.append((str(message.topic), message.payload))
            except aiomqtt.MqttError:
                await asyncio.sleep(0.1)

    def of(self, prefix: str) -> list[bytes]:
        return [payload for topic, payload in self.heard if topic.startswith(prefix)]


@pytest.fixture
async def reader(mosquitto: Mosquitto) -> AsyncIterator[Reader]:
    reader = Reader(mosquitto.port)
    task = asyncio.create_task(reader.run())
    await reader.ready.wait()
    yield reader
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def commands() -> list[CommandArrived]:
    return []


@pytest.fixture
async def bus(mosquitto: Mosquitto, commands: list[CommandArrived]) -> AsyncIterator[Bus]:
    bus = Bus(mosquitto.settings, commands.append)
    bus.start()
    await until(lambda: bus.up, "connected")
    yield bus
    await bus.stop(within=1)


def numbered(first: int, last: int) -> list[Outgoing]:
    return [Outgoing(f"cc/v1/evt/test/{number}/told", str(number).encode()) for number in range(first, last)]


def distinct(payloads: list[bytes]) -> list[int]:
    """In the order of their first arrival: twice is allowed, overtaking is not."""
    return list(dict.fromkeys(int(payload) for payload in payloads))


async def publish(broker: Mosquitto, topic: str, payload: bytes) -> None:
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        await client.publish(topic, payload, qos=1)


def ready(agent_id: str) -> ReadyAgent:
    return ReadyAgent(
        command_id=uuid4(), not_after=datetime.now(UTC) + timedelta(seconds=5), agent_id=AgentId(agent_id)
    )


async def test_messages_arrive_in_order(bus: Bus, reader: Reader) -> None:
    bus.post(numbered(0, 1000))
    await until(lambda: len(reader.of("cc/v1/evt")) >= 1000, "all of them")
    assert distinct(reader.of("cc/v1/evt")) == list(range(1000))
    await until(lambda: bus.backlog() == 0, "acknowledged")


async def test_what_was_queued_while_the_broker_was_dead_is_sent(
    mosquitto: Mosquitto, bus: Bus, reader: Reader
) -> None:
    bus.post(numbered(0, 100))
    await until(lambda: len(reader.of("cc/v1/evt")) >= 100, "the first hundred")
    mosquitto.process.kill()
    bus.post(numbered(100, 200))
    await until(lambda: not bus.up, "the loss noticed")
    assert "no connection" in bus.detail
    bus.post(numbered(200, 300))
    mosquitto.process.start()
    await until(lambda: len(distinct(reader.of("cc/v1/evt"))) == 300, "the rest", within=20)
    assert distinct(reader.of("cc/v1/evt")) == list(range(300))


async def test_a_broker_that_is_not_there_at_the_start(mosquitto: Mosquitto, commands: list[CommandArrived]) -> None:
    mosquitto.process.kill()
    bus = Bus(mosquitto.settings, commands.append)
    bus.start()
    bus.post(numbered(0, 10))
    await until(lambda: "no connection" in bus.detail, "the reason in words")
    mosquitto.process.start()
    await until(lambda: bus.up and bus.backlog() == 0, "sent at last", within=15)
    await bus.stop()


async def test_a_full_outbox_drops_the_oldest_and_counts(
    mosquitto: Mosquitto, bus: Bus, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acd.adapters.bus.OUTBOX_LIMIT", 50)
    mosquitto.process.kill()
    await until(lambda: not bus.up, "the loss noticed")
    bus.post(numbered(0, 120))
    assert (bus.backlog(), bus.dropped) == (50, 70)
    mosquitto.process.start()
    await until(lambda: len(distinct(reader.of("cc/v1/evt"))) == 50, "the newest", within=20)
    assert distinct(reader.of("cc/v1/evt")) == list(range(70, 120))


async def test_commands_are_delivered(mosquitto: Mosquitto, bus: Bus, commands: list[CommandArrived]) -> None:
    command = ready("8001")
    await publish(mosquitto, topics.command_topic(command), encode(command))
    await until(lambda: len(commands) == 1, "the command")
    assert commands[0].command == command


async def test_a_command_sent_while_we_were_away_waits_for_us(
    mosquitto: Mosquitto, bus: Bus, commands: list[CommandArrived]
) -> None:
    await bus.stop()
    command = ready("8001")
    await publish(mosquitto, topics.command_topic(command), encode(command))
    again = Bus(mosquitto.settings, commands.append)
    again.start()
    await until(lambda: len(commands) == 1, "the command")
    await again.stop()


async def test_a_bad_command_goes_to_the_dead_letters_without_its_content(
    mosquitto: Mosquitto, bus: Bus, reader: Reader, commands: list[CommandArrived]
) -> None:
    secret = b'{"type": "dialer.dial_debtor", "number": "13900000009"}'
    await publish(mosquitto, "cc/v1/cmd/acd/dialer/dial_debtor", secret)
    await publish(mosquitto, "cc/v1/cmd/acd/tomorrow", b'{"type": "agent.teleport"}')
    await publish(mosquitto, "cc/v1/cmd/acd/agent/ready", b"\xff\xfe")
    await until(lambda: bus.bad_commands == 3, "three bad ones")
    await until(lambda: len(reader.of(topics.DEAD_LETTER)) == 2, "the dead letters")
    assert b"13900000009" not in b"".join(reader.of(topics.DEAD_LETTER))
    assert not commands


async def test_states_are_told_again_to_a_broker_that_forgot(mosquitto: Mosquitto, bus: Bus) -> None:
    topic = "cc/v1/state/agent/8001"
    bus.post([Outgoing(topic, b"ready", retain=True)])
    await until(lambda: bus.backlog() == 0, "sent")
    mosquitto.process.kill()
    await until(lambda: not bus.up, "the loss noticed")
    bus.post([Outgoing(topic, b"talking", retain=True), Outgoing(topic, b"wrap_up", retain=True)])
    mosquitto.process.start()
    await until(lambda: bus.up and bus.backlog() == 0, "sent again", within=15)
    async with aiomqtt.Client("127.0.0.1", mosquitto.port) as late:
        await late.subscribe(topic)
        async with asyncio.timeout(5):
            async for message in late.messages:
                if message.payload == b"wrap_up":
                    break


def presence(reader: Reader) -> list[tuple[bool, str]]:
    told = [json.loads(payload) for payload in reader.of(topics.process_state_topic("acd"))]
    return [(shown["up"], shown["detail"].get("state", "")) for shown in told]


async def test_presence_and_good_bye(bus: Bus, reader: Reader) -> None:
    await until(lambda: (True, "") in presence(reader), "present")
    await bus.stop()
    await until(lambda: presence(reader)[-1] == (False, "stopped"), "gone")
