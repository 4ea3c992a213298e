"""Where the processes meet: part of the contract between them."""

from pydantic import BaseModel, SecretStr


class BrokerSettings(BaseModel):
    host: str = "127.0.0.1"
    port: int = 1883
    username: str | None = None
    password: SecretStr | None = None
    keepalive_seconds: int = 15
