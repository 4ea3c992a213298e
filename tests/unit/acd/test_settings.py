"""Settings from the environment, the queues file, and the commands that need neither broker nor Asterisk."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from acd.cli import app
from acd.settings import AcdSettings, load_table

pytestmark = pytest.mark.unit


def queues_file(folder: Path, text: str) -> Path:
    path = folder / "queues.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_outside_must_be_a_pattern() -> None:
    assert AcdSettings(outside_numbers="0[0-9]+").outside_numbers == "0[0-9]+"
    with pytest.raises(ValidationError, match="no regular expression"):
        AcdSettings(outside_numbers="0[")


def test_our_queues() -> None:
    queues = load_table(AcdSettings().queues_file).queues
    assert (
        " ".join(queue.name for queue in queues) == "general bill complaint vip emergency senior dunning dealer english"
    )
    general = queues[0]
    assert (general.ring_seconds, general.wrap_up_seconds, general.announce_every_seconds) == (15, 60, 30)
    assert general.service_level_seconds == 15


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[queue]]\nname = 'a'",
        "timezone = 'Nowhere'\n[[queue]]\nname = 'a'\ntitle = 'x'",
        "[[queue]]\nname = 'a/b'\ntitle = 'x'\nskill = 'x'",
        "[[queue]]\nname = 'a'\ntitle = 'x'\nskill = 'x'\nring_second = 15",  # a slip of the pen
        "[[queue]]\nname = 'a'\ntitle = 'x'\nskill = 'x'\nwrap_up_seconds = -1",
        "[[queue]]\nname = 'a'\ntitle = 'x'\nskill = 'x'\n[[queue]]\nname = 'a'\ntitle = 'y'\nskill = 'y'",
    ],
)
def test_wrong_queues_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises((ValidationError, ValueError)):
        load_table(queues_file(tmp_path, text))


def test_one_node_from_plain_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACD_AMI_PORT", "5999")
    monkeypatch.setenv("ACD_AMI_SECRET", "s3cret")
    (node,) = AcdSettings().asterisks()
    assert (node.name, node.port, node.secret.get_secret_value()) == ("n1", 5999, "s3cret")


def test_several_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [{"name": "n1", "port": 5038, "secret": "a"}, {"name": "n2", "host": "10.0.0.2", "secret": "b"}]
    monkeypatch.setenv("ACD_NODES", json.dumps(nodes))
    settings = AcdSettings()
    assert settings.node_names() == ("n1", "n2")
    assert [node.host for node in settings.asterisks()] == ["127.0.0.1", "10.0.0.2"]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACD_AMI_SECRET", "s3cret")
    monkeypatch.setenv("ACD_BROKER__PASSWORD", "pa55word")
    shown = repr(AcdSettings())
    assert "s3cret" not in shown
    assert "pa55word" not in shown


def test_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ACD_JOURNAL", str(tmp_path / "new" / "journal.sqlite3"))
    told = CliRunner().invoke(app, ["run", "--check"])
    assert told.exit_code == 0, told.output
    assert "9 queues, nodes n1" in told.output
    assert list(tmp_path.iterdir()) == []  # a check leaves nothing behind


def test_replay_is_handed_over(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ami"
    empty.write_text("")
    assert CliRunner().invoke(app, ["replay", "--json", str(empty)]).exit_code == 0


def test_status_of_a_process_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACD_OBSERVE_PORT", "1")
    told = CliRunner().invoke(app, ["status"])
    assert told.exit_code == 1
    assert "does not answer" in told.output
