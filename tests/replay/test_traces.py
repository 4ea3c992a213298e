"""Every recording beside its expected calls. A trace begins with the Asterisk it is from, and its story."""

import json
import re
from pathlib import Path

import pytest

from acd.core.history import parse_lines
from acd.trace import replay_command

pytestmark = pytest.mark.replay

TRACES = sorted(Path(__file__).with_name("traces").rglob("*.ami"))
ORIGIN = re.compile(r"^; Asterisk \d+(\.[\d.]+)?( \(.+\))?, .+: .+")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def expected_calls(trace: Path) -> list[object]:
    lines = trace.with_suffix(".expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("trace", TRACES, ids=name_of)
def test_trace_gives_the_expected_calls(trace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = replay_command([trace], as_json=True)

    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == expected_calls(trace)
    assert code == 0


@pytest.mark.parametrize("trace", TRACES, ids=name_of)
def test_json_events_give_the_same_calls(trace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = tmp_path / "events.json"
    recording.write_text(json.dumps(events_of(trace)), encoding="utf-8")

    assert replay_command([recording], as_json=True) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == expected_calls(trace)


@pytest.mark.parametrize("trace", TRACES, ids=name_of)
def test_trace_tells_its_origin(trace: Path) -> None:
    assert ORIGIN.match(trace.read_text(encoding="utf-8").splitlines()[0])


def test_every_scenario_is_there() -> None:
    assert len(TRACES) >= 90
    assert {name_of(trace).split("/")[0] for trace in TRACES} >= {
        "acceptance", "asterisk-11", "asterisk-13", "attended-transfer", "blind-transfer", "blonde-transfer",
        "click-to-dial", "conference", "forwarding", "group", "local", "menu", "originate", "parking", "pickup",
        "queue", "redirect", "simple", "unanswered", "waiting-room",
    }  # fmt: skip


def test_all_traces_in_one_stream_give_all_calls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Calls of one recording do not mix: those of one node's day, made in one go."""
    day = [trace for trace in TRACES if not trace.parent.name.startswith("asterisk-")]
    recording = tmp_path / "day.ami"
    recording.write_bytes(b"".join(trace.read_bytes() for trace in day))

    replay_command([recording], as_json=True)

    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wanted = [call for trace in day for call in expected_calls(trace)]
    assert sorted(map(json.dumps, printed)) == sorted(map(json.dumps, wanted))


def events_of(trace: Path) -> list[dict[str, object]]:
    """The trace as a tool would have it that keeps events as JSON: repeated headers as arrays."""
    blocks = trace.read_text(encoding="utf-8").split("\n\n")
    events: list[dict[str, object]] = []
    for block in blocks:
        headers: dict[str, object] = {}
        for line in block.splitlines():
            key, colon, value = line.partition(":")
            if not colon or line.startswith(";"):
                continue
            before = headers.get(key)
            if before is None:
                headers[key] = value.strip()
            else:
                headers[key] = [*(before if isinstance(before, list) else [before]), value.strip()]
        if headers:
            events.append(headers)
    assert len(events) == len(list(parse_lines(trace.read_text(encoding="utf-8").splitlines(keepends=True))))
    return events
