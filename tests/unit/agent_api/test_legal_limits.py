"""Legal limits across holidays, rules by province and day, severity by facts, steps' clocks: golden cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agent_api.tickets.agenda import agenda
from agent_api.tickets.calendar.days import WorkingDays, is_published
from agent_api.tickets.calendar.legal import ZONE, legal_due, regulator_due
from agent_api.tickets.limits import legal_rule, thresholds
from agent_api.tickets.severity import severity
from agent_api.tickets.steps import step_clocks
from agent_api.tickets.words import Act, Level, State, Subtask, Ticket, TicketType

pytestmark = pytest.mark.unit

CHINA = WorkingDays()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-10-01", False),  # National Day
        ("2026-02-14", True),  # a Saturday worked for Spring Festival
        ("2026-02-17", False),  # Spring Festival
        ("2026-11-18", True),
        ("2026-11-21", False),  # a plain Saturday
        ("2031-01-01", True),  # not published yet: a Wednesday
    ],
)
def test_the_states_calendar(day: str, works: bool) -> None:
    assert CHINA.is_working(date.fromisoformat(day)) is works


def test_years_without_a_notice_are_told_apart() -> None:
    assert is_published(date(2026, 5, 1))
    assert not is_published(date(2031, 5, 1))


@pytest.mark.parametrize(
    ("province", "received", "due"),
    [
        # 15 days from receipt, to the minute
        ("js", "2026-09-28 10:00", "2026-10-13 10:00"),
        # five working days: the week of National Day is not worked (1-7 October), 10 October is
        ("ha", "2026-09-30 10:00", "2026-10-14 00:00"),
        ("ha", "2026-11-18 23:59", "2026-11-26 00:00"),
        ("ha", "2026-11-21 09:00", "2026-11-28 00:00"),
        # fifteen working days over Spring Festival (15-23 February off; the 14th and the 28th worked)
        ("cq", "2026-02-10 10:00", "2026-03-10 00:00"),
    ],
)
def test_golden_limits(province: str, received: str, due: str) -> None:
    at = local(received)
    assert legal_due(legal_rule(province, at.date()), at, CHINA, ZONE) == local(due)


def test_a_centres_own_exception_moves_the_limit() -> None:
    at = local("2026-11-18 10:00")
    rule = legal_rule("ha", at.date())
    closed = WorkingDays({date(2026, 11, 19): False})
    assert legal_due(rule, at, closed, ZONE) - legal_due(rule, at, CHINA, ZONE) == timedelta(days=1)


def test_a_ticket_keeps_the_rule_of_its_day() -> None:
    assert legal_rule("ha", date(2026, 1, 1)).id == "henan-2012"
    assert legal_rule("js", date(2026, 1, 1)).id == "national-2016"
    with pytest.raises(IndexError):
        legal_rule("js", date(2015, 1, 1))


def test_the_regulators_date_counts_only_when_it_is_earlier() -> None:
    at = local("2026-11-18 10:00")
    own = regulator_due(None, at, CHINA, ZONE)
    assert own == local("2026-11-26 00:00")
    assert regulator_due(at + timedelta(days=1), at, CHINA, ZONE) == at + timedelta(days=1)
    assert regulator_due(at + timedelta(days=60), at, CHINA, ZONE) == own


@pytest.mark.parametrize(
    ("facts", "customer", "repeats", "level"),
    [
        ({}, "normal", 0, Level.NORMAL),
        ({"group_users": "4", "amount": "999.99"}, "vip", 1, Level.NORMAL),
        ({"group_users": "5"}, "normal", 0, Level.MAJOR),
        ({"amount": "1000"}, "normal", 0, Level.MAJOR),
        ({"media": "yes"}, "normal", 0, Level.MAJOR),
        ({}, "svip", 0, Level.MAJOR),
        ({"service_down": "yes"}, "normal", 0, Level.URGENT),
        ({"fraud": "yes", "amount": "many"}, "normal", 0, Level.URGENT),
        ({}, "normal", 2, Level.URGENT),
    ],
)
def test_severity(facts: dict[str, str], customer: str, repeats: int, level: Level) -> None:
    assert severity(facts, customer, repeats, thresholds()) is level


NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "level", "vip", "minutes"),
    [
        (State.AUDITING, Level.NORMAL, False, 30),
        (State.AUDITING, Level.NORMAL, True, 10),
        (State.DISPATCHED, Level.NORMAL, False, 240),
        (State.DISPATCHED, Level.URGENT, False, 60),
        (State.DISPATCHED, Level.MAJOR, True, 30),
        (State.CALLBACK, Level.NORMAL, False, 2880),
        (State.CALLBACK, Level.MAJOR, False, 1440),
    ],
)
def test_steps_have_their_own_limits(state: State, level: Level, vip: bool, minutes: int) -> None:
    ticket = Ticket(TicketType.COMPLAINT, state, level=level, flow="complaint", vip=vip, state_since=NOW)
    (clock,) = step_clocks(ticket, NOW)
    assert (clock.limit, clock.due_at) == (timedelta(minutes=minutes), NOW + timedelta(minutes=minutes))


def test_urging_and_subtasks_have_clocks() -> None:
    subtask = Subtask("网络部", NOW, NOW + timedelta(hours=6))
    ticket = Ticket(
        TicketType.COMPLAINT, State.PROCESSING, flow="complaint", urged_at=NOW, subtasks=(subtask,), accepted_at=NOW
    )
    limits = {clock.id: clock.limit for clock in step_clocks(ticket, NOW)}
    hours = {"contact": 24, "comment": 2, "subtask/网络部": 6}
    assert limits == {name: timedelta(hours=count) for name, count in hours.items()}


def test_the_agenda_says_everything_once() -> None:
    waiting = Ticket(TicketType.COMPLAINT, State.CALLBACK, flow="complaint", state_since=NOW)
    due = agenda(waiting, step_clocks(waiting, NOW), NOW)
    assert [(each.act, each.data["percent"]) for each in due] == [(Act.WARN, "80"), (Act.WARN, "100")]
    said = Ticket(
        TicketType.COMPLAINT, State.CALLBACK, flow="complaint", state_since=NOW, said=frozenset({"callback:80"})
    )
    assert [each.data["percent"] for each in agenda(said, step_clocks(said, NOW), NOW)] == ["100"]


def test_pauses_and_unread_replies_end_by_themselves() -> None:
    for ticket, act, hours in (
        (Ticket(TicketType.COMPLAINT, State.INFO_REQUIRED, info_since=NOW), Act.INFO_TIMEOUT, 24.0),
        (Ticket(TicketType.COMPLAINT, State.SUSPENDED, suspended_until=NOW + timedelta(days=2)), Act.RESUME, 48.0),
        (Ticket(TicketType.COMPLAINT, State.REPLIED, flow="complaint", state_since=NOW), Act.OPEN_REPLY, 0.5),
    ):
        (due,) = agenda(ticket, [], NOW)
        assert (due.act, due.at) == (act, NOW + timedelta(hours=hours))
