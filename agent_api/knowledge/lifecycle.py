"""The life of an article's version: draft, review, released; and which released one is in force when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    RELEASED = "released"


class Act(StrEnum):
    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    EXPIRE = "expire"


class Standing(StrEnum):
    """How a version stands at a moment, in the words of requirements.md U-9.2.4."""

    DRAFT = "draft"
    REVIEW = "review"
    WAITING = "waiting"  # approved, its time has not come
    PUBLISHED = "published"
    REPLACED = "replaced"
    EXPIRED = "expired"


NEXT: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.WRITE): State.DRAFT,
    (State.DRAFT, Act.SUBMIT): State.REVIEW,
    (State.REVIEW, Act.APPROVE): State.RELEASED,
    (State.REVIEW, Act.REJECT): State.DRAFT,
    (State.RELEASED, Act.EXPIRE): State.RELEASED,
}


@dataclass(frozen=True, slots=True)
class Period:
    """A released version and when it holds."""

    version: int
    valid_from: datetime
    valid_until: datetime | None

    def begun(self, now: datetime) -> bool:
        return self.valid_from <= now

    def over(self, now: datetime) -> bool:
        return self.valid_until is not None and self.valid_until <= now


def latest(released: Iterable[Period], now: datetime) -> Period | None:
    """The newest version that has begun. Older ones never come back when it is over: the article has expired."""
    return max((each for each in released if each.begun(now)), key=lambda each: each.version, default=None)


def in_force(released: Iterable[Period], now: datetime) -> Period | None:
    found = latest(released, now)
    return None if found is None or found.over(now) else found


def standing(state: State, own: Period | None, released: Iterable[Period], now: datetime) -> Standing:
    """`own`: the period of this version when it is released."""
    if state is not State.RELEASED or own is None:
        return Standing.REVIEW if state is State.REVIEW else Standing.DRAFT
    if not own.begun(now):
        return Standing.WAITING
    newest = latest(released, now)
    if newest is not None and newest.version != own.version:
        return Standing.REPLACED
    return Standing.EXPIRED if own.over(now) else Standing.PUBLISHED
