"""Which sentences fit a call, and that there is one for every situation of requirements.md 4.7."""

from typing import get_args

import pytest

from agent_api.scripts.lines import Line, Situation, fitting, unknown_variables
from agent_api.scripts.service import shipped

pytestmark = pytest.mark.unit

GENERAL = Line(situation="greeting", text="您好", moments=("ringing",))
OWN = Line(situation="greeting", text="投诉台", queue="complaint")
FOR_CHARGES = Line(situation="greeting", text="费用", reason="T.CHARGE")
ENGLISH = Line(situation="greeting", text="Hello", language="en")
HOLD = Line(situation="hold", text="稍等")
LINES = (GENERAL, OWN, FOR_CHARGES, ENGLISH, HOLD)


@pytest.mark.parametrize("situation", get_args(Situation))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_situation_has_a_sentence(situation: str, language: str) -> None:
    assert fitting(shipped(), situation=situation, language=language)


@pytest.mark.parametrize("moment", ["ringing", "talking", "hold", "wrap_up"])
def test_every_moment_of_a_call_has_one(moment: str) -> None:
    assert fitting(shipped(), moment=moment)


def test_the_shipped_ones_use_known_variables() -> None:
    assert unknown_variables(shipped()) == []
    assert unknown_variables([Line(situation="hold", text="{name}请{customer}{")]) == ["", "name"]


def test_own_sentences_take_the_place_of_general_ones() -> None:
    assert fitting(LINES, situation="greeting", language="zh") == [GENERAL]
    assert fitting(LINES, situation="greeting", language="zh", queue="complaint") == [OWN]
    assert fitting(LINES, language="zh", reason="T.CHARGE.2") == [FOR_CHARGES, HOLD]
    assert fitting(LINES, language="zh", reason="T.CHARGES") == [GENERAL, HOLD]
    assert fitting(LINES, situation="greeting", queue="complaint", language="en") == [ENGLISH]
    assert fitting(LINES, moment="talking", language="zh", queue="bill") == [HOLD]
