"""Figures as the desk sees them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.snapshots import AgentSnapshot, QueueSnapshot
from agent_api.planner.schemas import Expected


class TargetOut(BaseModel):
    op: Literal[">=", "<=", "<", "range"]
    value: float
    upper: float | None = None


class Kpi(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "K03",
                    "title": "话务接通率",
                    "value": 0.857142,
                    "numerator": 6,
                    "denominator": 7,
                    "unit": "%",
                    "target": {"op": ">=", "value": 0.95, "upper": None},
                    "met": False,
                    "formula": "count(is_agent_anw) / count(is_agent_req)",
                    "version": 1,
                }
            ]
        }
    )

    id: str
    title: str
    value: float | None = Field(description="A share as 0 to 1, times in seconds; null when nothing was counted")
    numerator: float | None
    denominator: float | None
    unit: Literal["%", "s", "count"]
    target: TargetOut | None
    met: bool | None
    formula: str
    version: int


class IntervalOut(BaseModel):
    start: datetime
    offered: int
    queued: int
    answered: int
    abandoned: int
    answered_15s: int
    incomplete: bool = Field(description="Events of this time are missing")


class AgentFigures(BaseModel):
    """One agent's part in the calls of a time. A transferred call is a stint of each who had it."""

    agent_no: str
    name: str
    center_id: str
    stints: int
    talk_seconds: float
    hold_seconds: float
    consult_seconds: float
    wrap_up_seconds: float
    signed_in_seconds: float
    paused_seconds: float
    occupancy: float | None = Field(description="K08 of this agent")


class Wallboard(BaseModel):
    queues: list[QueueSnapshot]
    agents: list[AgentSnapshot]
    kpis: list[Kpi]
    expected: list[Expected] = Field(description="What callers can expect now, by queue")
    as_of: datetime
