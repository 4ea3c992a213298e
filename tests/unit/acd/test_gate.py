"""The gate before the dial: each rule alone, their order, and bounds that no policy can pass."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.commands import Debtor, DunningPolicy, PastAttempt
from acd.contracts.vocabulary import AttemptCode, BlockRule
from acd.core.outbound.dialer import RULES, gate, unanswered
from tests.support.floor import MONDAY_TEN

pytestmark = pytest.mark.unit

NOW = MONDAY_TEN
SHANGHAI = ZoneInfo("Asia/Shanghai")
R = BlockRule


def debtor(**known: object) -> Debtor:
    return Debtor.model_validate({"owed_yuan": "88.00", "balance_as_of": NOW, **known})


def past(hours: float, *, answered: bool = False, counted: bool = True) -> PastAttempt:
    return PastAttempt(at=NOW - timedelta(hours=hours), answered=answered, counted=counted)


def policy(**known: object) -> DunningPolicy:
    return DunningPolicy.model_validate(known)


def at(text: str, **known: object) -> BlockRule | None:
    moment = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)
    return gate(debtor(balance_as_of=moment, **known), policy(), moment)


def test_a_debtor_against_whom_nothing_speaks() -> None:
    assert gate(debtor(), policy(), NOW) is None


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"owed_yuan": "0.00"}, R.PAID),
        ({"owed_yuan": "-5.00"}, R.PAID),
        ({"owed_yuan": "9.99"}, R.BELOW_MINIMUM),
        ({"balance_as_of": NOW - timedelta(seconds=601)}, R.STALE_BALANCE),
        ({"disputed": True}, R.DISPUTED),
        ({"promised_until": NOW}, R.PROMISED),
        ({"protected": True}, R.PROTECTED),
        ({"do_not_call": True}, R.DO_NOT_CALL),
        ({"past_attempts": [past(0.5), past(1)]}, R.CAP_DAY),
        ({"past_attempts": [past(1, answered=True)]}, R.CAP_ANSWERED_DAY),
        ({"past_attempts": [past(24 * day) for day in range(1, 7)]}, R.CAP_WEEK),
        ({"past_attempts": [past(25, answered=True), past(49, answered=True)]}, R.CAP_WEEK),
        ({"past_attempts": [past(1)]}, R.GAP),
        ({"vip": True}, R.VIP),
    ],
    ids=lambda value: value.value if isinstance(value, BlockRule) else "",
)
def test_each_rule_alone(known: dict[str, object], rule: BlockRule) -> None:
    assert gate(debtor(**known), policy(), NOW) is rule


@pytest.mark.parametrize(
    "known",
    [
        {"owed_yuan": "10.00"},
        {"balance_as_of": NOW - timedelta(seconds=600)},
        {"promised_until": NOW - timedelta(seconds=1)},
        {"past_attempts": [past(1, counted=False), past(2, counted=False)]},  # congestion is no attempt
        {"past_attempts": [past(24 * 7)]},
        {"past_attempts": [past(4)]},
    ],
)
def test_just_allowed(known: dict[str, object]) -> None:
    assert gate(debtor(**known), policy(), NOW) is None


@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00:00", True),
        ("2026-11-23T12:00:00", False),
        ("2026-11-23T13:59:59", False),
        ("2026-11-23T14:00:00", True),
        ("2026-11-23T19:59:59", True),
        ("2026-11-23T20:00:00", False),
        ("2026-11-22T09:30:00", False),  # Sunday
        ("2026-11-22T10:00:00", True),
        ("2026-11-21T09:30:00", False),  # Saturday
        ("2026-11-22T19:00:00", False),
    ],
)
def test_calling_hours_of_the_debtors_clock(local: str, allowed: bool) -> None:
    assert at(local) is (None if allowed else R.OUT_OF_HOURS)


def test_a_holiday_is_a_sunday() -> None:
    assert at("2026-11-23T09:30:00", holidays=("2026-11-23",)) is R.OUT_OF_HOURS


def test_the_hours_are_those_of_the_debtors_zone() -> None:
    assert gate(debtor(timezone="Asia/Urumqi"), policy(), NOW) is R.OUT_OF_HOURS  # eight o'clock there
    assert gate(debtor(timezone="Asia/Tokyo"), policy(), NOW) is None


ALWAYS = ((time(0), time(23, 59, 59)),)
ANYTHING_GOES = DunningPolicy(
    windows=ALWAYS,
    weekend_windows=ALWAYS,
    attempts_per_day=99,
    answered_per_day=99,
    attempts_per_week=99,
    answered_per_week=99,
    minimum_gap_seconds=0,
    minimum_amount_yuan=Decimal(0),
    balance_max_age_seconds=10**6,
)
ANSWERED_TWICE = [past(30, answered=True), past(60, answered=True)]
NINE = [past(24 * day + hour) for day in (1, 2, 3) for hour in (0.6, 1.2, 1.8)]


@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("2026-11-23T07:59:59", False),
        ("2026-11-23T08:00:00", True),
        ("2026-11-23T20:59:59", True),
        ("2026-11-23T21:00:00", False),
        ("2026-11-22T08:59:59", False),  # Sunday
        ("2026-11-22T09:00:00", True),
        ("2026-11-22T19:59:59", True),
        ("2026-11-22T20:00:00", False),
    ],
)
def test_hours_no_policy_widens(local: str, allowed: bool) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI).astimezone(UTC)
    assert gate(debtor(balance_as_of=moment), ANYTHING_GOES, moment) is (None if allowed else R.OUT_OF_HOURS)


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"past_attempts": [past(0.6), past(1.2)]}, None),
        ({"past_attempts": [past(0.6), past(1.2), past(1.9)]}, R.CAP_DAY),
        ({"past_attempts": [past(1, answered=True)]}, R.CAP_ANSWERED_DAY),
        ({"past_attempts": NINE}, None),
        ({"past_attempts": [*NINE, past(100)]}, R.CAP_WEEK),
        ({"past_attempts": [past(24 * 7)] * 10}, None),
        ({"past_attempts": ANSWERED_TWICE}, None),
        ({"past_attempts": [*ANSWERED_TWICE, past(90, answered=True)]}, R.CAP_WEEK),
        ({"past_attempts": [past(0.5)]}, None),
        ({"past_attempts": [past(0.49)]}, R.GAP),
        ({"owed_yuan": "1.00"}, None),
        ({"owed_yuan": "0.99"}, R.BELOW_MINIMUM),
        ({"balance_as_of": NOW - timedelta(minutes=10)}, None),
        ({"balance_as_of": NOW - timedelta(minutes=10, seconds=1)}, R.STALE_BALANCE),
    ],
)
def test_bounds_no_policy_passes(known: dict[str, object], rule: BlockRule | None) -> None:
    assert gate(debtor(**known), ANYTHING_GOES, NOW) is rule


@pytest.mark.parametrize(
    ("cause", "meaning"),
    [
        (1, "EMPTY_NUMBER"), (28, "EMPTY_NUMBER"), (17, "BUSY"), (18, "POWER_OFF"), (20, "POWER_OFF"),
        (19, "NO_ANSWER"), (21, "REJECTED"), (34, "CONGESTION"), (38, "CONGESTION"), (41, "CONGESTION"),
        (42, "CONGESTION"),
    ],
)  # fmt: skip
def test_what_a_cause_means_whether_it_rang_or_not(cause: int, meaning: str) -> None:
    assert unanswered(cause, rang=True) is unanswered(cause, rang=False) is AttemptCode(meaning)


def test_an_unknown_cause_counts_as_tried_when_it_rang() -> None:
    assert unanswered(127, rang=True) is AttemptCode.NO_ANSWER
    assert unanswered(127, rang=False) is AttemptCode.CONGESTION


def test_the_first_rule_wins_in_the_order_of_the_law() -> None:
    everything = debtor(
        owed_yuan="0",
        balance_as_of=NOW - timedelta(days=1),
        disputed=True,
        promised_until=NOW,
        protected=True,
        do_not_call=True,
        vip=True,
        past_attempts=[past(0.1, answered=True)] * 20,
    )
    assert gate(everything, policy(), NOW + timedelta(hours=14)) is R.PAID
    assert [*RULES, R.LATE_COMMAND] == list(BlockRule)


POLICIES = st.builds(
    DunningPolicy,
    windows=st.just(((time(0), time(23, 59, 59)),)),
    weekend_windows=st.just(((time(0), time(23, 59, 59)),)),
    attempts_per_day=st.integers(0, 100),
    answered_per_day=st.integers(0, 100),
    attempts_per_week=st.integers(0, 100),
    answered_per_week=st.integers(0, 100),
    minimum_gap_seconds=st.integers(0, 10**6),
    minimum_amount_yuan=st.decimals(0, 100, places=2),
    balance_max_age_seconds=st.integers(0, 10**6),
)
DEBTORS = st.builds(
    Debtor,
    owed_yuan=st.decimals(-100, 1000, places=2),
    balance_as_of=st.integers(0, 3600).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    disputed=st.booleans(),
    do_not_call=st.booleans(),
    protected=st.booleans(),
    past_attempts=st.lists(
        st.builds(past, st.floats(0.01, 400), answered=st.booleans(), counted=st.booleans()), max_size=15
    ).map(tuple),
)


@given(DEBTORS, POLICIES, st.integers(0, 7 * 24 * 60))
def test_no_policy_passes_a_bound(known: Debtor, rules: DunningPolicy, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    if gate(known, rules, now) is not None:
        return
    local = now.astimezone(SHANGHAI)
    first, last = (time(9), time(20)) if local.weekday() >= 5 else (time(8), time(21))
    assert first <= local.time() < last
    assert known.owed_yuan >= max(Decimal(1), rules.minimum_amount_yuan)
    assert now - known.balance_as_of <= timedelta(minutes=10)
    assert not (known.disputed)
    assert not (known.do_not_call)
    assert not (known.protected)
    counted = [attempt for attempt in known.past_attempts if attempt.counted]
    today = [attempt for attempt in counted if attempt.at.astimezone(SHANGHAI).date() == local.date()]
    week = [attempt for attempt in counted if now - attempt.at < timedelta(days=7)]
    assert len(today) < 3
    assert not any(attempt.answered for attempt in today)
    assert len(week) < 10
    assert sum(attempt.answered for attempt in week) < 3
    assert all(now - attempt.at >= timedelta(minutes=30) for attempt in counted)
