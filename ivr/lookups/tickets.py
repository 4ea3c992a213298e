"""Faults, voice messages, how far a ticket is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.lookups.words import NumberText, complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class FaultTaken:
    result: Literal["ok", "arrears", "mass", "unknown", "down"]
    ticket_no: NumberText = ""
    hours: Annotated[int, Field(ge=0, lt=1000)] = 0

    def __post_init__(self) -> None:
        complete(self, "ticket_no", "hours")


@dataclass(frozen=True, slots=True)
class ReportFault(LookUp[FaultTaken]):
    path: ClassVar[str] = "fault"
    number: str = field(repr=False)
    fault: str
    call_id: str


@dataclass(frozen=True, slots=True)
class MessageTaken:
    result: Literal["ok", "unknown", "down"]
    ticket_no: NumberText = ""

    def __post_init__(self) -> None:
        complete(self, "ticket_no")


@dataclass(frozen=True, slots=True)
class SubmitMessage(LookUp[MessageTaken]):
    path: ClassVar[str] = "message"
    call_id: str
    about: str
    recording: str
    seconds: int
    caller_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TicketProgress:
    result: Literal["ok", "not_found", "unknown", "down"]
    state: Literal["working", "answered", "closed", ""] = ""
    due: date | None = None

    def __post_init__(self) -> None:
        complete(self, "state")


@dataclass(frozen=True, slots=True)
class FetchTicketProgress(LookUp[TicketProgress]):
    path: ClassVar[str] = "ticket/progress"
    digits: str
    last4: str = field(repr=False)
