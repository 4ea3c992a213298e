"""Sentences with values: taken apart once, spoken as fragments and clips in each language."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.clips import CLIPS
from ivr.speech.limits import PAUSE
from ivr.speech.manifest import load
from ivr.speech.speaker import Speaker
from ivr.speech.template import KINDS, SAMPLES, Slot, parse
from ivr.speech.values import Count, Day, Digits, Money, Month, Saying, Text, TimeOfDay, Value

pytestmark = pytest.mark.unit

MANIFEST = load(Path(__file__).parents[4] / "sounds" / "manifest")
LANGUAGES = ("zh", "en")
VALUES: dict[str, Value] = {
    "digits": Digits("13900000001"),
    "money": Money(Decimal("128.50")),
    "month": Month("2026-10"),
    "date": Day(date(2026, 11, 21)),
    "time": TimeOfDay(time(15, 30)),
    "text": Text("own/branch"),
}
BALANCE = Saying("bill/balance", {"number": Digits("8001"), "amount": Money(Decimal("35.20"))})


def test_zh_words() -> None:
    assert Speaker(MANIFEST.templates, "zh").clips(("welcome", BALANCE)) == (
        "welcome", "bill/balance/1", "digits/8", "digits/0", "digits/0", "digits/yao", "bill/balance/2", "yuan/35",
        "jiao/2",
    )  # fmt: skip


def test_en_words() -> None:
    assert Speaker(MANIFEST.templates, "en").clips((BALANCE,)) == (
        "bill/balance/1", "digits/8", "digits/0", "digits/0", "digits/1", "bill/balance/2", "num/35", "money/yuan_and",
        "num/20", "money/fen",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted({name for _, name in MANIFEST.templates}))
def test_every_template_can_be_spoken_in_full(name: str, language: str) -> None:
    template = MANIFEST.templates[language, name]
    saying = Saying(name, {slot: VALUES.get(kind, Count(2)) for slot, kind in template.slots.items()})
    clips = Speaker(MANIFEST.templates, language).clips((saying,))
    assert set(clips) <= MANIFEST.ids(language) | {"own/branch"}
    texts = dict(CLIPS[language]) | {one.id: one.text for one in template.fragments}
    words = "".join(texts.get(clip, "") for clip in clips)
    assert all(fragment.text in words for fragment in template.fragments)


@pytest.mark.parametrize("name", sorted({name for _, name in MANIFEST.templates}))
def test_a_template_has_the_same_values_in_every_language(name: str) -> None:
    assert MANIFEST.templates["zh", name].slots.keys() == MANIFEST.templates["en", name].slots.keys()


def test_a_fragment_keeps_its_sentence_and_no_more() -> None:
    template = parse("t", "zh", "您查询的号码是{number:digits}。当前欠费{amount:money}，请缴费。")
    assert [(one.id, one.text, one.frame) for one in template.fragments] == [
        ("t/1", "您查询的号码是", "{}幺三九。"),
        ("t/2", "当前欠费", "{}三十五元，请缴费。"),
        ("t/3", "请缴费", "当前欠费三十五元，{}。"),
    ]


def test_english_fragments_keep_their_spaces_out() -> None:
    template = parse("t", "en", "On {day:date}, {amount:money} was paid. Thank you.")
    assert [one.text for one in template.fragments] == ["On", "was paid. Thank you"]
    assert template.parts == ("t/1", Slot("day", "date"), PAUSE, Slot("amount", "money"), "t/2")


def test_a_template_that_begins_with_a_value_pauses_first() -> None:
    assert parse("t", "zh", "{day:date}，缴费{amount:money}。").parts[0] == PAUSE


@pytest.mark.parametrize(("text", "reason"), [("没有值。", "has values"), ("{n:furlongs}", "no such kind")])
def test_a_bad_template_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse("t", "zh", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_words_and_a_sample(kind: str, language: str) -> None:
    assert SAMPLES[language][kind]
    speaker = Speaker({(language, "t"): parse("t", language, f"x {{v:{kind}}}")}, language)
    assert len(speaker.clips((Saying("t", {"v": VALUES.get(kind, Count(12))}),))) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "value"), [("money", Count(1)), ("digits", Month("2026-10")), ("count", Digits("1"))])
def test_a_value_in_the_wrong_place_is_refused(kind: str, value: Value, language: str) -> None:
    speaker = Speaker({(language, "t"): parse("t", language, f"x {{v:{kind}}}")}, language)
    with pytest.raises(ValueError, match=f"not spoken as {kind}"):
        speaker.clips((Saying("t", {"v": value}),))


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.integers(0, 10**9), st.sampled_from(sorted(KINDS - VALUES.keys())))
def test_every_count_has_its_files(language: str, n: int, kind: str) -> None:
    speaker = Speaker({(language, "t"): parse("t", language, f"x {{v:{kind}}}")}, language)
    clips = speaker.clips((Saying("t", {"v": Count(n)}),))
    assert set(clips[1:]) <= MANIFEST.ids(language)


def test_values_do_not_show_in_logs() -> None:
    assert "13900000001" not in repr(Saying("bill/balance", {"number": Digits("13900000001")}))
    assert "13900000001" not in repr(Digits("13900000001"))
