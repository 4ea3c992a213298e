"""Both clocks of a ticket, from its timeline alone."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets.clocks import Visit, clocks, legal_clock, limit_of, operational_clock, stage_lengths
from agent_api.tickets.words import Level, State, TicketType

pytestmark = pytest.mark.unit

S = State
START = datetime(2026, 11, 2, tzinfo=UTC)
COMPLAINT = TicketType.COMPLAINT


def hours(*visits: tuple[State, float]) -> list[Visit]:
    return [Visit(state, START + timedelta(hours=at)) for state, at in visits]


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


LIFE = hours(
    (S.DRAFT, 0), (S.ACCEPTED, 1), (S.AUDITING, 2), (S.DISPATCHED, 3), (S.PROCESSING, 5), (S.SUSPENDED, 10),
    (S.PROCESSING, 34), (S.REPLIED, 40), (S.RESULT_AUDIT, 41), (S.CALLBACK, 43), (S.CLOSED, 67),
)  # fmt: skip


def test_the_four_stages() -> None:
    lengths = stage_lengths(LIFE, at(100))
    assert {stage: length.total_seconds() / 3600 for stage, length in lengths.items()} == {
        "accept": 2,
        "audit_dispatch": 3,
        "verify": 11,
        "result_audit": 3,
    }


def test_call_back_and_suspension_are_outside_the_operational_clock_but_inside_the_legal_one() -> None:
    operational, legal = clocks(COMPLAINT, Level.NORMAL, False, LIFE, at(100))
    assert operational.spent == timedelta(hours=19)
    assert legal.spent == timedelta(hours=66)
    assert operational.over
    assert legal.over


def test_what_the_customer_takes_longer_than_a_day_counts() -> None:
    waiting = hours((S.DRAFT, 0), (S.PROCESSING, 0), (S.INFO_REQUIRED, 2))
    within = operational_clock(limit_of(COMPLAINT, Level.NORMAL, False), waiting, at(20))
    assert (within.spent, within.running, within.due_at) == (timedelta(hours=2), False, None)
    beyond = operational_clock(limit_of(COMPLAINT, Level.NORMAL, False), waiting, at(30))
    assert (beyond.spent, beyond.running) == (timedelta(hours=6), True)


def test_the_day_is_given_once_not_for_every_question() -> None:
    twice = hours(
        (S.PROCESSING, 0), (S.INFO_REQUIRED, 0), (S.PROCESSING, 20), (S.INFO_REQUIRED, 20), (S.PROCESSING, 40)
    )
    assert stage_lengths(twice, at(40))["verify"] == timedelta(hours=16)


@pytest.mark.parametrize(
    ("level", "vip", "limit"),
    [(Level.NORMAL, False, 48), (Level.NORMAL, True, 24), (Level.URGENT, False, 24), (Level.MAJOR, True, 24)],
)
def test_limits(level: Level, vip: bool, limit: int) -> None:
    clock = operational_clock(limit_of(COMPLAINT, level, vip), hours((S.ACCEPTED, 0)), at(6))
    assert clock.limit == timedelta(hours=limit)
    assert clock.due_at == at(limit)
    assert clock.yellow_at == at(limit * 0.8)


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        (TicketType.CONSULT, 24), (TicketType.FRAUD, 24), (TicketType.URGENT, 24), (TicketType.ORDER, 24),
        (TicketType.PRAISE, 48), (TicketType.SUGGESTION, 48),
    ],
)  # fmt: skip
def test_limits_of_other_types(kind: TicketType, limit: int) -> None:
    assert limit_of(kind, Level.NORMAL, False) == timedelta(hours=limit)


@pytest.mark.parametrize("state", [S.SUSPENDED, S.CALLBACK])
def test_while_it_stands_nothing_is_due(state: State) -> None:
    clock = operational_clock(timedelta(hours=48), hours((S.ACCEPTED, 0), (state, 10)), at(30))
    assert (clock.spent, clock.running, clock.over) == (timedelta(hours=10), False, False)
    assert (clock.due_at, clock.yellow_at) == (None, None)


@pytest.mark.parametrize(
    ("hour", "warning"),
    [(23, "none"), (24, "info"), (39, "yellow"), (48, "red"), (58, "escalate"), (96, "supervise")],
)
def test_warnings(hour: float, warning: str) -> None:
    assert (
        operational_clock(limit_of(COMPLAINT, Level.NORMAL, False), hours((S.ACCEPTED, 0)), at(hour)).warning == warning
    )


def test_nothing_stops_the_legal_clock_not_even_a_closing_that_did_not_last() -> None:
    reopened = [*LIFE, Visit(S.ARCHIVED, at(80)), Visit(S.REOPENED, at(200))]
    clock = legal_clock(reopened, at(361))
    assert (clock.running, clock.spent, clock.warning) == (True, timedelta(hours=360), "red")
    assert clock.due_at == at(1) + timedelta(days=15)


def test_an_archived_ticket_stopped_when_it_was_closed() -> None:
    archived = [*LIFE, Visit(S.ARCHIVED, at(80))]
    assert legal_clock(archived, at(500)).spent == timedelta(hours=66)


def test_a_consultation_has_one_day() -> None:
    asked = hours((S.ASKED, 0), (S.FORWARDED, 1))
    (clock,) = clocks(TicketType.CONSULT, Level.NORMAL, False, asked, at(12))
    assert (clock.limit, clock.spent, clock.running) == (timedelta(hours=24), timedelta(hours=12), True)
