"""When a notice is spoken."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agent_api.announcements.rules import Times, is_on

pytestmark = pytest.mark.unit

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 4, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "now", "expected"),
    [
        (Times(), at(1), True),
        (Times(starts_at=at(2)), at(1), False),
        (Times(starts_at=at(2)), at(2), True),
        (Times(ends_at=at(2)), at(2), False),
        (Times(starts_at=at(1), ends_at=at(3)), at(2), True),
        (Times(first_day=1, last_day=5), at(5), True),
        (Times(first_day=1, last_day=5), at(6), False),
        (Times(first_day=1, last_day=5), at(31, 15, month=10), False),
        (Times(first_day=1, last_day=5), at(31, 16, month=10), True),  # midnight in Shanghai
        (Times(first_day=28, last_day=3), at(30), True),
        (Times(first_day=28, last_day=3), at(2), True),
        (Times(first_day=28, last_day=3), at(15), False),
        (Times(starts_at=at(10), first_day=1, last_day=5), at(3), False),
    ],
)
def test_when_it_is_on(times: Times, now: datetime, expected: bool) -> None:
    assert is_on(times, now, SHANGHAI) is expected
