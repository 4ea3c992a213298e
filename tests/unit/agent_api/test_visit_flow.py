"""A visit's life: every (state, outcome) pair, when one gives up, when one may call; the rules are well made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_api.orders.workflow import State as OrderState
from agent_api.tickets.words import TicketType
from agent_api.visits import flow
from agent_api.visits.figures import figures
from agent_api.visits.flow import FINAL, OPEN, UNREACHED, Outcome, Refusal, State
from agent_api.visits.rules import Remedy, Subject, When, calling, rule_for, rules, sampled

pytestmark = pytest.mark.unit
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 18, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def attempt(outcome: Outcome, *before: tuple[Outcome, datetime], state: State = State.CALLING) -> flow.Step:
    wanted = NOON + DAY if outcome is Outcome.LATER else None
    return flow.after_attempt(state, before, outcome, NOON, wanted, calling(), ZONE)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("state", list(State))
def test_every_outcome_in_every_state(state: State, outcome: Outcome) -> None:
    if state not in OPEN:
        with pytest.raises(Refusal, match=r"visit\.wrong_state"):
            attempt(outcome, state=state)
        return
    step = attempt(outcome, state=state)
    if outcome in FINAL:
        assert (step.state, step.result, step.next_at) == (State.DONE, outcome.value, None)
    elif outcome is Outcome.WRONG_NUMBER:
        assert (step.state, step.result) == (State.DONE, UNREACHED)
    else:
        assert step.state is State.PLANNED
        assert step.next_at is not None
        assert step.next_at > NOON


def test_three_times_on_two_days_is_given_up() -> None:
    missed = Outcome.NO_ANSWER
    same_day = attempt(missed, (missed, NOON - timedelta(hours=4)), (missed, NOON - timedelta(hours=2)))
    assert same_day.state is State.PLANNED, "three times on one day is not enough"
    assert same_day.next_at == datetime(2026, 11, 19, 1, tzinfo=UTC), "the next morning at nine"
    assert attempt(missed, (missed, NOON - DAY), (missed, NOON - timedelta(hours=2))).result == UNREACHED
    asked = attempt(missed, (Outcome.LATER, NOON - DAY), (missed, NOON - DAY))
    assert asked.state is State.PLANNED, "who asked for another time was reached"


def test_another_time_must_be_named_and_lie_ahead() -> None:
    for wanted in (None, NOON):
        with pytest.raises(Refusal, match=r"visit\.time_required"):
            flow.after_attempt(State.CALLING, [], Outcome.LATER, NOON, wanted, calling(), ZONE)


@pytest.mark.parametrize(
    ("local_hour", "allowed"), [(3, (18, 9)), (9, (18, 9)), (14, (18, 14)), (20, (19, 9)), (23, (19, 9))]
)
def test_customers_are_called_by_day(local_hour: int, allowed: tuple[int, int]) -> None:
    at = flow.callable_from(datetime(2026, 11, 18, local_hour, tzinfo=ZONE), calling(), ZONE).astimezone(ZONE)
    assert (at.day, at.hour) == allowed


def test_within_the_hours_the_moment_itself_counts() -> None:
    for moment in (datetime(2026, 11, 18, 9, 30, tzinfo=ZONE), datetime(2026, 11, 18, 19, 59, tzinfo=ZONE)):
        assert flow.callable_from(moment, calling(), ZONE) == moment


def test_a_time_the_customer_named_is_kept_however_often_he_was_missed() -> None:
    missed = [(Outcome.NO_ANSWER, NOON - timedelta(hours=each)) for each in (1, 2, 3)]
    step = flow.after_attempt(State.CALLING, missed, Outcome.LATER, NOON, NOON + timedelta(hours=2), calling(), ZONE)
    assert step.next_at == NOON + timedelta(hours=2)
    once = flow.after_attempt(State.CALLING, [], Outcome.NO_ANSWER, NOON, None, calling(), ZONE)
    assert once.next_at == NOON + calling().again, "the same day"


def test_rules_name_what_exists() -> None:
    known = {
        Subject.TICKET: {each.value for each in TicketType},
        Subject.ORDER: {each.value for each in OrderState},
        Subject.EMERGENCY: {"stop", "restore"},
        Subject.PLAN: set[str](),
    }
    for rule in rules().values():
        assert rule.types <= known[rule.subject]
        assert 0 < rule.share <= 100
        assert rule.fast <= rule.within
        assert (rule.dissatisfied is Remedy.RETURN) is (rule.when is When.CALLBACK)
        assert rule.questions


@pytest.mark.parametrize(
    ("subject", "when", "kind", "rule_id"),
    [
        (Subject.TICKET, When.CALLBACK, "complaint", "ticket-callback"),
        (Subject.TICKET, When.CLOSED, "complaint", "complaint-unasked"),
        (Subject.TICKET, When.CLOSED, "suggestion", "suggestion-answered"),
        (Subject.ORDER, When.CLOSED, "FAILED", "order-finished"),
        (Subject.TICKET, When.CLOSED, "consult", None),
        (Subject.ORDER, When.CLOSED, "complaint", None),
    ],
)
def test_which_rule_holds(subject: Subject, when: When, kind: str, rule_id: str | None) -> None:
    rule = rule_for(subject, when, kind)
    assert (rule and rule.id) == rule_id


def test_no_share_is_nobody_and_all_of_it_is_everybody() -> None:
    rule = next(iter(rules().values()))
    for share, drawn in ((0, set[int]()), (100, set(range(500)))):
        assert {each for each in range(500) if sampled(replace(rule, share=share), str(each))} == drawn


def test_the_same_number_is_always_drawn_alike_and_the_share_is_kept() -> None:
    rule = rule_for(Subject.ORDER, When.CLOSED, "COMPLETED")
    assert rule is not None
    drawn = [number for number in range(4000) if sampled(rule, f"YW20261118{number:06d}")]
    assert 0.27 < len(drawn) / 4000 < 0.33
    assert all(sampled(rule, f"YW20261118{number:06d}") for number in drawn)


def test_figures_add_up() -> None:
    rows = [
        ("care", "js", "DONE", "satisfied", False, 6),
        ("care", "js", "DONE", "dissatisfied", True, 2),
        ("care", "js", "DONE", "unreached", False, 1),
        ("care", "js", "PLANNED", "", True, 1),
        ("care", "js", "CANCELLED", "", False, 5),
    ]
    (found,) = figures(rows)
    assert (found.planned, found.done, found.reached, found.overdue) == (10, 9, 8, 3)
    assert (found.done_share, found.satisfied_share) == (0.9, 0.75)
