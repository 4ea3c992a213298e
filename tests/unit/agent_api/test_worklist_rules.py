"""Who is mentioned in a text, and the colour of a clock."""

import pytest

from agent_api.worklists.rules import colour, mentioned

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("@8301 请跟进", ["8301"]),
        ("请@8301、@83020和@8301回复", ["8301", "83020"]),
        ("a@8301.cn", ["8301"]),
        ("@123 @1234567 8301", []),
    ],
)
def test_numbers_after_an_at_are_mentions(words: str, numbers: list[str]) -> None:
    assert mentioned(words) == numbers


@pytest.mark.parametrize(
    ("share", "name"),
    [(0.49, "none"), (0.5, "info"), (0.8, "yellow"), (1.0, "red"), (1.2, "escalate"), (2.0, "supervise")],
)
def test_a_clock_changes_its_colour_at_its_marks(share: float, name: str) -> None:
    assert colour(share) == name
