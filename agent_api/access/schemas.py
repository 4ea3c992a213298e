"""Alarms as supervisors and auditors see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.access.models import AccessAlarm

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class AlarmOut(BaseModel):
    id: int
    kind: Literal["no_contact", "watched", "unmask_limit"]
    at: datetime
    agent_no: str
    agent_name: str
    center_id: str
    customer_id: str
    count_today: int = Field(description="The how-manieth of this person that day")
    checked_by: str
    checked_at: datetime | None
    finding: str


class PersonCount(BaseModel):
    agent_no: str
    agent_name: str
    count: int


class AlarmList(BaseModel):
    items: list[AlarmOut]
    people: list[PersonCount] = Field(description="Most first")


class AlarmCheck(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"finding": "已核实,为质检抽查"}]})

    finding: Words


class WatchedOut(BaseModel):
    customer_id: str
    reason: str
    added_by: str
    added_at: datetime


class NewWatched(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"customer_id": "C000007", "reason": "公众人物"}]})

    customer_id: str = Field(min_length=1, max_length=40)
    reason: Words


def alarm_out(row: AccessAlarm) -> AlarmOut:
    return AlarmOut.model_validate({"id": row.alarm_id} | {name: getattr(row, name) for name in _SAME})


_SAME = tuple(name for name in AlarmOut.model_fields if name != "id")
