"""The whole line of one installation: lay out its files, list its parts, start and watch them."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass

from hotline import parts, supervision
from hotline.announcements import write_announcements
from hotline.certificates import ensure_certificates
from hotline.database import agent_phones, prepare_database
from hotline.installation import Installation
from hotline.nodes import AgentPhones
from hotline.parts import Part
from hotline.probes import Down
from hotline.sound_folders import LANGUAGES

READY_SECONDS = 60


@dataclass(frozen=True)
class PartState:
    part: Part
    problem: str
    """Empty when the part serves."""


def lay_out(installation: Installation) -> tuple[list[Part], list[AgentPhones]]:
    """Write certificates, database and every part's configuration; returns the parts in order of start."""
    names = tuple(dict.fromkeys((installation.settings.bind, "127.0.0.1", "localhost")))
    ensure_certificates(installation.certificates, names, dt.datetime.now(dt.UTC))
    prepare_database(installation)
    agents = agent_phones(installation)
    line = [
        parts.mosquitto(installation),
        *parts.telephony(installation, agents),
        parts.agent_api(installation),
        parts.ivr(installation),
        parts.acd(installation),
    ]
    announce(installation, [agent.number for agent in agents])
    return line, agents


def announce(installation: Installation, agent_numbers: list[str]) -> None:
    """Make the spoken agent numbers; without the clips a general announcement is played instead."""
    for language in LANGUAGES:
        clips = installation.project / "sounds" / language
        if (clips / "digits").is_dir() and (clips / "agent" / "serves_you.wav").exists():
            for node in installation.nodes:
                write_announcements(agent_numbers, clips, node.folder / "data" / "sounds" / language / "agents")


def start(installation: Installation, line: list[Part]) -> Iterator[PartState]:
    """Start all parts under supervision; yields each as it serves, or with its problem when it does not in time."""
    configuration = supervision.write_configuration(installation, line)
    supervisor = supervision.start(configuration, installation.folder)
    deadline = time.monotonic() + READY_SECONDS
    for part in line:
        problem = look(part)
        while problem and supervisor.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
            problem = look(part)
        yield PartState(part, problem)


def look(part: Part) -> str:
    """What is wrong with a part in words, or nothing."""
    try:
        part.probe()
    except Down as down:
        return str(down)
    return ""
