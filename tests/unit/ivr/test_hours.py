"""Opening hours, day by day and minute by minute."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.menu.tree import Agent, Calendar, Hours, Span
from ivr.flows.tree.hours import is_open
from ivr.menus import shipped
from ivr.rehearsal import SampleCompany
from tests.unit.ivr.transcript import Heard, hotline_call

pytestmark = pytest.mark.unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
BACK_OFFICE = Hours(
    weekdays=(Span(open="08:00", close="12:00"), Span(open="13:00", close="20:00")),
    weekend=(Span(open="09:00", close="18:00"),),
    holiday=(),
)
CALENDAR = shipped().tree.calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("moment", "is_it"),
    [
        ("2026-11-20 07:59", False),  # Friday
        ("2026-11-20 08:00", True),
        ("2026-11-20 11:59", True),
        ("2026-11-20 12:00", False),
        ("2026-11-20 13:00", True),
        ("2026-11-20 20:00", False),
        ("2026-11-21 08:30", False),  # Saturday
        ("2026-11-21 09:00", True),
        ("2026-11-22 17:59", True),
        ("2026-10-01 10:00", False),  # 国庆节, a Thursday
        ("2026-10-10 08:30", True),  # a Saturday that is worked
        ("2026-10-10 18:30", True),
    ],
)
def test_weekdays_weekends_holidays_and_worked_weekends(moment: str, is_it: bool) -> None:
    assert is_open(BACK_OFFICE, CALENDAR, at(moment)) is is_it


def test_a_holiday_that_is_also_a_worked_day_is_a_holiday() -> None:
    day = at("2026-10-10 10:00").date()
    assert not is_open(BACK_OFFICE, Calendar(holidays={day: "x"}, workdays=(day,)), at("2026-10-10 10:00"))


def test_the_centres_zone_counts_not_the_clocks() -> None:
    utc = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))  # Saturday 07:30 in Shanghai
    assert not is_open(BACK_OFFICE, CALENDAR, utc)
    assert is_open(BACK_OFFICE, Calendar(timezone="America/New_York"), utc)  # Friday 18:30


def test_a_span_over_midnight() -> None:
    night = Hours(weekdays=(Span(open="22:00", close="06:00"),), weekend=(), holiday=())
    opened = [is_open(night, Calendar(), at(f"2026-11-20 {clock}")) for clock in ("21:59", "22:00", "05:59", "06:00")]
    assert opened == [False, True, True, False]


@given(st.datetimes(timezones=st.just(SHANGHAI)))
def test_day_and_night_means_always(moment: datetime) -> None:
    assert is_open(shipped().tree.hours["agents"], CALENDAR, moment)


def closed_call(*keys: str) -> Heard:
    tree = shipped().tree
    hours = tree.hours | {"agents": Hours(weekdays=(), weekend=(), holiday=())}
    return hotline_call(*keys, company=SampleCompany(), tree=tree.model_copy(update={"hours": hours}))


def test_outside_the_hours_a_message_may_be_left() -> None:
    heard = closed_call("0", "1", "2", "", "", "")
    assert heard.said[3:6] == ["menu/closed", "message/speak", "message/menu"]
    assert ("agent", "", "closed") in heard.visits
    assert heard.outcome == "self_service"


def test_who_cannot_use_the_menu_outside_the_hours_is_not_kept_in_circles() -> None:
    heard = closed_call("0", "", "", "")
    assert heard.said[-1] == "goodbye"
    assert heard.said.count("menu/closed") == 3
    again = closed_call("#", "#", "#", "", "", "")
    assert again.said[-1] == "goodbye"


def test_an_agent_without_hours_is_always_there() -> None:
    assert isinstance(shipped().tree.nodes["vip_agent"], Agent)
    tree = shipped().tree
    hours = tree.hours | {"agents": Hours(weekdays=(), weekend=(), holiday=())}
    assert hotline_call("", did="10018", tree=tree.model_copy(update={"hours": hours})).outcome == "vip"
