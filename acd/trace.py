"""`acd replay`: reads recordings of AMI streams and prints the calls in them.

What a call is, acd.core.history decides.
"""

import codecs
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from acd.core.history import AmiEvent, Call, History, parse_lines, parse_objects

LONGEST_LINE = 64 * 1024
"""AMI's own lines are far shorter. The rest of a longer one is dropped, so that rubbish cannot fill the memory."""

EXIT_OK, EXIT_BAD_FILE = 0, 2
WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class BadRecording(Exception):
    """This file cannot be replayed; the text says why."""


@dataclass(slots=True)
class Replay:
    """What came out of one file. `problem` tells of a file of which only a part could be read."""

    calls: list[Call]
    problem: str | None = None


def replay_command(files: list[Path], as_json: bool) -> int:
    """Each file is a stream of its own. A bad one is reported on stderr and the others are still done."""
    code = EXIT_OK
    for path in files:
        try:
            replay = replay_file(path)
        except BadRecording as problem:
            replay = Replay([], str(problem))
        if replay.problem is not None:
            print(f"{path}: {replay.problem}", file=sys.stderr)
            code = EXIT_BAD_FILE
        if as_json:
            for call in replay.calls:
                print(json.dumps(call.as_dict()))
        elif replay.calls or replay.problem is None:
            _print_table(path, replay.calls)
    return code


def replay_file(path: Path) -> Replay:
    try:
        with path.open("rb") as file:
            return _replay(file)
    except OSError as error:
        raise BadRecording(error.strerror or "cannot be read") from error


def _replay(file: BufferedReader) -> Replay:
    start = file.peek(4096)[:4096]  # not seek: it may be a pipe
    wide = next((name for mark, name in WIDE_MARKS.items() if start.startswith(mark)), None)
    first = start.decode(wide or "utf-8-sig", "replace").lstrip()[:1]
    if first == "[":
        return _replay_json(file.read().decode(wide or "utf-8-sig", "replace"))
    if first in ("{", '"'):
        raise BadRecording("JSON, but not an array of AMI events")
    lines = iter(file.read().decode(wide, "replace").splitlines(keepends=True)) if wide else _lines(file)
    replay = _feed(parse_lines(lines))
    if not replay.seen and start.strip():
        raise BadRecording("holds no AMI event")
    return Replay(replay.history.calls())


@dataclass(slots=True)
class _Fed:
    history: History
    seen: int


def _feed(events: Iterator[AmiEvent]) -> _Fed:
    fed = _Fed(History(), 0)
    for event in events:
        fed.seen += 1
        fed.history.feed(event)
    return fed


def _lines(file: BufferedReader) -> Iterator[str]:
    """Line by line, never the whole file; a line's surplus is read over."""
    while line := file.readline(LONGEST_LINE):
        whole = line
        while not whole.endswith(b"\n") and (whole := file.readline(LONGEST_LINE)):
            pass
        ended = line if line.endswith(b"\n") or not whole.endswith(b"\n") else line + b"\n"
        yield ended.decode("utf-8", "replace").removeprefix("\ufeff")


def _replay_json(text: str) -> Replay:
    """All objects of the array. One that was cut off in the middle gives the calls up to there, and a problem."""
    objects: list[object] = []
    problem = None
    decoder = json.JSONDecoder()
    place = text.index("[") + 1
    try:
        while True:
            place = _skip(text, place, " \t\r\n,")
            if text[place : place + 1] == "]":
                break
            item, place = decoder.raw_decode(text, place)
            objects.append(item)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nothing AMI would say"
        problem = f"damaged JSON after line {1 + text.count(chr(10), 0, place)}: {reason}"
    fed = _feed(parse_objects(objects))
    if objects and not fed.seen and problem is None:
        problem = "an array, but of no AMI event objects"
    return Replay(fed.history.calls(), problem)


def _skip(text: str, place: int, characters: str) -> int:
    while place < len(text) and text[place] in characters:
        place += 1
    return place


def _print_table(path: Path, calls: list[Call]) -> None:
    table = Table(title=_plain(str(path)), caption=None if calls else Text("no call"), show_lines=True)
    for heading in ("started", "call", "channels", "ended"):
        table.add_column(heading, overflow="fold")
    for call in calls:
        table.add_row(_plain(_started(call)), _plain(_headline(call)), _plain(_channels(call)), _plain(_ended(call)))
    Console().print(table)


def _started(call: Call) -> str:
    return (call.started or "–").replace("T", "\n")


def _headline(call: Call) -> str:
    lines = [f"{call.caller or '–'} → {call.callee or '–'}", call.direction or "", call.call_id]
    return "\n".join([*filter(None, lines), *([f"queue {call.queue}"] if call.queue else [])])


def _channels(call: Call) -> str:
    return "\n".join(
        [
            f"caller {call.caller_channel}",
            *(f"rang   {name}" for name in call.rang),
            *(f"talked {name}" for name in call.talked),
            *(f"{each.kind}: {each.by or '–'} → {each.to or '–'}" for each in call.transfers),
        ]
    )


def _ended(call: Call) -> str:
    cause = "" if call.hangup_cause is None else f"cause {call.hangup_cause}"
    return "\n".join(filter(None, [call.result, cause, "incomplete" if call.incomplete else ""]))


def _plain(text: str) -> Text:
    """Callers choose their names: no markup, and nothing that a terminal would obey."""
    return Text("".join(char if char.isprintable() or char == "\n" else "�" for char in text))
