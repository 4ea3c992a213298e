"""The parts of a running line, in order of start: command, environment (each gets only its own secrets), how to ask it.

`hotline run` hands them to supervisord, the tests start the same ones themselves.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hotline.asterisk import command, prepare
from hotline.bus import prepare_bus
from hotline.front import prepare_front
from hotline.installation import Installation, NodePlace
from hotline.leftovers import mark
from hotline.nodes import AgentPhones, hotline_node
from hotline.probes import asterisk_booted, health, port_answers, sip_answers


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    probe: Callable[[], list[str] | None]
    """Raises hotline.probes.Down when the part does not serve; may return a list of what is wrong although it does."""


def mosquitto(installation: Installation) -> Part:
    return Part(
        "mosquitto",
        "message bus",
        tuple(prepare_bus(installation)),
        _common(installation),
        partial(port_answers, installation.settings.mqtt_port),
    )


def telephony(installation: Installation, agents: list[AgentPhones]) -> list[Part]:
    """Every Asterisk node, and what stands in front of them when there are several."""
    nodes = [_asterisk(installation, agents, place) for place in installation.nodes]
    return nodes if len(nodes) == 1 else [*nodes, _front(installation, agents)]


def _asterisk(installation: Installation, agents: list[AgentPhones], place: NodePlace) -> Part:
    instance = hotline_node(installation, agents, place)
    prepare(instance, installation.project / "sounds", installation.settings.asterisk_root)
    return Part(
        place.part,
        "telephony",
        tuple(command(instance, installation)),
        _common(installation) | emergency_environment(installation),
        partial(asterisk_booted, place.ami_port, "acd", installation.credentials.ami_acd),
    )


def _front(installation: Installation, agents: list[AgentPhones]) -> Part:
    return Part(
        "kamailio",
        "front of the nodes",
        tuple(prepare_front(installation, agents)),
        _common(installation),
        partial(sip_answers, installation.settings.sip_port, installation.settings.bind),
    )


def ivr(installation: Installation) -> Part:
    return Part(
        "ivr",
        "voice menu",
        (sys.executable, "-m", "ivr"),
        _common(installation) | ivr_environment(installation),
        partial(health, installation.settings.ivr_observe_port),
    )


def acd(installation: Installation) -> Part:
    return Part(
        "acd",
        "call distribution",
        (sys.executable, "-m", "acd"),
        _common(installation) | acd_environment(installation),
        partial(health, installation.settings.acd_observe_port),
    )


def agent_api(installation: Installation) -> Part:
    return Part(
        "agent_api",
        "desk, tickets, statistics",
        (sys.executable, "-m", "agent_api"),
        _common(installation) | desk_environment(installation),
        partial(health, installation.settings.desk_port, installation.settings.bind),
    )


def emergency_environment(installation: Installation) -> dict[str, str]:
    """For the emergency script, which Asterisk starts inside its root with that root's own Python."""
    return {"PYTHONPATH": str(site_packages()), "HOTLINE_EMERGENCY_SPOOL": str(installation.emergency_spool)}


def ivr_environment(installation: Installation) -> dict[str, str]:
    settings = installation.settings
    return {
        "IVR_PORT": str(settings.fastagi_port),
        "IVR_OBSERVE_PORT": str(settings.ivr_observe_port),
        "IVR_DIRECTORY_URL": f"http://{settings.bind}:{settings.desk_port}",
        "IVR_DIRECTORY_TOKEN": installation.credentials.service_token,
        "IVR_DRAIN_LIMIT": "PT5S",
        "IVR_SOUNDS": str(installation.project / "sounds"),
        "IVR_MENUS_FILE": str(installation.folder / "menus.json"),
        "IVR_OWN_PROMPTS": str(installation.own_prompts),
        "IVR_MESSAGES": str(installation.messages_spool),
    }


def acd_environment(installation: Installation) -> dict[str, str]:
    settings = installation.settings
    return {
        **_watched_nodes(installation),
        "ACD_OBSERVE_PORT": str(settings.acd_observe_port),
        **_broker("ACD", installation, "acd", installation.credentials.mqtt_acd),
    }


def _watched_nodes(installation: Installation) -> dict[str, str]:
    secret = installation.credentials.ami_acd
    nodes = [
        {"name": node.name, "port": node.ami_port, "secret": secret, "call_records": str(node.cel_file)}
        for node in installation.nodes
    ]
    if len(nodes) > 1:
        return {"ACD_NODES": json.dumps(nodes)}
    return {f"ACD_AMI_{name.upper()}": str(nodes[0][name]) for name in ("port", "secret")} | {
        "ACD_AMI_USERNAME": "acd",
        "ACD_CALL_RECORDS": str(nodes[0]["call_records"]),
    }


def desk_environment(installation: Installation) -> dict[str, str]:
    settings = installation.settings
    return {
        "DESK_HOST": settings.bind,
        "DESK_PORT": str(settings.desk_port),
        "DESK_SERVICE_TOKEN": installation.credentials.service_token,
        "DESK_DATABASE_URL": installation.database_url,
        "DESK_SOFTPHONE_WS_URL": f"ws://{settings.bind}:{settings.asterisk_http_port}/ws",
        "DESK_SIP_DOMAIN": settings.bind,
        "DESK_RECORDINGS__SPOOLS": json.dumps({node.name: str(node.recordings_spool) for node in installation.nodes}),
        "DESK_SOUNDS_FOLDER": str(installation.project / "sounds"),
        # Everybody knows the demo's accounts: a code from somebody's telephone would only lock visitors out.
        **({"DESK_SECOND_FACTOR_ROLES": "[]"} if settings.demo_data else {}),
        "DESK_CHANNELS__WEB": json.dumps(settings.service_page),
        **_broker("DESK", installation, "agent_api", installation.credentials.mqtt_agent_api),
    }


def site_packages() -> Path:
    """Where this environment's packages are: the folder of the module `jinja2`, one of them."""
    import jinja2

    return Path(jinja2.__file__).parents[1]


def _broker(prefix: str, installation: Installation, username: str, password: str) -> dict[str, str]:
    return {
        f"{prefix}_BROKER__HOST": "127.0.0.1",
        f"{prefix}_BROKER__PORT": str(installation.settings.mqtt_port),
        f"{prefix}_BROKER__USERNAME": username,
        f"{prefix}_BROKER__PASSWORD": password,
    }


def _common(installation: Installation) -> dict[str, str]:
    return {"HOTLINE_HOME": str(installation.folder), "PYTHONUNBUFFERED": "1", **mark(installation.folder)}
