"""The maps tell the truth: every file and folder they name exists, and the path of a call has nine steps."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
PATH_IN_TEXT = re.compile(r"`((?:acd|ivr|agent_api|dialplans|sounds|docker|tests)/[\w./-]*)`")


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "DECISIONS.md"])
def test_every_file_named_exists(document: str) -> None:
    named = set(PATH_IN_TEXT.findall((ROOT / document).read_text(encoding="utf-8")))
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_the_path_of_a_call_has_nine_steps(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    path = text.split("## The path of a call", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^(\d)\. ", path, re.MULTILINE) == [str(step) for step in range(1, 10)]
