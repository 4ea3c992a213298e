"""The board of work: colours, cells, bottlenecks, forecast, history, as functions of rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_api.monitor import rules
from agent_api.monitor.rules import Colour, Life, Move, Work
from agent_api.monitor.service import Wanted, chosen, stage_of
from agent_api.tickets.words import FINISHED, State

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def work(number: str = "TS1", **changes: Any) -> Work:
    given: dict[str, Any] = {
        "kind": "ticket", "number": number, "type": "complaint", "title": "t", "state": "PROCESSING",
        "stage": "verify", "unit": "js-nj", "owner": "", "level": "NORMAL", "urges": 0, "opened_at": NOW - 10 * HOUR,
        "since": NOW - 2 * HOUR, "yellow_at": NOW + HOUR, "due_at": NOW + 5 * HOUR,
    }  # fmt: skip
    return Work(**given | changes)


def plain(start: datetime, end: datetime) -> timedelta:
    return end - start


@pytest.mark.parametrize(
    ("yellow", "due", "colour"),
    [
        (1, 5, Colour.GREEN),
        (0, 5, Colour.YELLOW),
        (-3, 0, Colour.RED),
        (-3, -1, Colour.RED),
        (None, None, Colour.NONE),
    ],
)
def test_a_piece_of_work_has_the_colour_of_its_clock(yellow: int | None, due: int | None, colour: Colour) -> None:
    at = [None if hours is None else NOW + hours * HOUR for hours in (yellow, due)]
    assert rules.colour_of(work(yellow_at=at[0], due_at=at[1]), NOW) is colour


def test_cells_and_owners_add_up_to_everything() -> None:
    late: dict[str, Any] = {"yellow_at": NOW - HOUR, "due_at": NOW - HOUR}
    works = [work(), work(unit="js"), work(stage="accept"), work(owner="8302", **late), work(owner="8302")]
    cells = rules.cells(works, NOW)
    assert [(cell.stage, cell.unit) for cell in cells] == [("accept", "js-nj"), ("verify", "js"), ("verify", "js-nj")]
    assert sum(sum(cell.colours.values()) for cell in cells) == len(works)
    owners = rules.owners(works, NOW)
    assert owners[0] == ("js-nj", "8302", {Colour.RED: 1, Colour.GREEN: 1})
    assert sum(sum(colours.values()) for _, _, colours in owners) == len(works)


def test_the_worst_stage_is_late_growing_or_old() -> None:
    works = [work(), work(since=NOW - 30 * HOUR), work(stage="accept", since=NOW - HOUR)]
    moves = [Move("accept", "verify", "js-nj", NOW - HOUR)] * 3 + [Move("verify", "", "js-nj", NOW - HOUR)]
    old = Move("", "accept", "js-nj", NOW - 30 * HOUR)
    found = rules.bottlenecks(works, [*moves, old], NOW)
    assert [(each.stage, each.count, each.growth) for each in found] == [("verify", 2, 2), ("accept", 1, -3)]
    assert (found[0].oldest, found[0].typical) == (30 * HOUR, 16 * HOUR)
    assert rules.bottlenecks([], [], NOW) == []


def test_late_work_weighs_most() -> None:
    late = [work(stage="accept", yellow_at=NOW - HOUR, due_at=NOW - HOUR, since=NOW - 12 * HOUR), work(stage="accept")]
    old = work(since=NOW - 48 * HOUR)
    yesterday = Move("", "verify", "js-nj", NOW - timedelta(days=1))
    found = rules.bottlenecks([*late, old], [yesterday, replace(yesterday, at=yesterday.at - HOUR)], NOW)
    assert [(each.stage, each.red, each.growth, each.score) for each in found] == [
        ("accept", 1, 0, 3.5), ("verify", 0, 1, 3.0),
    ]  # fmt: skip


def test_the_forecast_counts_what_runs_out_and_what_nobody_will_reach() -> None:
    due = [work(due_at=NOW + hours * HOUR) for hours in (1, 2, 3, 20, 40, 100)]
    gone = work(due_at=NOW - HOUR)
    # 84 a week is one in two hours: the first is due before its turn, the second and third as well.
    found = rules.forecast([*due, gone, work(due_at=None)], 84, NOW, plain)
    assert [(each.hours, each.due, each.expected_late) for each in found] == [(4, 3, 3), (24, 4, 3), (48, 5, 3)]
    nobody_works = rules.forecast(due, 0, NOW, plain)
    assert [each.expected_late for each in nobody_works] == [3, 4, 5]


def test_the_history_shows_each_evening() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    monday = datetime(2026, 11, 16, 9, tzinfo=zone)
    lives = [
        Life(monday, monday + 4 * HOUR, None),
        Life(monday, monday + 30 * HOUR, None),
        Life(monday + 25 * HOUR, None, monday + 28 * HOUR),
    ]
    found = rules.history(lives, date(2026, 11, 18), 3, zone, NOW)
    assert [(day.opened, day.closed, day.left_open, day.left_late) for day in found] == [
        (2, 1, 1, 0), (1, 1, 1, 1), (0, 0, 1, 1),
    ]  # fmt: skip


def test_midnight_belongs_to_the_day_that_begins() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    midnight = datetime(2026, 11, 17, tzinfo=zone)
    found = rules.history([Life(midnight, None, None)], date(2026, 11, 17), 2, zone, NOW)
    assert [(day.opened, day.left_open) for day in found] == [(0, 0), (1, 1)]
    closed = rules.history([Life(midnight - HOUR, midnight, midnight)], date(2026, 11, 17), 2, zone, NOW)
    assert [(day.closed, day.left_open, day.left_late) for day in closed] == [(0, 1, 0), (1, 0, 0)]


def test_every_state_has_its_stage_or_is_over() -> None:
    over = {*FINISHED, State.DRAFT, State.NOTIFIED}
    for state in State:
        assert (stage_of(state) in rules.STAGES) is (state not in over)


def test_behind_each_figure_is_its_list() -> None:
    works = [work("A", due_at=NOW + 3 * HOUR), work("B", owner="8302"), work("C", due_at=None, stage="standing")]
    assert [each.number for each in chosen(works, Wanted(), NOW)] == ["A", "B", "C"]
    assert [each.number for each in chosen(works, Wanted(owner=""), NOW)] == ["A", "C"]
    assert [each.number for each in chosen(works, Wanted(due_within=4), NOW)] == ["A"]
    assert [each.number for each in chosen(works, Wanted(colour=Colour.NONE), NOW)] == ["C"]
    assert chosen(works, Wanted(unit="sc"), NOW) == []
