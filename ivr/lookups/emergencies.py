"""Emergency stop of a lost line, its release, restore for a day, and reports of fraud."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ivr.lookups.words import NumberText, complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class LineStopped:
    result: Literal["ok", "fail", "locked", "unknown", "already", "down"]


@dataclass(frozen=True, slots=True)
class StopLine(LookUp[LineStopped]):
    path: ClassVar[str] = "emergency/suspend"
    number: str = field(repr=False)
    proof: Literal["password", "id"]
    secret: str = field(repr=False)
    call_id: str


@dataclass(frozen=True, slots=True)
class LineRestored:
    result: Literal["ok", "not_possible", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class ReleaseLine(LookUp[LineRestored]):
    path: ClassVar[str] = "emergency/release"
    number: str = field(repr=False)
    call_id: str


@dataclass(frozen=True, slots=True)
class RestoreLine(LookUp[LineRestored]):
    path: ClassVar[str] = "emergency/restore"
    number: str = field(repr=False)
    call_id: str


@dataclass(frozen=True, slots=True)
class ReportTaken:
    result: Literal["ok", "unknown", "down"]
    ticket_no: NumberText = ""

    def __post_init__(self) -> None:
        complete(self, "ticket_no")


@dataclass(frozen=True, slots=True)
class ReportNumber(LookUp[ReportTaken]):
    path: ClassVar[str] = "emergency/report"
    reported_number: str = field(repr=False)
    caller_number: str = field(repr=False)
    call_id: str
