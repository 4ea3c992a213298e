"""What this process can be told from outside. Read once in the composition root, passed down as values."""

import os
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from acd.contracts.broker import BrokerSettings
from agent_api.channels.settings import ChannelSettings
from agent_api.crm.settings import CrmSettings
from agent_api.customers.rules import ProductType
from agent_api.exchange.settings import ExchangeSettings
from agent_api.messages.settings import MessageSettings
from agent_api.recordings.settings import RecordingSettings
from agent_api.trouble_tickets.settings import TroubleTicketSettings

PACKAGE = Path(__file__).parent


def home() -> Path:
    """Folder of the installation's runtime state."""
    return Path(os.environ.get("HOTLINE_HOME", "var"))


def default_database() -> str:
    return f"sqlite+aiosqlite:///{home() / 'desk.sqlite3'}"


class Settings(BaseSettings):
    """Every value is DESK_<NAME> in the environment, secrets also a file of that name in the secrets folder."""

    model_config = SettingsConfigDict(env_prefix="DESK_", env_nested_delimiter="__", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = Field(default_factory=default_database)
    broker: BrokerSettings = BrokerSettings()
    consumer: str = Field(default="agent-api-1", pattern=r"^[A-Za-z0-9-]{1,40}$")
    """Name of this replica at the broker: its subscription and its place in the event streams survive a restart."""

    service_token: SecretStr = Field(min_length=16)
    """Shared with the ivr process, which sends it with every question."""
    timezone: str = "Asia/Shanghai"
    """The centre's local day: "today" in figures and calling hours."""

    softphone_ws_url: str = "ws://127.0.0.1:8088/ws"
    sip_domain: str = "127.0.0.1"
    cookie_secure: bool = False
    """True when the desk is served over https."""
    desk_folder: Path = PACKAGE / "desk" / "dist"

    ended_products: list[ProductType] = []
    """Business lines that are no longer offered, e.g. ["PAGING"]: callers who ask for them are told so."""

    home_folder: Path = Field(default_factory=home)
    """Of the installation: pages of faxes and unsent mails are kept below it."""
    messages: MessageSettings = MessageSettings()
    recordings: RecordingSettings = RecordingSettings()
    crm: CrmSettings = CrmSettings()
    trouble_tickets: TroubleTicketSettings = TroubleTicketSettings()
    channels: ChannelSettings = ChannelSettings()
    exchange: ExchangeSettings = ExchangeSettings()
    sounds_folder: Path = PACKAGE.parent / "sounds"
    """The prompts of the product: manifest/, rendered.json and the files."""
    queues_file: Path = PACKAGE.parent / "acd" / "queues.toml"
    """The ACD's own list; a menu may send callers to these queues."""
    prompts_folder: Path = Field(default_factory=lambda: home() / "prompts")
    """Own prompts of the centres; Asterisk plays them from the same path."""
    speech_command: str = ""
    """Speaks texts instead of espeak-ng: reads the text, writes a WAV, {language} is zh or en. For example
    `uv run sounds/speak.py --language {language}`."""

    messages_folder: Path = Field(default_factory=lambda: home() / "asterisk" / "spool" / "messages")
    """Where the voice menu leaves callers' messages."""
    emergency_folder: Path = Field(default_factory=lambda: home() / "asterisk" / "spool" / "emergency")
    """Where the emergency script leaves its reports."""
    fax_folder: Path = Field(default_factory=lambda: home() / "asterisk" / "spool" / "fax")
    """Where Asterisk leaves the faxes that came in."""
    attachments_folder: Path = Field(default_factory=lambda: home() / "attachments")
    """Files that belong to tickets."""

    command_timeout: timedelta = timedelta(seconds=2)
    replay_timeout: timedelta = timedelta(seconds=5)
    replay_attempts: int = Field(default=3, ge=1)
    session_length: timedelta = timedelta(hours=12)
    sessions_per_person: int = Field(default=3, ge=1)
    """Desks one person may have open; one more signs the oldest out."""
    idle_lock: timedelta = timedelta(minutes=10)
    """A desk nobody touches asks for the password again."""
    second_factor_roles: list[str] = [
        "supervisor", "national_supervisor", "sys_admin", "security_auditor", "credit_officer"
    ]  # fmt: skip
    """Who signs in with a one-time code besides the password."""
    lockout_failures: int = 5
    lockout_window: timedelta = timedelta(minutes=15)
    lockout_length: timedelta = timedelta(minutes=30)
    retention: timedelta = timedelta(days=180)
    """How long raw events and callers' numbers are kept (law: at least five months)."""
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except ZoneInfoNotFoundError as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """From the environment, and from files in $DESK_SECRETS (default: secrets/ of the installation) if it is there."""
    secrets = Path(os.environ.get("DESK_SECRETS", home() / "secrets"))
    return Settings(_secrets_dir=secrets if secrets.is_dir() else None)  # type: ignore[call-arg]
