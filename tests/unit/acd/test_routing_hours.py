"""When a queue is open: days, hours, openings past midnight and holidays, in the table's time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from acd.contracts.routing import Hours, Opening, RoutingTable
from acd.core.routing import is_open
from tests.support.floor import TABLE

pytestmark = pytest.mark.unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Opening(days=(1, 2, 3, 4, 5), begins=time(9), ends=time(18))
FRIDAY_NIGHT = Opening(days=(5,), begins=time(22), ends=time(6))


def opened(openings: tuple[Opening, ...], local: str, table: RoutingTable = TABLE) -> bool:
    return is_open(Hours(openings=openings), table, datetime.fromisoformat(local).replace(tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("local", "is_so"),
    [
        ("2026-11-23T08:59:59", False),  # a Monday
        ("2026-11-23T09:00:00", True),
        ("2026-11-23T18:00:00", True),
        ("2026-11-23T18:00:01", False),
        ("2026-11-22T12:00:00", False),
        ("2026-11-27T12:00:00", True),
    ],
)
def test_office_hours(local: str, is_so: bool) -> None:
    assert opened((OFFICE,), local) is is_so


@pytest.mark.parametrize(
    ("local", "is_so"),
    [
        ("2026-11-27T05:00:00", False),  # the morning of that Friday belongs to Thursday
        ("2026-11-27T21:59:59", False),
        ("2026-11-27T22:00:00", True),
        ("2026-11-28T06:00:00", True),
        ("2026-11-28T06:00:01", False),
        ("2026-11-28T22:00:00", False),
    ],
)
def test_an_opening_past_midnight_belongs_to_the_day_it_begins_on(local: str, is_so: bool) -> None:
    assert opened((FRIDAY_NIGHT,), local) is is_so


def test_any_opening_will_do_and_none_at_all_means_always() -> None:
    assert opened((OFFICE, FRIDAY_NIGHT), "2026-11-28T05:00:00")
    assert opened((), "2026-11-22T03:00:00")


def test_a_whole_day_has_no_gap_before_midnight() -> None:
    assert opened((Opening(),), "2026-11-23T23:59:59.999999")


def test_the_hours_are_those_of_the_tables_zone() -> None:
    there = TABLE.model_copy(update={"timezone": "Asia/Urumqi"})  # two hours later
    assert not opened((OFFICE,), "2026-11-23T10:00:00", there)
    assert opened((OFFICE,), "2026-11-23T19:00:00", there)


def test_holidays_close_only_who_says_so() -> None:
    table = TABLE.model_copy(update={"holidays": (date(2026, 11, 23),)})
    noon = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
    assert is_open(Hours(openings=(OFFICE,)), table, noon)
    assert not is_open(Hours(openings=(OFFICE,), closed_on_holidays=True), table, noon)
    assert not is_open(Hours(closed_on_holidays=True), table, noon)
    assert is_open(Hours(closed_on_holidays=True), table, noon.replace(day=24))
