"""Faults other centres had: each has its row in tests/FAULTS.md, each test named there exists, settings stay safe."""

import ast
import re
from pathlib import Path

import pytest

from acd.adapters.ami import NEVER_SENT_AGAIN
from acd.adapters.node_link import OF_THE_LINK
from acd.core.messages.translate import EVENTS

pytestmark = pytest.mark.contract

PROJECT = Path(__file__).resolve().parents[2]
TABLE = (PROJECT / "tests" / "FAULTS.md").read_text()
DIALPLANS = PROJECT / "dialplans"
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)))


def settings(name: str) -> dict[str, str]:
    """key=value lines of a configuration file; the last one wins."""
    lines = (line.split(";")[0].strip() for line in (DIALPLANS / name).read_text().splitlines())
    return {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines if "=" in line)}


def test_every_fault_has_its_row() -> None:
    assert re.findall(r"^\| F(\d+) \|", TABLE, re.MULTILINE) == [str(number) for number in range(1, 34)]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_every_test_named_exists(path: str, name: str) -> None:
    tree = ast.parse((PROJECT / path).read_text())
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in tests if name else any(test.startswith("test_") for test in tests)


def test_every_row_names_a_test() -> None:
    rows = [
        line for line in TABLE.splitlines() if line.startswith("|") and not re.match(r"\| (#|what|---)|\|---", line)
    ]
    assert [row for row in rows if "`tests/" not in row] == []


def test_asterisk_is_patient_with_us_and_sparing_with_events() -> None:
    manager = settings("manager.conf.tmpl")
    assert int(manager["writetimeout"]) >= 5000
    never_made = set(manager["disabledevents"].split(","))
    assert {"DeviceStateChange", "QueueMemberStatus", "ExtensionStatus", "VarSet", "Newexten"} <= never_made
    assert not never_made & (EVENTS | OF_THE_LINK)


def test_no_action_is_ever_sent_again() -> None:
    adapters = (PROJECT / "acd" / "adapters").glob("*.py")
    on_the_wire = {name for path in adapters for name in re.findall(r'"Action": "(\w+)"', path.read_text())}
    assert len(on_the_wire) > 8
    assert {name.lower() for name in on_the_wire} <= set(NEVER_SENT_AGAIN)


def test_nothing_that_lasts_runs_under_agi() -> None:
    sources = "\n".join(path.read_text() for path in (PROJECT / "ivr").rglob("*.py"))
    assert "EXEC" in sources
    assert not re.search(r"(?i)exec\W+(dial|queue|musiconhold|bridge)\b", sources)


def test_nothing_is_printed_to_asterisk() -> None:
    printed = re.findall(r"print\(.*", (PROJECT / "ivr" / "emergency.py").read_text())
    assert [line for line in printed if "file=sys.stderr" not in line] == []


def test_app_queues_traps_are_set_aside() -> None:
    told, text = settings("queues.conf"), (DIALPLANS / "queues.conf").read_text()
    assert (told["autofill"], told["ringinuse"], told["wrapuptime"]) == ("yes", "no", "0")
    assert re.findall(r"^strategy=(\w+)", text, re.MULTILINE) == ["leastrecent"]
    assert "force_longest_waiting_caller" not in told
    assert "[general]" in text


def test_app_queue_loads_after_the_telephones() -> None:
    order = re.findall(r"^load=(\w+)\.so", (DIALPLANS / "modules.conf").read_text(), re.MULTILINE)
    assert order.index("chan_pjsip") < order.index("app_queue")
