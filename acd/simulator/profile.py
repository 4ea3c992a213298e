"""What is simulated: who calls when, how long they talk and wait, who works when. Read from a TOML file, checked."""

import tomllib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from acd.contracts.ids import CenterId, QueueName
from acd.contracts.routing import RoutingTable

HALF_HOURS = 48
HALF_HOUR = timedelta(minutes=30)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shape(StrEnum):
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    CONSTANT = "constant"


class Duration(Part):
    shape: Shape = Shape.LOGNORMAL
    mean_seconds: float = Field(gt=0)
    deviation_seconds: float = Field(default=0, ge=0)
    """Of the lognormal one; 0: as large as the mean."""


class Span(Part):
    """Local times; an end before the beginning is on the next day."""

    begins: time
    ends: time


class Traffic(Part):
    """The callers of one queue. `arrivals`: from which local time on how many in each half hour."""

    queue: QueueName
    arrivals: dict[time, float]
    talk: Duration
    patience: Duration | None = None
    """How long a caller waits; None: for ever."""
    centers: dict[CenterId, float] = Field(default_factory=dict)
    """Weights of the callers' home centres."""
    vip: float = Field(default=0, ge=0, le=1)
    """Share of callers who get the points of a VIP."""

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        if not self.arrivals or any(rate < 0 for rate in self.arrivals.values()):
            raise ValueError(f"{self.queue}: arrivals are missing or negative")
        return self

    def per_half_hour(self, at: time) -> float:
        """Before the first time of the day the last one of the day before goes on."""
        begun = [begin for begin in self.arrivals if begin <= at]
        return self.arrivals[max(begun) if begun else max(self.arrivals)]


class Team(Part):
    """So many agents alike. No shift: there all day and night."""

    agents: int = Field(ge=1)
    queues: tuple[QueueName, ...] = Field(min_length=1)
    skills: dict[str, int] = Field(default_factory=dict)
    center: CenterId = CenterId("")
    shifts: tuple[Span, ...] = ()


class Profile(Part):
    day: date = date(2026, 11, 23)
    days: int = Field(default=1, ge=1, le=3660)
    seed: int = 1
    answer_seconds: float = Field(default=0, ge=0, le=60)
    """From ringing to the agent's hello."""
    traffic: tuple[Traffic, ...] = Field(min_length=1)
    teams: tuple[Team, ...] = Field(min_length=1)
    table: RoutingTable

    @model_validator(mode="after")
    def _queues_are_there(self) -> Self:
        known = {rule.name for rule in self.table.queues}
        used = {each.queue for each in self.traffic} | {queue for team in self.teams for queue in team.queues}
        if used - known:
            raise ValueError(f"not in the table of queues: {', '.join(sorted(used - known))}")
        return self

    def begins(self) -> datetime:
        return datetime.combine(self.day, time(0), ZoneInfo(self.table.timezone))

    def ends(self) -> datetime:
        return self.begins() + timedelta(days=self.days)


def load_profile(path: Path, table: RoutingTable) -> Profile:
    """Raises OSError, tomllib.TOMLDecodeError or ValueError. `table` serves when the profile brings none."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Profile.model_validate({"table": table, **told})
