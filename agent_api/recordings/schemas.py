"""Recordings as the desk sees them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from agent_api.recordings.states import RecordingStage


class PauseOut(BaseModel):
    from_ms: int
    to_ms: int
    reason: str = Field(description="secret: a secret was spoken; away: the customer was with nobody (password menu)")


class RecordingOut(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "n1-1763764000.12",
                    "call_id": "n1-1763764000.12",
                    "state": "stored",
                    "started_at": "2026-11-21T02:27:21Z",
                    "seconds": 61.5,
                    "agents": ["8001"],
                    "center_id": "js",
                    "pauses": [{"from_ms": 12000, "to_ms": 21500, "reason": "away"}],
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "held": False,
                    "held_reason": "",
                    "may_play": True,
                    "may_export": False,
                    "may_hold": False,
                }
            ]
        }
    )

    id: str
    call_id: str
    state: RecordingStage
    started_at: datetime
    seconds: float
    agents: list[str]
    center_id: str | None
    pauses: list[PauseOut]
    sha256: str
    held: bool
    held_reason: str
    may_play: bool
    may_export: bool
    may_hold: bool


class RecordingList(BaseModel):
    items: list[RecordingOut]


class PeaksOut(BaseModel):
    """The shape for the screen: the loudest sample of each bar, 0 to 255."""

    seconds: float
    customer: list[int]
    agent: list[int]


class WithReason(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "客户申诉，工单TS20261121000001"}]})

    reason: str = Field(min_length=2, max_length=150)


class RetentionOut(BaseModel):
    center_id: str
    name: str
    days: int = Field(description="What counts: the centre's own rule, or that of the nearest one above")
    own: bool
    changed_by: str | None
    changed_at: datetime | None


class RetentionIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"center_id": "js", "days": 365, "reason": "省公司规定保存一年"}]}
    )

    center_id: str = Field(max_length=20)
    days: int | None = Field(ge=180, le=3650, description="Null: as the centre above. The law wants six months")
    reason: str = Field(min_length=2, max_length=150)
