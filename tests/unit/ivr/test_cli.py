"""The terminal walk through a menu."""

import pytest
from typer.testing import CliRunner

from ivr.cli import app, typed_entry
from ivr.steps import Entry

pytestmark = pytest.mark.unit


def test_a_menu_can_be_walked_through_with_typed_keys() -> None:
    result = CliRunner().invoke(app, ["transcript"], input="1\n1\n2\n1\n135790\n0\n")
    assert result.exit_code == 0, result.output
    assert "一百二十八元五角" in result.output
    assert "agent -> bill" in result.output


def test_other_menus_can_be_walked_through() -> None:
    result = CliRunner().invoke(app, ["transcript", "survey"], input="3\n1\n")
    assert "Reason=attitude" in result.output
    result = CliRunner().invoke(app, ["transcript", "dunning"], input="1\n2\n")
    assert "Code=PROMISE" in result.output


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", Entry()),
        ("#", Entry(ended=True)),
        ("*", Entry("*")),
        ("12#", Entry("12", True)),
        ("1*2", Entry("2")),
        ("1234567", Entry("123456")),
    ],
)
def test_typed_text_becomes_an_entry(text: str, entry: Entry) -> None:
    assert typed_entry(text, 6) == entry


def test_status_of_a_process_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_OBSERVE_PORT", "1")
    result = CliRunner().invoke(app, ["status"])
    assert result.exit_code == 1
    assert "no answer on 127.0.0.1 port 1" in result.output
