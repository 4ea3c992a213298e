"""Settings of the interface for other systems."""

from pydantic import BaseModel, ConfigDict, Field


class TroubleTicketSettings(BaseModel):
    model_config = ConfigDict(frozen=True)

    base_url: str = Field(default="", pattern=r"^(https?://[^/]+)?$")
    """Where other systems reach us, e.g. https://desk.example.cn; empty: addresses of tickets are relative."""
    hub_hosts: list[str] = []
    """The only hosts (host or host:port) that events may be sent to, e.g. ["oss.example.cn"]."""
    hub_timeout_seconds: float = Field(default=5, gt=0)
    hub_gives_up_after_hours: float = Field(default=24, gt=0)
