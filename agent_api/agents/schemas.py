"""What the desk sends to change an agent's state."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.vocabulary import Device, PauseReason

DESK_SESSION = r"^[A-Za-z0-9_-]{1,40}$"


class SignOn(BaseModel):
    """Everything may be left out: then no desk is watched, and browser and telephone ring."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"session": "b7c1d2e4", "devices": ["browser", "phone"]}]}
    )

    session: str | None = Field(default=None, pattern=DESK_SESSION)
    """Which desk it is: chosen by the desk, the same as in the live connection's `desk`."""
    devices: list[Device] = Field(default=[Device.BROWSER, Device.PHONE], min_length=1, max_length=2)


class Pause(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "break"}]})

    reason: Literal[
        PauseReason.BREAK,
        PauseReason.TRAINING,
        PauseReason.MEETING,
        PauseReason.MEAL,
        PauseReason.QUALITY,
        PauseReason.BACK_OFFICE,
        PauseReason.SYSTEM,
    ]


class PauseLimitOut(BaseModel):
    """How long a pause of this reason may last, how many may take it at a time, and how many do."""

    reason: str
    longest_seconds: int | None
    most_agents: int | None
    agents_paused: int


class WrapUpTime(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"seconds": 60}]})

    seconds: int = Field(ge=0, le=1800)
    """The wrap-up going on ends so many seconds from now."""


class Done(BaseModel):
    """The ACD did it. What the agent's state is now comes over the live connection."""

    ok: Literal[True] = True
