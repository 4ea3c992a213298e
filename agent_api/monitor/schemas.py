"""The board of work as the desk sees it. Titles hold no personal data."""

from datetime import date, datetime

from pydantic import BaseModel, Field

Colours = dict[str, int]


class CellOut(BaseModel):
    stage: str
    unit: str
    colours: Colours = Field(description="none, green, yellow, red: how many")


class OwnerOut(BaseModel):
    unit: str
    owner: str = Field(description="Empty: in the unit's pool")
    name: str
    colours: Colours


class BottleneckOut(BaseModel):
    stage: str
    count: int
    red: int
    oldest_seconds: int
    typical_seconds: int = Field(description="Median time in the present state")
    growth: int = Field(description="Came minus went, within 24 hours")
    score: float


class ForecastOut(BaseModel):
    hours: int
    due: int = Field(description="Clocks that run out within these hours")
    expected_late: int = Field(
        description="Of them, not reached in time: office hours of working days, at the pace of the last seven days"
    )


class BoardOut(BaseModel):
    at: datetime
    total: int
    colours: Colours
    cells: list[CellOut]
    owners: list[OwnerOut]
    kinds: dict[str, int] = Field(description="ticket, order, visit, contact, missed: how many, whatever is shown")
    types: dict[str, int]
    bottlenecks: list[BottleneckOut]
    forecast: list[ForecastOut]


class WorkOut(BaseModel):
    kind: str = Field(description="ticket, order, visit, contact or missed")
    number: str
    type: str
    type_title: str
    title: str
    state: str
    state_title: str
    stage: str
    unit: str
    owner: str
    level: str
    urges: int
    colour: str
    opened_at: datetime
    since: datetime
    due_at: datetime | None


class WorkPage(BaseModel):
    items: list[WorkOut]
    total: int


class DayOut(BaseModel):
    day: date
    opened: int
    closed: int
    left_open: int
    left_late: int
