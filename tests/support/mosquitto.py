"""A real mosquitto on a free port, that can be killed and started again with what it had kept."""

import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from acd.contracts.broker import BrokerSettings
from tests.support.processes import TestedProcess

BINARY = "/usr/sbin/mosquitto"
CONFIGURATION = """
listener {port} 127.0.0.1
allow_anonymous true
user {user}
persistence true
persistence_location {folder}/
autosave_on_changes true
autosave_interval 1
max_queued_messages 100000
log_dest stdout
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Mosquitto:
    """The broker under test; `process` starts, kills and restarts it on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        configuration = folder / "mosquitto.conf"
        configuration.write_text(CONFIGURATION.format(port=self.port, user=user, folder=folder))
        self.process = TestedProcess(
            "mosquitto",
            [BINARY, "-c", str(configuration)],
            {},
            folder / "mosquitto.log",
            partial(port_answers, self.port),
        )

    @property
    def settings(self) -> BrokerSettings:
        return BrokerSettings(port=self.port)


@pytest.fixture
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    broker = Mosquitto(tmp_path_factory.mktemp("mosquitto"))
    broker.process.start()
    yield broker
    broker.process.stop()
