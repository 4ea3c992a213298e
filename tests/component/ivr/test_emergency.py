"""The emergency script as Asterisk runs it: a process of its own, pipes, that Python, no server anywhere."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import asterisk
import pytest
import six  # type: ignore[import-untyped]

from acd.contracts.dialplan import UserEvent, Variable
from hotline.settings import HotlineSettings
from ivr.speech.manifest import load

pytestmark = pytest.mark.component

SCRIPT = Path(__file__).resolve().parents[3] / "ivr" / "emergency.py"
HEADER = (
    "agi_request: emergency.py\nagi_channel: PJSIP/trunk-00000001\nagi_uniqueid: n1-1.1\n"
    'agi_callerid: 13900000001\nagi_calleridname: "王; x\n\n'
)
DTMF_NOTHING = "200 result= (timeout)"

Answer = Callable[[str], str]


class Peer:
    """Asterisk's end of the pipes."""

    def __init__(self, python: Sequence[str], spool: Path, library: Path) -> None:
        self.commands: list[str] = []
        self.variables: dict[str, str] = {}
        self.keys: list[str] = []
        self.recording = b""
        self.process = subprocess.Popen(
            [*python, str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(library), "HOTLINE_EMERGENCY_SPOOL": str(spool)},
        )
        self.send(HEADER)

    def send(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def serve(self, answer: Answer | None = None) -> "Peer":
        """Answer every command until the script ends; `answer` may return "" to hang up."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.commands.append(line.rstrip("\n"))
            reply = (answer or self.reply)(self.commands[-1])
            if not reply:
                self.process.stdin.close()  # type: ignore[union-attr]
                break
            self.send(reply + "\n")
        self.errors = self.process.communicate(timeout=10)[1] if not self.process.stdin.closed else ""  # type: ignore[union-attr]
        self.process.wait(10)
        return self

    def reply(self, command: str) -> str:
        if command.startswith("GET VARIABLE"):
            return "200 result=1 (n1-1.1)"
        if command.startswith("GET DATA"):
            return f"200 result={self.keys.pop(0)}" if self.keys else DTMF_NOTHING
        if command.startswith("SET VARIABLE"):
            name, value = command.removeprefix("SET VARIABLE ").split()
            self.variables[name.strip('"')] = value.strip('"')
        if command.startswith("RECORD FILE"):
            Path(command.split('"')[1] + ".wav").write_bytes(self.recording)
        return "200 result=0"

    @property
    def heard(self) -> list[str]:
        return [line.split()[2] for line in self.commands if line.startswith(("STREAM FILE", "GET DATA"))]

    @property
    def events(self) -> list[str]:
        return [line.split('"')[1] for line in self.commands if line.startswith("EXEC UserEvent")]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """pyst2 and six alone, as on a foreign Python."""
    folder = tmp_path / "library"
    shutil.copytree(Path(asterisk.__file__).parent, folder / "asterisk")
    shutil.copy(six.__file__, folder / "six.py")
    return folder


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture(params=["own", "of Asterisk's root"])
def python(request: pytest.FixtureRequest) -> Sequence[str]:
    """Ours, and the newer one the script meets in production (started through its own loader: no root needed)."""
    if request.param == "own":
        return [sys.executable]
    root = HotlineSettings().asterisk_root
    loaders = [*root.glob("lib64/ld-linux-*"), *root.glob("lib/ld-linux-*")]
    if not loaders or not (root / "usr/bin/python3").exists():
        pytest.skip(f"no Asterisk root in {root}")
    libraries = ":".join(str(folder.parent) for folder in root.glob("usr/lib/*/libc.so.6"))
    return [str(loaders[0]), "--library-path", libraries, str((root / "usr/bin/python3").resolve())]


@pytest.fixture
def peer(python: Sequence[str], spool: Path, library: Path) -> Iterator[Peer]:
    peer = Peer(python, spool, library)
    yield peer
    if peer.process.poll() is None:
        peer.process.kill()
    peer.process.wait(5)
    for pipe in (peer.process.stdin, peer.process.stdout, peer.process.stderr):
        if pipe and not pipe.closed:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def reports(spool: Path) -> list[dict[str, str]]:
    for file in spool.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file.name
    return [json.loads(file.read_text()) for file in sorted(spool.glob("*.json"))]


def test_one_is_an_agent(peer: Peer) -> None:
    peer.keys = ["1"]
    peer.serve()
    assert peer.heard == ["emergency/menu", "to_agent"]
    assert peer.events == [
        "IvrVisited,CallId: n1-1.1,Node: emergency,Key: 1,Outcome: agent",
        "AgentRequested,CallId: n1-1.1,Queue: general,Reason: emergency_menu",
        "IvrLeft,CallId: n1-1.1,Outcome: agent",
    ]
    assert peer.variables == {"CC_OUTCOME": "agent", "CC_AGI_DONE": "1"}
    assert peer.commands[-1] == 'SET VARIABLE "CC_AGI_DONE" "1"'


def test_names_agree_with_the_contract(peer: Peer) -> None:
    peer.keys = ["1"]
    peer.serve()
    assert {event.split(",")[0] for event in peer.events} <= set(UserEvent)
    assert set(peer.variables) <= set(Variable)


def test_silence_and_wrong_keys_end_with_an_agent(peer: Peer) -> None:
    peer.keys = ["7"]
    peer.serve()
    assert peer.heard == [
        "emergency/menu",
        "error/invalid",
        "emergency/menu",
        "error/no_input",
        "emergency/menu",
        "error/no_input",
        "emergency/to_agent",
    ]
    assert peer.variables["CC_OUTCOME"] == "agent"


def test_a_message_is_recorded_and_reported(peer: Peer, spool: Path) -> None:
    peer.keys, peer.recording = ["2"], bytes(100_000)
    peer.serve()
    (report,) = reports(spool)
    assert report["kind"] == "message"
    assert report["caller"] == "13900000001"
    assert (spool / report["recording"]).stat().st_size == 100_000
    assert peer.heard[-1] == "emergency/message_saved"
    assert peer.variables == {"CC_OUTCOME": "self_service", "CC_AGI_DONE": "1"}


def test_a_message_ended_by_hanging_up_is_kept(peer: Peer, spool: Path) -> None:
    peer.keys, peer.recording = ["2"], bytes(100_000)

    def hang_up_while_recording(command: str) -> str:
        reply = peer.reply(command)
        if command.startswith("RECORD FILE"):
            peer.process.send_signal(signal.SIGHUP)
            return "200 result=-1 (hangup) endpos=50000"
        return reply

    peer.serve(hang_up_while_recording)
    assert [report["kind"] for report in reports(spool)] == ["message"]
    assert peer.variables == {}


def test_an_empty_message_is_thrown_away(peer: Peer, spool: Path) -> None:
    peer.keys, peer.recording = ["2", "1"], bytes(2_000)
    peer.serve()
    assert list(spool.iterdir()) == []
    assert peer.variables["CC_OUTCOME"] == "agent"


def test_a_suspension_request_is_stored_and_read_back(peer: Peer, spool: Path) -> None:
    peer.keys = ["3", "12", "13900000001"]
    peer.serve()
    (report,) = reports(spool)
    assert (report["kind"], report["number"], report["call_id"]) == ("suspension", "13900000001", "n1-1.1")
    assert peer.heard[3:] == [
        "emergency/suspension_number",
        "digits/yao",
        "digits/3",
        "digits/9",
        *["digits/0"] * 7,
        "digits/yao",
        "emergency/suspension_saved",
    ]
    assert "13900000001" not in "".join(peer.events)


def test_a_suspension_request_survives_a_hang_up_while_it_is_read_back(peer: Peer, spool: Path) -> None:
    peer.keys = ["3", "13900000001"]
    peer.serve(lambda command: "" if command.startswith("STREAM FILE digits") else peer.reply(command))
    assert len(reports(spool)) == 1


def test_a_spool_that_cannot_be_written_leads_to_an_agent(python: Sequence[str], tmp_path: Path, library: Path) -> None:
    (tmp_path / "file").touch()
    peer = Peer(python, tmp_path / "file", library).serve()
    assert peer.variables == {"CC_OUTCOME": "agent", "CC_AGI_DONE": "1"}
    assert "FileExistsError" in peer.errors


def test_a_failing_command_leads_to_an_agent(peer: Peer) -> None:
    peer.keys = ["3"]
    peer.serve(lambda command: "200 result=-1" if "suspension_number" in command else peer.reply(command))
    assert peer.variables == {"CC_OUTCOME": "agent", "CC_AGI_DONE": "1"}


@pytest.mark.parametrize("last", ["", "HANGUP", "511 Command Not Permitted", "200 resul"])
@pytest.mark.parametrize("place", range(4))
def test_a_hang_up_at_any_point_ends_the_script(peer: Peer, place: int, last: str) -> None:
    peer.keys = ["3", "13900000001"]

    def until(command: str) -> str:
        return peer.reply(command) if len(peer.commands) <= place else last

    peer.serve(until)
    assert peer.process.returncode == 0
    assert "CC_AGI_DONE" not in peer.variables


def test_nothing_keyed_reaches_the_error_stream(peer: Peer) -> None:
    peer.keys = ["3", "13900000001"]
    peer.serve()
    assert peer.errors == ""


def test_its_prompts_are_in_the_list_of_sounds() -> None:
    named = re.findall(r'(?:stream_file|get_data)\("([^"]+)"', SCRIPT.read_text())
    assert len(named) >= 6
    assert set(named) | {"digits/yao"} <= load(SCRIPT.parents[1] / "sounds" / "manifest").ids("zh")


def test_it_imports_nothing_of_the_project() -> None:
    text = SCRIPT.read_text()
    assert "from ivr" not in text
    assert "import ivr" not in text
    assert "acd." not in text.replace("acd/contracts/dialplan.py", "")
    assert text.startswith("#!/usr/bin/env python3\n")
    assert os.access(SCRIPT, os.X_OK)
