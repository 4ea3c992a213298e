"""One installation: its settings, folders and credentials together. Knows where things are, starts nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotline.credentials import Credentials, load_credentials
from hotline.settings import HotlineSettings

NODE_PORTS_APART = 20


@dataclass(frozen=True)
class NodePlace:
    """One Asterisk of the hotline: its name, its folder, and the settings that differ from node to node."""

    name: str
    part: str
    folder: Path
    ports: dict[str, int]

    @property
    def sip_port(self) -> int:
        return self.ports["sip_port"]

    @property
    def ami_port(self) -> int:
        return self.ports["ami_port"]

    @property
    def cel_file(self) -> Path:
        return self.folder / "log" / "cel-custom" / "cel.csv"

    @property
    def recordings_spool(self) -> Path:
        """Where it records conversations."""
        return self.folder / "spool" / "recordings"

    def values(self) -> dict[str, Any]:
        return {"node": self.name, **self.ports}


@dataclass(frozen=True)
class Installation:
    settings: HotlineSettings
    credentials: Credentials

    @property
    def project(self) -> Path:
        return self.settings.project

    @property
    def folder(self) -> Path:
        return self.settings.folder

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def certificates(self) -> Path:
        return self.folder / "tls"

    @property
    def asterisk(self) -> Path:
        return self.folder / "asterisk"

    @property
    def nodes(self) -> list[NodePlace]:
        """One node has the public ports itself; of several each has its own, behind the front."""
        count = self.settings.nodes
        return [self._place(number, behind_front=count > 1) for number in range(1, count + 1)]

    def _place(self, number: int, behind_front: bool) -> NodePlace:
        settings, apart = self.settings, NODE_PORTS_APART * number if behind_front else 0
        names = ("sip_port", "sip_tls_port", "asterisk_http_port", "asterisk_https_port", "ami_port")
        ports = {name: getattr(settings, name) + apart for name in names}
        share = (settings.rtp_last - settings.rtp_first + 1) // settings.nodes
        first = settings.rtp_first + share * (number - 1)
        ports |= {"rtp_first": first, "rtp_last": first + share - 1}
        part = "asterisk" if number == 1 else f"asterisk-n{number}"
        return NodePlace(f"n{number}" if behind_front else settings.node, part, self.folder / part, ports)

    @property
    def front(self) -> Path:
        """Kamailio's folder."""
        return self.folder / "kamailio"

    @property
    def outside(self) -> Path:
        return self.folder / "outside"

    @property
    def emergency_spool(self) -> Path:
        """Where the emergency script leaves its reports."""
        return self.asterisk / "spool" / "emergency"

    @property
    def messages_spool(self) -> Path:
        """Where Asterisk records voice messages."""
        return self.asterisk / "spool" / "messages"

    @property
    def fax_spool(self) -> Path:
        """Where Asterisk leaves the pages of faxes to us."""
        return self.asterisk / "spool" / "fax"

    @property
    def own_prompts(self) -> Path:
        """What centres recorded or had spoken themselves; Asterisk plays from here."""
        return self.folder / "prompts"

    @property
    def cel_file(self) -> Path:
        return self.nodes[0].cel_file

    @property
    def database_url(self) -> str:
        return self.settings.database_url or f"sqlite+aiosqlite:///{self.folder / 'desk.sqlite3'}"


def open_installation(settings: HotlineSettings | None = None) -> Installation:
    """Make the folder and its credentials if they are not there yet."""
    settings = settings or HotlineSettings()
    settings.folder.mkdir(parents=True, exist_ok=True)
    # Asterisk, which is not root, must pass through; what is inside has rights of its own.
    settings.folder.chmod(settings.folder.stat().st_mode | 0o011)
    for name in ("log", "run"):
        (settings.folder / name).mkdir(exist_ok=True)
    return Installation(settings, load_credentials(settings.folder / "credentials.json"))
