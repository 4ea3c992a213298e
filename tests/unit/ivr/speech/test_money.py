"""Amounts: a written table, and two independent readings of Chinese numerals as properties."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.limits import LIMIT
from ivr.speech.zh.clips import CLIPS, text_of
from ivr.speech.zh.money import speak_money
from ivr.speech.zh.numbers import speak_count
from tests.unit.ivr.speech.readers import read_money

pytestmark = pytest.mark.unit

TABLE = [
    tuple(line.split())
    for line in (Path(__file__).parent / "amounts.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]

AMOUNTS = st.integers(0, LIMIT * 100 - 1).map(lambda fen: Decimal(fen).scaleb(-2))
EVERYDAY = st.integers(0, 10_000_00).map(lambda fen: Decimal(fen).scaleb(-2))
ROUND = st.builds(lambda digits, zeros: int(digits) * 10**zeros, st.integers(1, 1099), st.integers(0, 8))


def written_out(n: int) -> str:
    """The schoolbook way: a word for every digit, then strike the zeros that are not said."""
    if n == 0:
        return "零"
    text = ""
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), str(n), strict=True):
        text += "零一二三四五六七八九"[int(digit)] + ("" if digit == "0" else ("", "十", "百", "千")[place % 4])
        if place and place % 4 == 0 and n // 10**place % 10000:
            text += ("万", "亿")[place // 4 - 1]
    text = re.sub("零+(?=[万亿])", "", re.sub("零+", "零", text)).rstrip("零")
    text = re.sub("二(?=千)", "两", re.sub("^二(?=[万亿])", "两", text))
    return re.sub("^一十", "十", text)


def test_table_is_large_and_has_the_required_amounts() -> None:
    assert len(TABLE) >= 200
    required = {"0", "0.05", "0.50", "10", "10.05", "101", "110", "1001", "1010", "10000", "100000.10", "100000000"}
    assert required <= {amount for amount, _ in TABLE}


@pytest.mark.parametrize(("amount", "text"), TABLE)
def test_amount_is_spoken_as_written(amount: str, text: str) -> None:
    assert text_of(speak_money(Decimal(amount))) == text


@given(AMOUNTS | EVERYDAY)
def test_what_is_spoken_reads_back_as_the_amount(amount: Decimal) -> None:
    assert read_money(text_of(speak_money(amount))) == amount


@given(st.integers(0, LIMIT - 1) | st.integers(0, 99_999) | ROUND)
def test_numerals_follow_the_schoolbook(n: int) -> None:
    assert text_of(speak_count(n)) == written_out(n)
    if n:
        fraction_free = text_of(speak_money(Decimal(n)))
        assert fraction_free.removesuffix("元") == ("两" if n == 2 else written_out(n))


@given(AMOUNTS)
def test_every_clip_named_exists(amount: Decimal) -> None:
    assert set(speak_money(amount)) <= CLIPS.keys()


@pytest.mark.parametrize("amount", ["-0.01", "-5", "0.001", "NaN", "Infinity", "1000000000000"])
def test_what_has_no_words_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        speak_money(Decimal(amount))


def test_trailing_zeros_say_nothing() -> None:
    assert speak_money(Decimal("88.00")) == speak_money(Decimal(88)) == ("yuan/88",)
