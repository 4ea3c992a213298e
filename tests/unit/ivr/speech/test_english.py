"""English: what is spoken reads back as the value, by readers that know nothing of how the grammar builds it."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.en.clips import CLIPS, UNITS, text_of
from ivr.speech.en.dates import speak_date, speak_month, speak_time
from ivr.speech.en.grammar import speak_digits
from ivr.speech.en.numbers import speak_count, speak_money, speak_quantity
from ivr.speech.limits import LIMIT, PAUSE

pytestmark = pytest.mark.unit

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
WORDS = {word: n for n, word in enumerate(ONES.split())}
WORDS |= {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # noqa: SIM905
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
AMOUNTS = st.integers(0, LIMIT * 100 - 1).map(lambda fen: Decimal(fen).scaleb(-2))
EVERYDAY = st.integers(0, 10_000_00).map(lambda fen: Decimal(fen).scaleb(-2))
ROUND = st.builds(lambda digits, zeros: int(digits) * 10**zeros, st.integers(1, 1099), st.integers(0, 8))
TABLE = [
    line.split(maxsplit=1)
    for line in (Path(__file__).parent / "amounts_en.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read_number(text: str) -> int:
    total = section = 0
    for word in text.replace("-", " ").split():
        if word in SCALES:
            total, section = total + section * SCALES[word], 0
        elif word == "hundred":
            section *= 100
        elif word != "and":
            section += WORDS[word]
    return total + section


def read_money(text: str) -> Decimal:
    yuan, found, rest = text.partition(" yuan")
    if not found:
        yuan, rest = "zero", text
    fen = rest.strip().removeprefix("and ").removesuffix(" fen")
    return Decimal(read_number(yuan) * 100 + (read_number(fen) if fen else 0)).scaleb(-2)


def read_ordinal(text: str) -> int:
    names = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
    names |= {"twentieth": 20, "thirtieth": 30}
    total = 0
    for word in text.split("-"):
        total += names.get(word) or WORDS.get(word) or WORDS[word.removesuffix("th")]
    return total


def read_year(text: str) -> int:
    words = text.split()
    if "thousand" in words:
        return read_number(text)
    century, rest = read_number(words[0]), words[1:]
    return century * 100 + (0 if rest == ["hundred"] else read_number(" ".join(w for w in rest if w != "oh")))


@pytest.mark.parametrize(("amount", "text"), TABLE)
def test_amount_is_spoken_as_written(amount: str, text: str) -> None:
    assert text_of(speak_money(Decimal(amount))) == text


@given(AMOUNTS | EVERYDAY)
def test_what_is_spoken_reads_back_as_the_amount(amount: Decimal) -> None:
    assert read_money(text_of(speak_money(amount))) == amount


@given(st.integers(0, LIMIT - 1) | st.integers(0, 99_999) | ROUND)
def test_count_reads_back(n: int) -> None:
    words = text_of(speak_count(n))
    assert read_number(words) == n
    assert words.split()[-1] != "and"


@given(AMOUNTS)
def test_every_clip_named_exists(amount: Decimal) -> None:
    assert set(speak_money(amount)) <= CLIPS.keys()


@pytest.mark.parametrize("amount", ["-0.01", "-5", "0.001", "NaN", "Infinity", "1000000000000"])
def test_what_has_no_words_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        speak_money(Decimal(amount))


@pytest.mark.parametrize(
    ("n", "unit", "text"),
    [
        (0, "minutes", "zero minutes"),
        (1, "minutes", "one minute"),
        (21, "hours", "twenty-one hours"),
        (2048, "mb", "two thousand and forty-eight megabytes"),
        (1, "people", "one person"),
        (300, "items", "three hundred messages"),
    ],
)
def test_quantity(n: int, unit: str, text: str) -> None:
    assert text_of(speak_quantity(n, unit)) == text


@given(st.integers(0, 99_999), st.sampled_from(sorted(UNITS)))
def test_quantity_reads_back(n: int, unit: str) -> None:
    number, _, word = text_of(speak_quantity(n, unit)).rpartition(" ")
    assert read_number(number) == n
    assert word == UNITS[unit][n != 1]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-21", "November twenty-first twenty twenty-six"),
        ("2026-01-01", "January first twenty twenty-six"),
        ("2005-08-12", "August twelfth two thousand and five"),
        ("2000-02-29", "February twenty-ninth two thousand"),
        ("1905-03-03", "March third nineteen oh five"),
        ("1900-12-30", "December thirtieth nineteen hundred"),
    ],
)
def test_date(day: str, text: str) -> None:
    assert text_of(speak_date(date.fromisoformat(day))) == text


@given(st.dates(min_value=date(1000, 1, 1)))
def test_date_reads_back(day: date) -> None:
    month, ordinal, year = text_of(speak_date(day)).split(maxsplit=2)
    assert date(read_year(year), MONTHS.index(month) + 1, read_ordinal(ordinal)) == day


@pytest.mark.parametrize("n", range(1, 13))
def test_month(n: int) -> None:
    assert text_of(speak_month(f"2026-{n:02}")) == MONTHS[n - 1]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("00:00", "twelve a.m."),
        ("09:05", "nine oh five a.m."),
        ("12:10", "twelve ten p.m."),
        ("15:30", "three thirty p.m."),
    ],
)
def test_time(moment: str, text: str) -> None:
    assert text_of(speak_time(time.fromisoformat(moment))) == text


@given(st.times())
def test_time_reads_back(moment: time) -> None:
    hour, *minute, half = text_of(speak_time(moment)).split()
    minutes = read_number(" ".join(word for word in minute if word != "oh"))
    read = time(WORDS[hour] % 12 + (12 if half == "p.m." else 0), minutes)
    assert read == moment.replace(second=0, microsecond=0)


@given(st.text("0123456789", min_size=1, max_size=32))
def test_no_digit_is_lost(text: str) -> None:
    clips = speak_digits(text)
    assert "".join(str(WORDS[CLIPS[clip]]) for clip in clips if clip != PAUSE) == text


def test_every_number_below_a_thousand_has_its_own_words() -> None:
    assert len({text_of(speak_count(n)) for n in range(1000)}) == 1000
    assert [read_number(text_of(speak_count(n))) for n in range(1000)] == list(range(1000))
