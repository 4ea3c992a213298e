"""Forecast, staffing and what-if as the desk sees them."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class StaffingTarget(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service_level": 0.8, "seconds": 20, "max_occupancy": 0.85}]}
    )

    service_level: float = Field(default=0.8, gt=0, lt=1)
    seconds: int = Field(default=20, ge=0, le=3600)
    max_occupancy: float = Field(default=0.85, gt=0, le=1)


class ModelOut(BaseModel):
    """The formula used, with its version and where it is from."""

    id: str
    version: int
    source: str


class PlannedInterval(BaseModel):
    start: datetime
    forecast_arrivals: float
    actual_arrivals: int | None = Field(description="Null for what is not over")
    aht_seconds: float
    agents_needed: int = Field(description="There, taking calls")
    agents_rostered: int = Field(description="On the roster, with breaks, training and illness")
    agents_signed_in: float | None = Field(description="Mean over the interval; null for what is not over")
    expected_service_level: float | None = Field(
        description="With the agents signed in, for what is to come with those needed; null: the queue would never end"
    )
    expected_asa_seconds: float | None
    occupancy: float | None
    abandon_share: float | None


class Plan(BaseModel):
    day: date
    queue: str | None
    target: StaffingTarget
    shrinkage: float
    patience_seconds: float | None = Field(description="Found from callers who gave up; null: too few did")
    model: ModelOut
    based_on: list[date] = Field(description="Days the forecast rests on; empty: no history")
    trend: float
    intervals: list[PlannedInterval]


class WhatIf(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "arrivals_per_half_hour": 100,
                    "aht_seconds": 180,
                    "target": {"service_level": 0.8, "seconds": 20, "max_occupancy": 0.85},
                    "patience_seconds": 120,
                    "shrinkage": 0.3,
                }
            ]
        }
    )

    arrivals_per_half_hour: float = Field(gt=0, le=100_000)
    aht_seconds: float = Field(gt=0, le=7200)
    target: StaffingTarget = StaffingTarget()
    patience_seconds: float | None = Field(default=None, gt=0, le=100_000)
    """Null: nobody hangs up (Erlang C)."""
    shrinkage: float = Field(default=0.0, ge=0, lt=0.9)


class WhatIfRow(BaseModel):
    agents: int
    rostered: int
    service_level: float
    asa_seconds: float
    occupancy: float
    abandon_share: float | None
    meets_target: bool


class WhatIfAnswer(BaseModel):
    erlangs: float
    model: ModelOut
    agents_needed: int
    rows: list[WhatIfRow]


class Expected(BaseModel):
    """What callers of a queue can expect now, with the agents signed in and the last half hour's traffic."""

    queue: str
    arrivals_per_half_hour: float
    aht_seconds: float
    agents: int
    service_level: float | None
    asa_seconds: float | None
    occupancy: float | None
    agents_needed: int | None
