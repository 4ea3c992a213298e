"""What is up and what is wrong, in words a person can act on."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from hotline.installation import Installation
from hotline.probes import Down, asterisk_booted, health, port_answers, sip_answers
from hotline.supervision import running_pid

LOW_DISK_MB = 500


@dataclass(frozen=True)
class State:
    name: str
    up: bool
    problem: str
    """What is wrong; a part that is up may still have something to say."""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def states(installation: Installation) -> list[State]:
    settings = installation.settings
    asks: list[tuple[str, Callable[[], list[str] | None]]] = [
        ("supervisor", lambda: _supervised(installation)),
        ("mosquitto", lambda: port_answers(settings.mqtt_port)),
        *_telephony(installation),
        ("ivr", lambda: health(settings.ivr_observe_port)),
        ("acd", lambda: health(settings.acd_observe_port)),
        ("agent_api", lambda: health(settings.desk_port, settings.bind)),
        ("disk", lambda: _disk(installation)),
    ]
    return [_ask(name, ask, installation) for name, ask in asks]


def _telephony(installation: Installation) -> Iterator[tuple[str, Callable[[], None]]]:
    secret, settings = installation.credentials.ami_acd, installation.settings
    for node in installation.nodes:
        yield node.part, partial(asterisk_booted, node.ami_port, "acd", secret)
    if len(installation.nodes) > 1:
        yield "kamailio", partial(sip_answers, settings.sip_port, settings.bind)


def _ask(name: str, ask: Callable[[], list[str] | None], installation: Installation) -> State:
    try:
        return State(name, True, "; ".join(ask() or []))
    except Down as down:
        return State(name, False, f"{down}{last_words(installation, name)}")


def last_words(installation: Installation, name: str) -> str:
    """Where the log of a part that is down is, and how it ends."""
    log = installation.logs / f"{name}.log"
    if not log.exists():
        return ""
    lines = log.read_bytes()[-2000:].decode(errors="replace").split("\n")
    words = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"; {log} ends with: {words[:200]}"


def _supervised(installation: Installation) -> None:
    if running_pid(installation) is None:
        raise Down("the hotline is not started: make run")


def _disk(installation: Installation) -> None:
    free = shutil.disk_usage(installation.folder).free // 2**20
    if free < LOW_DISK_MB:
        raise Down(f"{free} MB free in {installation.folder}: recordings and events will soon be lost, free some space")
