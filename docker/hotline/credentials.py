"""Passwords of this installation: made once, kept in one file only its owner can read."""

import json
import os
import secrets
from pathlib import Path

from pydantic import BaseModel, Field


def _word() -> str:
    return secrets.token_urlsafe(24)


class Credentials(BaseModel):
    """Every process gets only the ones it needs (see processes.py)."""

    ami_acd: str = Field(default_factory=_word)
    ami_outside: str = Field(default_factory=_word)
    mqtt_acd: str = Field(default_factory=_word)
    mqtt_agent_api: str = Field(default_factory=_word)
    mqtt_watch: str = Field(default_factory=_word)
    service_token: str = Field(default_factory=_word)
    """ivr shows it to agent_api."""
    session_key: str = Field(default_factory=_word)
    customer_phone: str = Field(default_factory=lambda: secrets.token_hex(5))
    """Of the customers' test telephones: typed by hand, hence short."""


def load_credentials(path: Path) -> Credentials:
    """Read the file, adding what a newer version needs; make it when it is not there."""
    known = json.loads(path.read_text()) if path.exists() else {}
    credentials = Credentials.model_validate(known)
    if credentials.model_dump() != known:
        write_private(path, credentials.model_dump_json(indent=2))
    return credentials


def write_private(path: Path, text: str) -> None:
    """Write a file that is never, not even for a moment, readable by others."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    partial.replace(path)
