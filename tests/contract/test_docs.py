"""The maps tell the truth: every file and command they name exists, and the path of a call has nine steps."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer

from hotline.cli import app

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
PATH_IN_TEXT = re.compile(r"`((?:acd|ivr|agent_api|dialplans|sounds|docker|tests)/[\w./-]*)`")


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "DECISIONS.md"])
def test_every_file_named_exists(document: str) -> None:
    named = set(PATH_IN_TEXT.findall((ROOT / document).read_text(encoding="utf-8")))
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


HOTLINE = re.compile(r"`(?:\.venv/bin/)?hotline\s([^`]+)`")
MAKE = re.compile(r"(?:`|^    )make ([a-z]+)", re.MULTILINE)


def commands_of(part: typer.Typer) -> set[str]:
    return {str(each.name or getattr(each.callback, "__name__", "")) for each in part.registered_commands}


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "DECISIONS.md", "tests/benchmarks/README.md"])
def test_every_command_named_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    parts = {point.name: commands_of(point.load()) for point in entry_points(group="hotline.commands")}
    known = commands_of(app) | set(parts)
    for words in (named.split() for named in HOTLINE.findall(text)):
        assert words[0] in known, " ".join(words)
        assert len(words) == 1 or words[0] not in parts or words[1] in parts[words[0]], " ".join(words)
    assert set(MAKE.findall(text)) <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_the_path_of_a_call_has_nine_steps(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    path = text.split("## The path of a call", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^(\d)\. ", path, re.MULTILINE) == [str(step) for step in range(1, 10)]
