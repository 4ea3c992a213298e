"""How a message gets out (requirements.md 2.11): tries, fallbacks and receipts. Pure: step(delivery, fact, now)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from agent_api.messages.outgoing import Route


class State(StrEnum):
    INITIAL = "initial"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=60))
"""After the first, second and third try. A fourth that fails ends this channel."""
SENDING = timedelta(minutes=2)
"""How long a sender has; then another one takes the message over."""
RECEIPT = timedelta(hours=24)
"""How long a receipt is waited for. Without one the gateway's word counts."""


@dataclass(frozen=True, slots=True)
class Delivery:
    state: State
    route: Route
    fallbacks: tuple[Route, ...] = ()
    attempts: int = 0
    due_at: datetime | None = None
    gateway_id: str | None = None
    receipt: str | None = None
    error: str = ""
    expires_at: datetime | None = None

    @property
    def finished(self) -> bool:
        return self.state in (State.COMPLETED, State.FAILED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A sender looks at it: to send it, or because no receipt came."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has it. With `receipt_follows` it will say whether it arrived."""

    gateway_id: str | None = None
    receipt_follows: bool = False


@dataclass(frozen=True, slots=True)
class ByHand:
    """It is on a work list; a person says when it is done."""


@dataclass(frozen=True, slots=True)
class Arrived:
    receipt: str = "delivered"


@dataclass(frozen=True, slots=True)
class Refused:
    """Not sent, or not arrived. `for_good`: trying this channel again would be in vain."""

    error: str = field(default="")
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not at this hour; it was no try."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    reason: str = ""


Fact: TypeAlias = Taken | Accepted | ByHand | Arrived | Refused | Postponed | Withdrawn


def begin(routes: tuple[Route, ...], now: datetime, expires_at: datetime | None = None) -> Delivery:
    """Raises ValueError without any route that has an address."""
    usable = tuple(route for route in routes if route.address)
    if not usable:
        raise ValueError("a message needs an address")
    return Delivery(State.INITIAL, usable[0], usable[1:], due_at=now, expires_at=expires_at)


def step(delivery: Delivery, fact: Fact, now: datetime) -> Delivery:
    """What becomes of it. A finished delivery changes no more: receipts may come twice, and late."""
    if delivery.finished:
        return delivery
    match fact:
        case Taken():
            return _take(delivery, now)
        case Accepted(gateway_id, receipt_follows):
            accepted = replace(delivery, gateway_id=gateway_id, error="")
            if receipt_follows:
                return replace(accepted, receipt="awaited", due_at=now + RECEIPT)
            return replace(accepted, state=State.COMPLETED, due_at=None)
        case ByHand():
            return replace(delivery, receipt="by_hand", due_at=None)
        case Arrived(receipt):
            return replace(delivery, state=State.COMPLETED, receipt=receipt, due_at=None, error="")
        case Refused(error, for_good):
            return _refused(delivery, error, for_good, now)
        case Postponed(until):
            return replace(delivery, due_at=until, attempts=delivery.attempts - 1)
        case Withdrawn(reason):
            return replace(delivery, state=State.CANCELLED, due_at=None, error=reason)


def _take(delivery: Delivery, now: datetime) -> Delivery:
    if delivery.receipt == "awaited":
        return replace(delivery, state=State.COMPLETED, receipt="none", due_at=None)
    if delivery.expires_at is not None and delivery.expires_at <= now:
        return replace(delivery, state=State.CANCELLED, due_at=None, error="expired")
    return replace(delivery, state=State.IN_PROGRESS, attempts=delivery.attempts + 1, due_at=now + SENDING)


def _refused(delivery: Delivery, error: str, for_good: bool, now: datetime) -> Delivery:
    tried = replace(delivery, error=error[:200], receipt=None, gateway_id=None)
    if not for_good and delivery.attempts <= len(RETRY_AFTER):
        return replace(tried, due_at=now + RETRY_AFTER[max(delivery.attempts, 1) - 1])
    if tried.fallbacks:
        return replace(tried, route=tried.fallbacks[0], fallbacks=tried.fallbacks[1:], attempts=0, due_at=now)
    return replace(tried, state=State.FAILED, due_at=None)
