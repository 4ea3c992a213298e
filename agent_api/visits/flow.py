"""The life of a visit (requirements.md U-5.4b): planned, calling, done; what an attempt makes of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agent_api.visits.rules import Calling


class State(StrEnum):
    PLANNED = "PLANNED"
    CALLING = "CALLING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class Outcome(StrEnum):
    """Of one attempt; the first four end the visit."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    POWER_OFF = "power_off"
    WRONG_NUMBER = "wrong_number"
    LATER = "later"  # the customer asked for another time


UNREACHED = "unreached"
"""The result of a visit that was given up; never of an attempt."""
FINAL = frozenset({Outcome.SATISFIED, Outcome.NEUTRAL, Outcome.DISSATISFIED, Outcome.REFUSED})
OPEN = (State.PLANNED, State.CALLING)
RESULTS = (*(each.value for each in FINAL), UNREACHED)


class Refusal(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    result: str = ""
    next_at: datetime | None = None


def after_attempt(
    state: State,
    before: Sequence[tuple[Outcome, datetime]],
    outcome: Outcome,
    now: datetime,
    wanted: datetime | None,
    rules: Calling,
    zone: ZoneInfo,
) -> Step:
    """`before`: earlier attempts. Not reached three times on two days is given up; a wrong number at once."""
    if state not in OPEN:
        raise Refusal("visit.wrong_state")
    if outcome in FINAL:
        return Step(State.DONE, outcome.value)
    if outcome is Outcome.LATER and (wanted is None or wanted <= now):
        raise Refusal("visit.time_required")
    missed = [at for each, at in [*before, (outcome, now)] if each is not Outcome.LATER]
    days = {at.astimezone(zone).date() for at in missed}
    if outcome is Outcome.WRONG_NUMBER or (len(missed) >= rules.attempts and len(days) >= rules.days):
        return Step(State.DONE, UNREACHED)
    at = wanted or now + rules.again
    if wanted is None and len(missed) >= rules.attempts:
        at = _next_morning(now, rules, zone)
    return Step(State.PLANNED, "", callable_from(at, rules, zone))


def callable_from(at: datetime, rules: Calling, zone: ZoneInfo) -> datetime:
    """This moment, or the next at which customers may be called."""
    local = at.astimezone(zone)
    if local.hour < rules.from_hour:
        return datetime.combine(local.date(), time(rules.from_hour), zone).astimezone(UTC)
    return _next_morning(at, rules, zone) if local.hour >= rules.to_hour else at


def _next_morning(at: datetime, rules: Calling, zone: ZoneInfo) -> datetime:
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time(rules.from_hour), zone).astimezone(UTC)
