"""Whatever a ticket's act asks for, the desk has words for it, in both languages, and a clock has its name."""

import re
from pathlib import Path

import pytest

from agent_api.tickets.flows import complaint, complaint_guards, consult, fault, simple
from agent_api.tickets.steps import TITLES
from agent_api.tickets.words import Act

pytestmark = pytest.mark.contract

SOURCES = Path(__file__).parents[2] / "agent_api" / "desk" / "src"
ASKED = sorted(
    {
        need.rstrip("?")
        for flow in (complaint, consult, fault, simple)
        for needs in flow.NEEDS.values()
        for need in needs
    }
    - {"comment"}  # it has a place of its own in every form
)


def words(language: str, group: str) -> set[str]:
    text = (SOURCES / "i18n" / language / "work.ts").read_text()
    block = re.search(rf"\n    {group}: \{{(.*?)\}},\n", text, re.DOTALL)
    assert block is not None, group
    return set(re.findall(r"(\w+): '", block[1]))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_field_act_and_clock_has_its_words(language: str) -> None:
    assert set(ASKED) <= words(language, "fields")
    assert {*TITLES, "operational", "legal"} <= words(language, "clockNames")
    assert set(Act) <= words(language, "events")


def test_the_reasons_offered_are_those_taken() -> None:
    form = (SOURCES / "pages" / "tickets" / "act_form.ts").read_text()
    offered = dict(re.findall(r"export const (\w+_REASONS) = \[([^\]]*)\]", form))
    for name in ("RETURN_REASONS", "ESCALATION_REASONS"):
        assert set(re.findall(r"'(\w+)'", offered[name])) == getattr(complaint_guards, name)
