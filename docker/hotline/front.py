"""The front of several nodes: writes Kamailio's folder and says how to run it. Starts nothing itself.

One node needs none of it: telephones and trunk then meet Asterisk directly.
"""

import hashlib
import shutil
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from hotline.credentials import write_private
from hotline.installation import Installation
from hotline.nodes import CUSTOMER_PHONES, AgentPhones
from hotline.service_user import give, service_user

REALM = "hotline"
"""As in pjsip.conf: a browser signs in at this front and at a node with one digest."""
SHARED_MEGABYTES = 64
SIP_PORT = 5060
MODULES = (
    "jsonrpcs", "kex", "corex", "cfgutils", "tm", "tmx", "sl", "rr", "pv", "maxfwd", "textops", "siputils", "sanity",
    "ipops", "db_text", "htable", "auth", "usrloc", "registrar", "nathelper", "dialog", "dispatcher", "tls", "xhttp",
    "websocket",
)  # fmt: skip


def prepare_front(installation: Installation, agents: list[AgentPhones]) -> list[str]:
    """Write the folder anew; returns the command that runs Kamailio in the foreground."""
    folder = installation.front
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "db").mkdir(parents=True)
    nodes = [f"{installation.settings.bind}:{node.sip_port}" for node in installation.nodes]
    for name in ("server.pem", "server.key"):
        shutil.copyfile(installation.certificates / name, folder / name)
    (folder / "dispatcher.list").write_text("".join(f"1 sip:{node}\n" for node in nodes))
    _write_phones(folder / "db", installation, agents)
    (folder / "kamailio.cfg").write_text(_configuration(installation, nodes))
    owner = service_user(folder, "kamailio")
    give(folder, owner)
    options = ["-DD", "-E", "-f", str(folder / "kamailio.cfg"), "-m", str(SHARED_MEGABYTES), "-w", str(folder)]
    return ["/usr/sbin/kamailio", *options, "-u", owner.pw_name]


def _configuration(installation: Installation, nodes: list[str]) -> str:
    source = installation.project / "docker" / "kamailio" / "kamailio.cfg.tmpl"
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True, autoescape=False)
    settings = installation.settings
    host, _, port = settings.trunk_address.partition(":")
    own = {
        "folder": installation.front,
        "modules": MODULES,
        "nodes": nodes,
        "realm": REALM,
        "trunk_address": f"{host}:{port or SIP_PORT}",
        "trunk_networks": settings.trunk_match.replace(" ", ""),
    }
    return environment.from_string(source.read_text()).render(settings.model_dump() | own)


def _write_phones(folder: Path, installation: Installation, agents: list[AgentPhones]) -> None:
    """Who may register, in the text format of Kamailio's db_text. Only digests of the passwords are written."""
    passwords = {user: installation.credentials.customer_phone for user, _ in CUSTOMER_PHONES}
    for agent in agents:
        passwords |= {agent.number: agent.phone_password, f"{agent.number}w": agent.browser_password}
    rows = (f"{name}:{_digest(name, password)}" for name, password in sorted(passwords.items()))
    write_private(folder / "phones", "\n".join(("name(string) ha1(string)", *rows)) + "\n")
    (folder / "version").write_text("table_name(string) table_version(int)\nphones:2\n")


def _digest(name: str, password: str) -> str:
    """What SIP's digest sign-in is checked against (RFC 2617 leaves no choice of the hash)."""
    return hashlib.md5(f"{name}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()
