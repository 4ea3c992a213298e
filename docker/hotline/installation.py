"""One installation: its settings, folders and credentials together. Knows where things are, starts nothing."""

from dataclasses import dataclass
from pathlib import Path

from hotline.credentials import Credentials, load_credentials
from hotline.settings import HotlineSettings


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
    def recordings_spool(self) -> Path:
        """Where Asterisk records conversations."""
        return self.asterisk / "spool" / "recordings"

    @property
    def own_prompts(self) -> Path:
        """What centres recorded or had spoken themselves; Asterisk plays from here."""
        return self.folder / "prompts"

    @property
    def cel_file(self) -> Path:
        return self.asterisk / "log" / "cel-custom" / "cel.csv"

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
