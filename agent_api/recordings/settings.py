"""Where recordings come from and where they are kept. Part of the process's settings."""

import base64
import binascii
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_FROZEN = ConfigDict(frozen=True)
KEY_BYTES = 32


def _home() -> Path:
    return Path(os.environ.get("HOTLINE_HOME", "var"))


class S3Settings(BaseModel):
    """An S3-compatible store. `bucket` empty: recordings are kept in a local folder."""

    model_config = _FROZEN

    bucket: str = ""
    endpoint: str = ""
    """Address of the service, e.g. https://s3.example.cn:9000; empty: Amazon's."""
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: SecretStr = SecretStr("")


class RecordingSettings(BaseModel):
    model_config = _FROZEN

    spools: dict[str, Path] = Field(default_factory=lambda: {"n1": _home() / "asterisk" / "spool" / "recordings"})
    """Node to the folder its Asterisk records into, of the nodes whose folders this process can read."""
    folder: Path = Field(default_factory=lambda: _home() / "recordings")
    s3: S3Settings = S3Settings()
    key: SecretStr = SecretStr("")
    """Encrypts what is stored: 32 bytes in base64 (`openssl rand -base64 32`). Empty: stored as it is. Lost, all is."""
    keep_days: int = Field(default=180, ge=180, le=3650)
    """Of centres that set nothing else. The rules of the trade want six months at least."""

    @field_validator("key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        try:
            given = base64.b64decode(value.get_secret_value(), validate=True)
        except binascii.Error as error:
            raise ValueError("the key of the recordings is not base64") from error
        if len(given) not in (0, KEY_BYTES):
            raise ValueError(f"the key of the recordings has {len(given)} bytes, not {KEY_BYTES}")
        return value

    @property
    def key_bytes(self) -> bytes:
        return base64.b64decode(self.key.get_secret_value())
