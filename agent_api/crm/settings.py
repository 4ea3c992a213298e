"""Settings of the port to the company's customer systems."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class CrmSettings(BaseModel):
    model_config = ConfigDict(frozen=True)

    kind: Literal["embedded", "tmf"] = "embedded"
    """embedded: our own store. tmf: another system that speaks TMF629, 678, 622 and 676."""
    base_url: str = Field(default="", pattern=r"^(https?://[^?#]+)?$")
    """Where its interfaces begin, e.g. https://crm.example.cn"""
    token: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=3, gt=0)
    """For one attempt."""
    attempts: int = Field(default=3, ge=1, le=5)
    wait_seconds: float = Field(default=0.2, ge=0)
    """Before the second attempt; twice as long before each further one."""
    failures: int = Field(default=3, ge=1)
    """So many in a row, and the other side is left in peace for `rest_seconds`."""
    rest_seconds: float = Field(default=10, gt=0)
