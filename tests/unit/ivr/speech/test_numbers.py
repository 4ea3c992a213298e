"""Counts, measure words and digit strings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.limits import PAUSE
from ivr.speech.zh.clips import CLIPS, UNITS, text_of
from ivr.speech.zh.numbers import speak_count, speak_digits, speak_quantity
from tests.unit.ivr.speech.readers import read_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (100, "一百"),
        (110, "一百一十"),
        (202, "二百零二"),
        (1024, "一千零二十四"),
        (2000, "两千"),
        (20480, "两万零四百八十"),
        (120000, "十二万"),
    ],
)
def test_count(n: int, text: str) -> None:
    assert text_of(speak_count(n)) == text


@pytest.mark.parametrize(("n", "unit", "text"), [(2, "minutes", "两分钟"), (12, "items", "十二条"), (0, "mb", "零兆")])
def test_quantity(n: int, unit: str, text: str) -> None:
    assert text_of(speak_quantity(n, unit)) == text


@pytest.mark.parametrize("unit", UNITS)
def test_every_measure_word_has_a_clip(unit: str) -> None:
    assert set(speak_quantity(2, unit)) <= CLIPS.keys()


@given(st.integers(0, 10**9), st.sampled_from(sorted(UNITS)))
def test_quantity_reads_back(n: int, unit: str) -> None:
    words = text_of(speak_quantity(n, unit))
    assert words.endswith(UNITS[unit])
    assert read_number(words.removesuffix(UNITS[unit])) == n


@given(st.integers(0, 10**12 - 1) | st.integers(0, 99_999))
def test_count_reads_back(n: int) -> None:
    assert read_number(text_of(speak_count(n))) == n


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        speak_count(-1)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("8001", ["八零零幺"]),
        ("13900000001", ["幺三九", "零零零零", "零零零幺"]),
        ("10010", ["幺零零幺零"]),
        ("202611210", ["二零二六幺", "幺二幺零"]),
        ("01012345678", ["零幺零", "幺二三四", "五六七八"]),
    ],
)
def test_digits_come_in_groups(text: str, groups: list[str]) -> None:
    clips = speak_digits(text)
    assert "".join(" " if clip == PAUSE else CLIPS[clip] for clip in clips) == " ".join(groups)


def test_one_is_yi_where_yao_is_off() -> None:
    assert text_of(speak_digits("8101", yao=False)) == "八一零一"


@given(st.text("0123456789", min_size=1, max_size=32), st.booleans())
def test_no_digit_is_lost(text: str, yao: bool) -> None:
    spoken = text_of(speak_digits(text, yao)).replace("幺", "一")
    assert "".join(str("零一二三四五六七八九".index(word)) for word in spoken) == text


@given(st.text("0123456789", min_size=2, max_size=32))
def test_no_group_is_a_single_digit(text: str) -> None:
    spoken = "".join(" " if clip == PAUSE else "x" for clip in speak_digits(text))
    assert all(2 <= len(group) <= 6 for group in spoken.split())


@pytest.mark.parametrize("text", ["", "12a", "+86", "１２"])
def test_only_digits_are_spoken(text: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        speak_digits(text)
