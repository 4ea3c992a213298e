"""What the acd process can be told from outside: environment (ACD_...), or a file of secrets."""

import os
import re
import tomllib
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from acd.contracts.broker import BrokerSettings
from acd.contracts.ids import NodeName
from acd.contracts.queue_file import table_of
from acd.contracts.routing import RoutingTable
from acd.core.routing import checked
from acd.core.state import OUTSIDE_NUMBERS


class NodeSettings(BaseModel):
    """One Asterisk and its manager interface."""

    name: str = "n1"
    host: str = "127.0.0.1"
    port: int = 5038
    username: str = "acd"
    secret: SecretStr = SecretStr("")
    call_records: Path | None = None
    """Its cel.csv, when this machine can read it: what happened there while we were away."""


def default_journal() -> Path:
    return Path(os.environ.get("HOTLINE_HOME", "var")) / "acd" / "journal.sqlite3"


class AcdSettings(BaseSettings):
    """One node is told by ACD_AMI_*; several by ACD_NODES, a JSON list of {name, host, port, username, secret}."""

    model_config = SettingsConfigDict(
        env_prefix="ACD_", env_nested_delimiter="__", extra="ignore", secrets_dir=os.environ.get("ACD_SECRETS_DIR")
    )

    node: str = "n1"
    ami_host: str = "127.0.0.1"
    ami_port: int = 5038
    ami_username: str = "acd"
    ami_secret: SecretStr = SecretStr("")
    call_records: Path | None = None
    nodes: tuple[NodeSettings, ...] = ()

    broker: BrokerSettings = BrokerSettings()
    journal: Path = Field(default_factory=default_journal)
    journal_events: int = 200_000
    """How many events are kept for replay."""
    traces: Path | None = None
    """Where a fact that broke the core is kept for the bug report; default: beside the journal."""
    queues_file: Path = Path(__file__).parent / "queues.toml"

    outside_numbers: str = OUTSIDE_NUMBERS.pattern
    """Whole numbers outside the house that agents may ask or send callers to."""

    observe_host: str = "127.0.0.1"
    observe_port: int = 4575

    silence_limit: timedelta = timedelta(seconds=10)
    """A manager link without a byte for so long is dead, whatever TCP says."""
    ping_every: timedelta = timedelta(seconds=3)
    log_level: str = "INFO"

    @field_validator("outside_numbers")
    @classmethod
    def _is_a_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return value

    def asterisks(self) -> tuple[NodeSettings, ...]:
        if self.nodes:
            return self.nodes
        one = NodeSettings(
            name=self.node,
            host=self.ami_host,
            port=self.ami_port,
            username=self.ami_username,
            secret=self.ami_secret,
            call_records=self.call_records,
        )
        return (one,)

    def node_names(self) -> tuple[NodeName, ...]:
        return tuple(NodeName(node.name) for node in self.asterisks())

    def trace_folder(self) -> Path:
        return self.traces or self.journal.parent / "traces"


def load_table(path: Path) -> RoutingTable:
    """Read queues.toml. Raises OSError, tomllib.TOMLDecodeError or ValueError (pydantic's too), which say where."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return checked(table_of(told))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
