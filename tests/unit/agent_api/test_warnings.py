"""Shares of a limit at which people are warned: shipped, a centre's own, what each brings."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets import recipients, workflow
from agent_api.tickets.agenda import agenda
from agent_api.tickets.clocks import Visit, clocks
from agent_api.tickets.steps import step_clocks
from agent_api.tickets.thresholds import rules
from agent_api.tickets.warnings import Shares, misordered, shares_of, shipped
from agent_api.tickets.words import Act, Happening, Level, State, Ticket, TicketType

pytestmark = pytest.mark.unit
START = datetime(2026, 11, 18, 6, tzinfo=UTC)
OWN = {"warning.info": [30], "warning.yellow": [60], "warning.escalate": [110], "warning.supervise": [150]}


def test_as_shipped_they_come_at_50_80_100_120_and_200_percent() -> None:
    assert shares_of({"accept": [10, 5, 5]}) == shipped() == Shares(50, 80, 120, 200)
    found = [shipped().name_of(percent) for percent in (49.9, 50, 80, 100, 120, 199, 200, 900)]
    assert found == ["none", "info", "yellow", "red", "escalate", "escalate", "supervise", "supervise"]


def test_a_centre_says_some_of_them_and_the_rest_stays() -> None:
    assert shares_of({"warning.yellow": [70]}) == Shares(50, 70, 120, 200)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ({"warning.yellow": [90]}, {"warning.yellow": "looser_than_above"}),
        ({"warning.yellow": [0]}, {"warning.yellow": "out_of_range"}),
        ({"warning.escalate": [100]}, {"warning.escalate": "out_of_range"}),
        ({"warning.red": [90]}, {"warning.red": "unknown"}),
        ({"warning.info": [40], "warning.yellow": [60]}, {}),
    ],
)
def test_no_centre_warns_later_than_the_one_above(rows: dict[str, list[int]], wrong: dict[str, str]) -> None:
    assert rules.problems(rows, rules.shipped()) == wrong


def test_each_comes_after_the_one_before_it() -> None:
    assert rules.misordered({"warning.yellow": [50]}, rules.shipped()) == {"warning.yellow": "wrong_order"}
    assert rules.misordered({"warning.supervise": [120]}, rules.shipped()) == {"warning.supervise": "wrong_order"}
    assert misordered(rules.shipped()) == []


def test_they_are_kept_with_the_ticket_and_facts_that_judge_it_are_not() -> None:
    own = rules.applied({**rules.shipped(), **OWN, "severity.amount": [500]}).own
    assert own == OWN


def test_of_what_another_installation_says_only_what_can_be_counted_by_is_kept() -> None:
    said = {"accept": [60, 60, 30], "warning.info": [20], "dispatch": [5], "nothing": [1], "severity.amount": [5]}
    assert rules.known(said) == {"accept": [60, 60, 30], "warning.info": [20]}


def test_the_agenda_and_the_colours_go_by_the_centres_shares() -> None:
    ticket = workflow.rebuild(
        Ticket(TicketType.COMPLAINT, State.PROCESSING, level=Level.NORMAL, limits=OWN, state_since=START), []
    )
    running = clocks(
        TicketType.COMPLAINT,
        Level.NORMAL,
        False,
        [Visit(State.PROCESSING, START)],
        START + timedelta(hours=30),
        shares=shares_of(OWN),
    )
    coming = [due for due in agenda(ticket, running, START) if due.data.get("clock") == "operational"]
    assert [due.data["percent"] for due in coming] == ["30", "60", "100", "110", "150"]
    assert [due.act for due in coming] == [Act.WARN, Act.WARN, Act.OVERDUE, Act.WARN, Act.WARN]
    assert running[0].warning == "yellow", "62 % of 48 hours"
    assert running[0].yellow_at == START + timedelta(hours=48) * 0.6
    steps = step_clocks(
        Ticket(TicketType.COMPLAINT, State.AUDITING, flow="complaint", limits=OWN, state_since=START), START
    )
    assert {due.data["percent"] for due in agenda(ticket, steps, START)} == {"60", "100"}


@pytest.mark.parametrize(("percent", "told"), [("30", 1), ("60", 2), ("100", 5), ("110", 5), ("150", 5)])
def test_who_is_told_goes_by_what_a_share_means(percent: str, told: int) -> None:
    ticket = Ticket(TicketType.COMPLAINT, State.PROCESSING, limits=OWN)
    found = recipients.concerned(ticket, Happening(Act.WARN, START, data={"clock": "operational", "percent": percent}))
    assert found is not None
    assert (found[0], len(found[1])) == ("clock", told)
