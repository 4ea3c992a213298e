"""A real Asterisk for tests: the hotline's node or the outside world's, rendered like in production."""

import datetime as dt
import os
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hotline.asterisk import Instance, command, prepare
from hotline.certificates import ensure_certificates
from hotline.installation import Installation, open_installation
from hotline.nodes import AgentPhones, hotline_node, outside_node
from hotline.probes import asterisk_booted, serves
from hotline.settings import HotlineSettings
from tests.support.processes import TestedProcess

NETWORK_ADDRESS = "198.18.0.1"
AGENTS = tuple(str(number) for number in range(8001, 8013))


def require_private_network() -> None:
    """Fixed ports and WebRTC media need a network of their own, as `make test` gives one."""
    listing = subprocess.run(["ip", "-brief", "address"], capture_output=True, text=True, check=False).stdout
    devices = [line.split()[0] for line in listing.splitlines()]
    if devices != ["lo"] or NETWORK_ADDRESS not in listing:
        pytest.fail(
            "run me by `docker/scripts/in-private-net.sh uv run pytest ...`: I use fixed ports and loopback media"
        )


def installation_for_tests(home: Path, **changes: Any) -> Installation:
    settings = HotlineSettings(home=home, ice_loopback=NETWORK_ADDRESS, **changes)
    installation = open_installation(settings)
    ensure_certificates(installation.certificates, ("127.0.0.1", "localhost"), dt.datetime.now(dt.UTC))
    return installation


def agent_phones() -> list[AgentPhones]:
    """Telephones of the demo agents with passwords of this test run; the real line takes them from the database."""
    return [AgentPhones(number, f"phone-{number}", f"browser-{number}") for number in AGENTS]


def hotline_asterisk(installation: Installation, agents: list[AgentPhones]) -> TestedProcess:
    instance = hotline_node(installation, agents)
    return _process(installation, instance, installation.settings.ami_port, "acd", installation.credentials.ami_acd)


def outside_asterisk(installation: Installation, phones: list[AgentPhones]) -> TestedProcess:
    instance = outside_node(installation, phones)
    recordings = installation.outside / "rec"
    recordings.mkdir(parents=True, exist_ok=True)
    return _process(
        installation, instance, installation.settings.outside_ami_port, "outside", installation.credentials.ami_outside
    )


def _process(installation: Installation, instance: Instance, port: int, user: str, secret: str) -> TestedProcess:
    prepare(instance, installation.project / "sounds", installation.settings.asterisk_root)
    site_packages = Path(pytest.__file__).parents[1]
    return TestedProcess(
        instance.name,
        command(instance, installation),
        {"PYTHONPATH": os.fspath(site_packages)},
        installation.logs / f"{instance.name}.log",
        partial(serves, partial(asterisk_booted, port, user, secret)),
    )
