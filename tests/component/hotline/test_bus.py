"""The real mosquitto with our configuration: passwords, rights, and what it keeps over a restart."""

import socket
from collections.abc import AsyncGenerator, Iterator
from functools import partial
from pathlib import Path

import aiomqtt
import pytest

from hotline.bus import prepare_bus
from hotline.credentials import Credentials
from hotline.installation import Installation
from hotline.probes import port_answers, serves
from hotline.settings import HotlineSettings
from tests.support.processes import TestedProcess

pytestmark = pytest.mark.component


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o711)  # mosquitto is not root and must pass through pytest's folders
    return Installation(HotlineSettings(home=tmp_path, mqtt_port=port), Credentials())


@pytest.fixture
def mosquitto(installation: Installation) -> Iterator[TestedProcess]:
    ready = partial(serves, partial(port_answers, installation.settings.mqtt_port))
    process = TestedProcess("mosquitto", prepare_bus(installation), {}, installation.folder / "mosquitto.log", ready)
    yield process.start()
    process.stop()


def connect(installation: Installation, user: str, password: str) -> aiomqtt.Client:
    return aiomqtt.Client(
        "127.0.0.1",
        installation.settings.mqtt_port,
        username=user,
        password=password,
        protocol=aiomqtt.ProtocolVersion.V5,
    )


async def test_only_who_knows_the_password_gets_in(installation: Installation, mosquitto: TestedProcess) -> None:
    for user, password in (("acd", "wrong"), ("nobody", installation.credentials.mqtt_acd)):
        with pytest.raises(aiomqtt.MqttError):
            async with connect(installation, user, password):
                pytest.fail("let in")
    with pytest.raises(aiomqtt.MqttError):
        async with aiomqtt.Client("127.0.0.1", installation.settings.mqtt_port):
            pytest.fail("let in without a name")


async def heard_by_watch(installation: Installation) -> AsyncGenerator[str]:
    async with connect(installation, "watch", installation.credentials.mqtt_watch) as client:
        await client.subscribe("cc/v1/#", qos=1)
        yield "listening"
        async for message in client.messages:
            yield str(message.topic)


async def test_facts_come_from_the_acd_alone_and_commands_from_the_desk_alone(
    installation: Installation, mosquitto: TestedProcess
) -> None:
    credentials = installation.credentials
    topics = heard_by_watch(installation)
    assert await anext(topics) == "listening"
    async with connect(installation, "agent_api", credentials.mqtt_agent_api) as desk:
        await desk.publish("cc/v1/evt/call/forged/ended", b"{}", qos=0)
        await desk.publish("cc/v1/cmd/acd/agent/ready", b"{}", qos=1)
    assert await anext(topics) == "cc/v1/cmd/acd/agent/ready"
    async with connect(installation, "acd", credentials.mqtt_acd) as acd:
        await acd.publish("cc/v1/cmd/acd/agent/ready", b"{}", qos=0)
        await acd.publish("cc/v1/evt/call/real/ended", b"{}", qos=1)
    assert await anext(topics) == "cc/v1/evt/call/real/ended"
    await topics.aclose()


async def test_retained_state_survives_a_restart(installation: Installation, mosquitto: TestedProcess) -> None:
    async with connect(installation, "acd", installation.credentials.mqtt_acd) as acd:
        await acd.publish("cc/v1/state/agent/8001", b"ready", qos=1, retain=True)
    mosquitto.restart()
    async with connect(installation, "agent_api", installation.credentials.mqtt_agent_api) as desk:
        await desk.subscribe("cc/v1/state/#")
        message = await anext(aiter(desk.messages))
    assert message.payload == b"ready"


def test_nobody_else_can_read_the_passwords(installation: Installation) -> None:
    prepare_bus(installation)
    passwords = installation.folder / "mosquitto" / "passwords"
    assert passwords.stat().st_mode & 0o077 == 0
    assert installation.credentials.mqtt_acd not in passwords.read_text()
