"""May this debtor be called now? Pure predicates in the order of the rules; the first that fails is the answer.

Also what the end of an unanswered dial means. Numbers in BOUNDS are the law's or ours and no policy can pass them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from acd.contracts.commands import Debtor, DunningPolicy, PastAttempt
from acd.contracts.vocabulary import AttemptCode, BlockRule
from acd.core.errors import Code, Refused


@dataclass(frozen=True, slots=True)
class Bounds:
    window: tuple[time, time] = (time(8), time(21))
    weekend_window: tuple[time, time] = (time(9), time(20))
    attempts_per_day: int = 3
    answered_per_day: int = 1
    attempts_per_week: int = 10
    answered_per_week: int = 3
    minimum_gap: timedelta = timedelta(minutes=30)
    balance_max_age: timedelta = timedelta(minutes=10)
    minimum_amount_yuan: Decimal = Decimal(1)


BOUNDS = Bounds()
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Question:
    """One debtor at one moment, with the moment as the debtor's clock shows it."""

    debtor: Debtor
    policy: DunningPolicy
    now: datetime
    local: datetime


def gate(debtor: Debtor, policy: DunningPolicy, now: datetime) -> BlockRule | None:
    """The first rule that forbids the call, None when it may be made. Raises Refused for an unknown time zone."""
    try:
        zone = ZoneInfo(debtor.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(Code.DIALER_UNKNOWN_TIMEZONE) from error
    question = Question(debtor, policy, now, now.astimezone(zone))
    return next((rule for rule, forbids in RULES.items() if forbids(question)), None)


def _paid(q: Question) -> bool:
    return q.debtor.owed_yuan <= 0


def _below_minimum(q: Question) -> bool:
    return q.debtor.owed_yuan < max(q.policy.minimum_amount_yuan, BOUNDS.minimum_amount_yuan)


def _stale_balance(q: Question) -> bool:
    allowed = min(timedelta(seconds=q.policy.balance_max_age_seconds), BOUNDS.balance_max_age)
    return q.now - q.debtor.balance_as_of > allowed


def _promised(q: Question) -> bool:
    return q.debtor.promised_until is not None and q.now <= q.debtor.promised_until


def _out_of_hours(q: Question) -> bool:
    rest_day = q.local.weekday() >= 5 or q.local.date().isoformat() in q.debtor.holidays
    windows = q.policy.weekend_windows if rest_day else q.policy.windows
    first, last = BOUNDS.weekend_window if rest_day else BOUNDS.window
    clock = q.local.time()
    return not (first <= clock < last and any(start <= clock < end for start, end in windows))


def _today(q: Question) -> list[PastAttempt]:
    """Attempts that count, on the debtor's calendar day."""
    zone = q.local.tzinfo
    return [past for past in _counted(q) if past.at.astimezone(zone).date() == q.local.date()]


def _this_week(q: Question) -> list[PastAttempt]:
    return [past for past in _counted(q) if q.now - past.at < WEEK]


def _counted(q: Question) -> list[PastAttempt]:
    return [past for past in q.debtor.past_attempts if past.counted]


def _answered(attempts: list[PastAttempt]) -> int:
    return sum(past.answered for past in attempts)


def _cap_day(q: Question) -> bool:
    return len(_today(q)) >= min(q.policy.attempts_per_day, BOUNDS.attempts_per_day)


def _cap_answered_day(q: Question) -> bool:
    return _answered(_today(q)) >= min(q.policy.answered_per_day, BOUNDS.answered_per_day)


def _cap_week(q: Question) -> bool:
    week = _this_week(q)
    return len(week) >= min(q.policy.attempts_per_week, BOUNDS.attempts_per_week) or _answered(week) >= min(
        q.policy.answered_per_week, BOUNDS.answered_per_week
    )


def _gap(q: Question) -> bool:
    gap = max(timedelta(seconds=q.policy.minimum_gap_seconds), BOUNDS.minimum_gap)
    return any(q.now - past.at < gap for past in _counted(q))


RULES: dict[BlockRule, Callable[[Question], bool]] = {
    BlockRule.PAID: _paid,
    BlockRule.BELOW_MINIMUM: _below_minimum,
    BlockRule.STALE_BALANCE: _stale_balance,
    BlockRule.DISPUTED: lambda q: q.debtor.disputed,
    BlockRule.PROMISED: _promised,
    BlockRule.PROTECTED: lambda q: q.debtor.protected,
    BlockRule.DO_NOT_CALL: lambda q: q.debtor.do_not_call,
    BlockRule.OUT_OF_HOURS: _out_of_hours,
    BlockRule.CAP_DAY: _cap_day,
    BlockRule.CAP_ANSWERED_DAY: _cap_answered_day,
    BlockRule.CAP_WEEK: _cap_week,
    BlockRule.GAP: _gap,
    BlockRule.VIP: lambda q: q.debtor.vip,
}
"""In the order of requirements.md 5.4; LATE_COMMAND comes before them all."""

CAUSES: dict[int, AttemptCode] = {
    1: AttemptCode.EMPTY_NUMBER,
    28: AttemptCode.EMPTY_NUMBER,
    17: AttemptCode.BUSY,
    18: AttemptCode.POWER_OFF,
    20: AttemptCode.POWER_OFF,
    19: AttemptCode.NO_ANSWER,
    21: AttemptCode.REJECTED,
    34: AttemptCode.CONGESTION,
    38: AttemptCode.CONGESTION,
    41: AttemptCode.CONGESTION,
    42: AttemptCode.CONGESTION,
}
"""Q.850 cause of an unanswered dial (requirements.md 5.6)."""


def unanswered(cause: int, *, rang: bool) -> AttemptCode:
    """What an unanswered dial came to. A number that rang counts as tried, so that it is not rung again too soon."""
    known = CAUSES.get(cause)
    if known is not None:
        return known
    return AttemptCode.NO_ANSWER if rang else AttemptCode.CONGESTION
