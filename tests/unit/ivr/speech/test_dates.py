"""Months, dates, times of day."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.zh.clips import text_of
from ivr.speech.zh.dates import speak_date, speak_month, speak_time

pytestmark = pytest.mark.unit

NUMERALS = [
    ("" if n < 20 else "零一二三四五"[n // 10])
    + ("十" if n > 9 else "")
    + ("零一二三四五六七八九"[n % 10] if n % 10 or not n else "")
    for n in range(60)
]


def test_required_examples() -> None:
    assert text_of(speak_date(date(2026, 11, 21))) == "二零二六年十一月二十一日"
    assert text_of(speak_month("2026-10")) == "十月"
    assert text_of(speak_time(time(15, 30))) == "十五点三十分"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("00:00", "零点整"),
        ("02:00", "两点整"),
        ("09:05", "九点零五分"),
        ("12:10", "十二点十分"),
        ("22:22", "二十二点二十二分"),
    ],
)
def test_time(moment: str, text: str) -> None:
    assert text_of(speak_time(time.fromisoformat(moment))) == text


@given(st.dates())
def test_date_reads_back(day: date) -> None:
    match = re.fullmatch("(.{4})年(.+)月(.+)日", text_of(speak_date(day)))
    assert match
    year = "".join(str("零一二三四五六七八九".index(word)) for word in match[1])
    assert date(int(year), NUMERALS.index(match[2]), NUMERALS.index(match[3])) == day


@given(st.times())
def test_time_reads_back(moment: time) -> None:
    match = re.fullmatch("(.+)点(?:整|零?(.+)分)", text_of(speak_time(moment)))
    assert match
    hour = NUMERALS.index(match[1].replace("两", "二")) if match[1] != "两" else 2
    assert time(hour, NUMERALS.index(match[2]) if match[2] else 0) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "10", "2026-1", "2026-10-01"])
def test_odd_month_is_refused(month: str) -> None:
    with pytest.raises(ValueError, match="month"):
        speak_month(month)
