"""Files as people hand them in: several, broken, empty, huge, in the wrong encoding."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acd.trace import replay_command

pytestmark = pytest.mark.replay

TRACES = Path(__file__).with_name("traces")
ANSWERED = TRACES / "simple" / "answered.ami"
BUSY = TRACES / "unanswered" / "busy.ami"
Captured = pytest.CaptureFixture[str]


def replay(capsys: Captured, *files: Path) -> tuple[int, list[dict[str, object]], str]:
    code = replay_command(list(files), as_json=True)
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_command_line() -> None:
    command = [sys.executable, "-m", "acd", "replay", "--json", str(ANSWERED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["result"] == "completed"


def test_files_are_streams_of_their_own_in_the_order_given(capsys: Captured) -> None:
    code, calls, err = replay(capsys, BUSY, ANSWERED, BUSY)
    assert [call["result"] for call in calls] == ["busy", "completed", "busy"]
    assert (code, err) == (0, "")


def test_bad_files_are_named_and_the_others_still_done(capsys: Captured, tmp_path: Path) -> None:
    missing, notes, an_object = tmp_path / "missing.ami", tmp_path / "notes.txt", tmp_path / "object.json"
    notes.write_text("dear colleague,\nplease look at this call\n", encoding="utf-8")
    an_object.write_text('{"Event": "Hangup"}', encoding="utf-8")

    code, calls, err = replay(capsys, missing, tmp_path, notes, an_object, ANSWERED)

    assert code == 2
    assert [call["result"] for call in calls] == ["completed"]
    problems = err.splitlines()
    assert len(problems) == 4
    assert "No such file" in problems[0]
    assert "directory" in problems[1]
    assert "no AMI event" in problems[2]
    assert "not an array" in problems[3]


@pytest.mark.parametrize(
    "text", ["[1, 2]", '[{"foo": "bar"}]', '["on_b_dial"]', "[[]]", "[}", "[" * 100_000, "{", '"x"']
)
def test_json_that_holds_no_events(text: str, capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "events.json"
    recording.write_text(text, encoding="utf-8")
    code, calls, err = replay(capsys, recording)
    assert (code, calls) == (2, [])
    assert str(recording) in err


@pytest.mark.parametrize("text", ["", "\n\n", "[]", " [ ]\n"])
def test_empty_recordings_hold_no_call(text: str, capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "empty"
    recording.write_text(text, encoding="utf-8")
    assert replay(capsys, recording) == (0, [], "")


def test_json_cut_in_the_middle_gives_what_was_there(capsys: Captured, tmp_path: Path) -> None:
    events = [
        {
            "Event": "Newchannel",
            "Channel": "SIP/201-1",
            "Uniqueid": "1500000000.1",
            "Exten": "202",
            "Context": "phones",
        },
        {"Event": "Hangup", "Channel": "SIP/201-1", "Uniqueid": "1500000000.1", "Cause": "16"},
    ]
    recording = tmp_path / "events.json"
    recording.write_text(json.dumps(events)[:-30], encoding="utf-8")

    code, calls, err = replay(capsys, recording)

    assert code == 2
    assert "damaged JSON" in err
    assert [(call["callee"], call["incomplete"]) for call in calls] == [("202", True)]


def test_cut_identifier_names_no_other_channel(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "cut.ami"
    text = ANSWERED.read_text(encoding="utf-8")
    recording.write_text(text[: text.index("Uniqueid: n1-", text.index("Event: DialBegin")) + 14], encoding="utf-8")

    code, calls, _ = replay(capsys, recording)

    assert (code, len(calls)) == (0, 1)
    assert calls[0]["incomplete"] is True


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "recording"
    text = ANSWERED.read_text(encoding="utf-8").replace("CallerIDNum: 1001", "CallerIDNum: 王")
    recording.write_text(text, encoding=encoding)
    code, calls, _ = replay(capsys, recording)
    assert (code, calls[0]["caller"]) == (0, "王")


def test_bytes_of_another_encoding_do_no_harm(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "recording"
    recording.write_bytes(ANSWERED.read_bytes().replace(b"Phone 1001", "客户".encode("gbk")))
    code, calls, _ = replay(capsys, recording)
    assert (code, calls[0]["result"]) == (0, "completed")


def test_pipe() -> None:
    command = f"{sys.executable} -m acd replay --json <(cat {ANSWERED})"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["result"] == "completed"


def test_giant_lines_and_rubbish_between_events(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "recording"
    rubbish = b"Event: " + b"x" * 3_000_000 + b"\r\n\r\n" + bytes(range(256)) * 50 + b"\r\n\r\n"
    first, rest = ANSWERED.read_bytes().split(b"\r\n\r\n", 1)
    recording.write_bytes(first + b"\r\n\r\n" + rubbish + rest + rubbish)
    code, calls, _ = replay(capsys, recording)
    assert (code, [call["result"] for call in calls]) == (0, ["completed"])


def test_login_banner_and_responses_are_passed_over(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "session.ami"
    hello = b"Asterisk Call Manager/5.0.1\r\nResponse: Success\r\nMessage: Authentication accepted\r\n\r\n"
    listing = (
        b"Response: Follows\r\nPrivilege: Command\r\nChannel   Location\r\n0 active channels\r\n--END COMMAND--\r\n\r\n"
    )
    recording.write_bytes(hello + ANSWERED.read_bytes() + listing)
    code, calls, _ = replay(capsys, recording)
    assert (code, calls[0]["incomplete"]) == (0, False)


def test_recording_without_uniqueids_goes_by_names(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "names.ami"
    identifier = re.compile(r"^(Dest)?(Uniqueid|Linkedid): .*\n", re.MULTILINE)
    recording.write_text(identifier.sub("", ANSWERED.read_text(encoding="utf-8")), encoding="utf-8")
    code, calls, _ = replay(capsys, recording)
    assert (code, len(calls)) == (0, 1)
    assert calls[0]["talked"] == ["PJSIP/1002-00000001"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes, capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "bytes"
    recording.write_bytes(content)
    code, _, err = replay(capsys, recording)
    assert (code == 2) == bool(err)


def test_table_shows_names_as_they_are_and_obeys_nothing(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "names.ami"
    text = ANSWERED.read_text(encoding="utf-8").replace("CallerIDNum: 1001", "CallerIDNum: [red]\x1b[2J1001")
    recording.write_text(text, encoding="utf-8")

    assert replay_command([recording], as_json=False) == 0

    shown = capsys.readouterr().out
    assert "[red]" in shown
    assert "\x1b[2J" not in shown
    assert "completed" in shown


def test_table_of_a_recording_without_calls(capsys: Captured, tmp_path: Path) -> None:
    recording = tmp_path / "quiet.ami"
    recording.write_text("Event: FullyBooted\r\n\r\n", encoding="utf-8")
    assert replay_command([recording], as_json=False) == 0
    assert "no call" in capsys.readouterr().out
