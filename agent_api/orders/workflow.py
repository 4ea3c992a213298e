"""The machine of a business order (requirements.md 2.4): step(order, fact, now) -> order and what follows. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    IDENTITY_CHECKED = "IDENTITY_CHECKED"
    ELIGIBLE = "ELIGIBLE"
    CONFIRMED = "CONFIRMED"
    SUBMITTED = "SUBMITTED"
    IN_PROGRESS = "IN_PROGRESS"
    INFO_REQUIRED = "INFO_REQUIRED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    NOTIFIED = "NOTIFIED"
    ARCHIVED = "ARCHIVED"


class Fact(StrEnum):
    """What happens to an order; the wire name of the event."""

    IDENTIFY = "identify"
    FIND_ELIGIBLE = "find_eligible"
    REJECT = "reject"
    CONFIRM = "confirm"
    STAY_SILENT = "stay_silent"
    SUBMIT = "submit"
    START = "start"
    COMPLETE = "complete"
    NEED_INFO = "need_info"
    INFO_GIVEN = "info_given"
    INFO_LATE = "info_late"
    TRY_FAILED = "try_failed"
    FAIL = "fail"
    CANCEL = "cancel"
    NOTIFY = "notify"
    CHARGE = "charge"
    ARCHIVE = "archive"


class Effect(StrEnum):
    TELL_ACCEPTED = "tell_accepted"
    TELL_INFO = "tell_info"
    TELL_RESULT = "tell_result"
    OPEN_WORK_ITEM = "open_work_item"


S, F = State, Fact
DECIDED = (S.COMPLETED, S.FAILED, S.REJECTED, S.CANCELLED)
UNFINISHED = (S.SUBMITTED, S.IN_PROGRESS, S.INFO_REQUIRED)
MAX_TRIES = 3
INFO_PAUSE = timedelta(days=3)
"""How long the customer's answer is waited for; then the clock runs on."""

NEXT: dict[tuple[State, Fact], State] = {
    (S.DRAFT, F.IDENTIFY): S.IDENTITY_CHECKED,
    (S.IDENTITY_CHECKED, F.FIND_ELIGIBLE): S.ELIGIBLE,
    (S.IDENTITY_CHECKED, F.REJECT): S.REJECTED,
    (S.ELIGIBLE, F.CONFIRM): S.CONFIRMED,
    (S.ELIGIBLE, F.STAY_SILENT): S.CANCELLED,
    (S.CONFIRMED, F.SUBMIT): S.SUBMITTED,
    (S.CONFIRMED, F.REJECT): S.REJECTED,
    (S.SUBMITTED, F.START): S.IN_PROGRESS,
    (S.IN_PROGRESS, F.COMPLETE): S.COMPLETED,
    (S.IN_PROGRESS, F.NEED_INFO): S.INFO_REQUIRED,
    (S.INFO_REQUIRED, F.INFO_GIVEN): S.IN_PROGRESS,
    (S.INFO_REQUIRED, F.INFO_LATE): S.IN_PROGRESS,
    (S.IN_PROGRESS, F.TRY_FAILED): S.IN_PROGRESS,  # the third time it has failed, see step
    (S.IN_PROGRESS, F.FAIL): S.FAILED,
    (S.INFO_REQUIRED, F.FAIL): S.FAILED,
    (S.NOTIFIED, F.CHARGE): S.NOTIFIED,  # billing has the fee
    (S.NOTIFIED, F.ARCHIVE): S.ARCHIVED,
}
for _state in (S.DRAFT, S.IDENTITY_CHECKED, S.ELIGIBLE, S.CONFIRMED, S.SUBMITTED):
    NEXT[_state, F.CANCEL] = S.CANCELLED
for _state in DECIDED:
    NEXT[_state, F.NOTIFY] = S.NOTIFIED

PEOPLES_FACTS = (F.START, F.NEED_INFO, F.INFO_GIVEN, F.COMPLETE, F.FAIL, F.CANCEL)
"""What staff may do to an order by hand."""


class Refusal(Exception):
    """The order's state forbids it."""

    code = "order.wrong_state"


@dataclass(frozen=True, slots=True)
class Order:
    state: State = State.DRAFT
    result: State | None = None
    """How it was decided: what NOTIFIED and ARCHIVED no longer tell."""
    failures: int = 0
    info_since: datetime | None = None


def step(order: Order, fact: Fact, now: datetime) -> tuple[Order, tuple[Effect, ...]]:
    """Raises Refusal."""
    target = NEXT.get((order.state, fact))
    if target is None or (fact is F.INFO_LATE and (order.info_since is None or now - order.info_since < INFO_PAUSE)):
        raise Refusal(f"{order.state} {fact}")
    failures = order.failures + (fact is F.TRY_FAILED)
    if failures >= MAX_TRIES and fact is F.TRY_FAILED:
        target = S.FAILED
    moved = replace(
        order,
        state=target,
        result=target if target in DECIDED else order.result,
        failures=failures,
        info_since=now if fact is F.NEED_INFO else order.info_since,
    )
    return moved, _effects(target, fact)


def allowed(order: Order) -> list[Fact]:
    """What staff may do now."""
    return [fact for fact in PEOPLES_FACTS if (order.state, fact) in NEXT]


def _effects(target: State, fact: Fact) -> tuple[Effect, ...]:
    match target:
        case State.SUBMITTED:
            return (Effect.TELL_ACCEPTED,)
        case State.INFO_REQUIRED:
            return (Effect.TELL_INFO,)
        case State.IN_PROGRESS if fact is F.INFO_LATE:
            return (Effect.OPEN_WORK_ITEM,)
        case State.FAILED:
            return (Effect.OPEN_WORK_ITEM, Effect.TELL_RESULT)
        case State.COMPLETED | State.REJECTED:
            return (Effect.TELL_RESULT,)
        case State.CANCELLED if fact is F.CANCEL:
            return (Effect.TELL_RESULT,)
        case _:
            return ()
