#!/usr/bin/env python3
"""The shortest possible menu, run by Asterisk itself as a local AGI script when no FastAGI server answers.

Needs pyst2 and the standard library, no server, and nothing of this project: it runs inside Asterisk's private root on
that root's Python. Agent, message, emergency suspension request; whatever fails, the caller goes to an agent. What is
left here is a file only its owner can read, in HOTLINE_EMERGENCY_SPOOL (or emergency/ below Asterisk's spool).
"""

import json
import os
import re
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from asterisk.agi import AGI, AGIException, AGIHangup

TRIES = 3
KEY_MS = 5000
LONGEST_MESSAGE_MS = 120_000
SHORTEST_MESSAGE_BYTES = 44 + 3 * 16_000  # WAV header and three seconds: less is a mistake, not a message
AGENT, SELF_SERVICE = "agent", "self_service"


class CallerGone(Exception):
    """The caller hung up."""


class Answers:
    """Asterisk's side of the pipe. pyst2 takes the end of it and a HANGUP line for broken answers, or spins on them."""

    def readline(self) -> str:
        line = sys.stdin.readline()
        if not line.endswith("\n") or line.startswith(("HANGUP", "511")):
            raise CallerGone
        return line


class Nowhere:
    """pyst2 writes every line, keyed digits included, to its error stream."""

    def write(self, text: str) -> None:
        pass


class Line(AGI):  # type: ignore[misc]  # pyst2 has no types
    def __init__(self) -> None:
        super().__init__(Answers(), sys.stdout, Nowhere())
        self.call_id = plain(self.get_variable("CC_CALL_ID") or self.env.get("agi_uniqueid", ""))

    def _quote(self, value: object) -> str:
        text = str(value)
        if any(ord(character) < 32 for character in text):
            raise ValueError("control character in an AGI argument")
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def tell(self, event: str, **fields: str) -> None:
        """Report to the ACD through Asterisk (names as in acd/contracts/dialplan.py)."""
        fields = {"CallId": self.call_id, **fields}
        self.appexec("UserEvent", ",".join([event, *(f"{name}: {value}" for name, value in fields.items())]))


def main() -> None:
    try:
        line = Line()
        try:
            outcome = menu(line, spool_folder())
        except (CallerGone, AGIHangup):
            return
        except Exception as error:  # noqa: BLE001 - the border of the last resort: the caller goes to an agent
            # The kind only: the text of an error may hold what was keyed.
            print(f"emergency menu: {type(error).__name__}", file=sys.stderr)
            outcome = AGENT
        if outcome == AGENT:
            line.tell("AgentRequested", Queue="general", Reason="emergency_menu")
        line.tell("IvrLeft", Outcome=outcome)
        line.set_variable("CC_OUTCOME", outcome)
        line.set_variable("CC_AGI_DONE", "1")
    except (CallerGone, AGIException, OSError):
        return  # without CC_AGI_DONE the dialplan sends the caller to an agent


def menu(line: Line, spool: Path) -> str:
    for _ in range(TRIES):
        key = line.get_data("emergency/menu", KEY_MS, 1)
        outcome = {"1": "agent", "2": "message", "3": "suspension"}.get(key, "invalid" if key else "no_input")
        line.tell("IvrVisited", Node="emergency", Key=key if key in "123" else "", Outcome=outcome)
        if key == "1":
            line.stream_file("to_agent")
            return AGENT
        if key == "2" and take_message(line, spool):
            return SELF_SERVICE
        if key == "3" and take_suspension(line, spool):
            return SELF_SERVICE
        if key not in ("2", "3"):
            line.stream_file("error/invalid" if key else "error/no_input")
    line.stream_file("emergency/to_agent")
    return AGENT


def take_message(line: Line, spool: Path) -> bool:
    """False when nothing was said. Most callers end a message by hanging up: it counts all the same."""
    line.stream_file("emergency/leave_message")
    recording = spool / f"message-{report_name(line)}"
    try:
        line.record_file(str(recording), "wav", "#", LONGEST_MESSAGE_MS)
    finally:
        kept = keep_recording(recording.with_name(recording.name + ".wav"))
        if kept:
            save(recording, "message", line, recording=f"{recording.name}.wav")
    if kept:
        line.stream_file("emergency/message_saved")
    return kept


def keep_recording(file: Path) -> bool:
    if not file.exists():
        return False
    if file.stat().st_size < SHORTEST_MESSAGE_BYTES:
        file.unlink()
        return False
    file.chmod(0o600)
    return True


def take_suspension(line: Line, spool: Path) -> bool:
    """Only a request: staff verify it before a number is stopped. Stored first, so that a hang-up does not lose it."""
    for _ in range(TRIES):
        number = line.get_data("emergency/suspension_number", KEY_MS, 12)
        if not re.fullmatch(r"[0-9]{5,12}", number):
            line.stream_file("error/invalid")
            continue
        save(spool / f"suspension-{report_name(line)}", "suspension", line, number=number)
        for digit in number:
            line.stream_file("digits/yao" if digit == "1" else f"digits/{digit}")
        line.stream_file("emergency/suspension_saved")
        return True
    return False


def save(stem: Path, kind: str, line: Line, **content: str) -> None:
    """Appears complete or not at all, and never readable by others."""
    report = {
        "kind": kind,
        "at": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),  # noqa: UP017 - any Python 3
        "call_id": line.call_id,
        "caller": plain(line.env.get("agi_callerid", "")),
        **content,
    }
    partial = stem.with_name(stem.name + ".partial")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(stem.with_name(stem.name + ".json"))


def report_name(line: Line) -> str:
    return f"{line.call_id}-{time.time_ns()}"


def plain(text: str) -> str:
    """Letters, digits and harmless marks: safe in a file name and in an event."""
    return re.sub(r"[^A-Za-z0-9.+-]", "", text)[:60]


def spool_folder() -> Path:
    given = os.environ.get("HOTLINE_EMERGENCY_SPOOL")
    folder = Path(given) if given else Path(os.environ["AST_SPOOL_DIR"]) / "emergency"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
