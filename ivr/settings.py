"""Settings of this process, read once from the environment (IVR_...) and passed down as values."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from acd.contracts.menu.tree import Language


class IvrSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IVR_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=4573, ge=0, le=65535)
    """FastAGI has no password: keep it where only Asterisk can reach it."""
    observe_host: str = "127.0.0.1"
    observe_port: int = Field(default=4574, ge=0, le=65535)

    directory_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/]+")
    directory_token: SecretStr = SecretStr("")
    directory_token_file: Path | None = None
    """Read instead of directory_token when given."""
    lookup_deadline: timedelta = timedelta(seconds=1.5)

    header_deadline: timedelta = timedelta(seconds=5)
    drain_limit: timedelta = timedelta(minutes=10)
    """How long running calls may go on after SIGTERM. A menu never lasts longer than ten minutes."""

    sounds: Path = Path("sounds")
    """The folder with manifest/ and the sound files."""
    languages: tuple[Language, ...] = Field(default=("zh", "en"), min_length=1)
    """The first one must be complete; another that is not is left out."""
    menus_file: Path | None = None
    """Keeps the published menus for a start without agent_api; without it the shipped ones serve until it answers."""
    own_prompts: Path = Path("var/prompts")
    """<language>/own/<name>.wav: what centres recorded themselves, at the same path for Asterisk."""
    messages: Path = Path("var/asterisk/spool/messages")
    """Where Asterisk records voice messages; the path as Asterisk sees it."""
    log_json: bool = False

    @model_validator(mode="after")
    def read_token(self) -> Self:
        if self.directory_token_file is not None:
            self.directory_token = SecretStr(self.directory_token_file.read_text().strip())
        return self
