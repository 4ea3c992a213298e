"""The calls under way, with their events, so that the next event of a call needs no look into the database."""

from collections import OrderedDict
from dataclasses import dataclass, field
from uuid import UUID

from acd.contracts.events import CallEvent

CALLS = 5000


@dataclass(frozen=True, slots=True)
class Person:
    """Who calls, as the floor shows it."""

    customer_id: str
    name_masked: str
    center_id: str


@dataclass(slots=True)
class RememberedCall:
    events: dict[UUID, CallEvent] = field(default_factory=dict)
    owner: str | None = None
    """Customer whose number it is, once that was looked up."""
    owner_asked: bool = False
    person: Person | None = None


class CallMemory:
    """The last calls; others are read from the database again if something of them still comes."""

    def __init__(self, size: int = CALLS) -> None:
        self._size = size
        self._calls: OrderedDict[str, RememberedCall] = OrderedDict()

    def find(self, call_id: str) -> RememberedCall | None:
        call = self._calls.get(call_id)
        if call is not None:
            self._calls.move_to_end(call_id)
        return call

    def remember(self, call_id: str, call: RememberedCall) -> None:
        self._calls[call_id] = call
        while len(self._calls) > self._size:
            self._calls.popitem(last=False)

    def forget(self, call_id: str) -> None:
        self._calls.pop(call_id, None)
