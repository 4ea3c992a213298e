"""One promise's row out of its events, in whatever order and how often they came. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from acd.contracts.events import (
    CallbackBooked,
    CallbackClosed,
    CallbackDialled,
    CallbackEvent,
    CallbackMissed,
)

WAITING, DIALLING = "waiting", "dialling"
OPEN = (WAITING, DIALLING)


@dataclass(slots=True)
class Promise:
    """Everything the events say; field names are the columns of `callback`."""

    callback_id: str
    queue: str
    booked_at: datetime
    number: str = ""
    customer_id: str | None = None
    call_id: str | None = None
    talk_call_id: str | None = None
    state: str = WAITING
    place_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0
    next_at: datetime | None = None
    agent_no: str | None = None
    cause: str = ""
    closed_at: datetime | None = None


def tell(events: Iterable[CallbackEvent]) -> Promise:
    """`events` are of one promise and at least one; duplicates do not matter."""
    unique = {event.event_id: event for event in events}
    ordered = sorted(unique.values(), key=lambda event: (event.at, event.seq))
    promise = Promise(ordered[0].callback_id, ordered[0].queue, ordered[0].at)
    for event in ordered:
        _read(promise, event)
    return promise


def _read(promise: Promise, event: CallbackEvent) -> None:
    promise.queue = event.queue
    match event:
        case CallbackBooked():
            promise.booked_at, promise.number, promise.call_id = event.at, event.number, event.call_id
            promise.place_at, promise.expires_at = event.place_at, event.expires_at
        case CallbackDialled():
            promise.state, promise.attempts, promise.agent_no = DIALLING, event.attempt, event.agent_id
            promise.next_at = None
        case CallbackMissed():
            promise.state, promise.attempts = WAITING, event.attempt
            promise.next_at, promise.cause = event.next_at, event.cause
        case CallbackClosed():
            promise.state, promise.closed_at, promise.next_at = event.end.value, event.at, None
            promise.talk_call_id = event.call_id
