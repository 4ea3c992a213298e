"""Reads the end of Asterisk's call records (cel.csv). They stand in order of time: the place is found by halving."""

import csv
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from acd.core.messages.records import Record

log = logging.getLogger(__name__)

COLUMNS = 13


def read_since(path: Path, since: datetime) -> list[Record]:
    """The records from `since` on; none when there is no file. Blocks: call it in a thread."""
    try:
        with path.open("rb") as file:
            _seek(file, since.timestamp())
            return list(_records(file))
    except FileNotFoundError:
        return []
    except OSError as error:
        log.error("call records cannot be read", extra={"reason": str(error)})
        return []


def _seek(file: BinaryIO, since: float) -> None:
    """To the start of the first line at or after `since`, or a little before it."""
    low, high = 0, file.seek(0, 2)
    while high - low > 4096:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        at = next((_time(row) for row in _rows(file)), None)
        low, high = (low, middle) if at is None or at >= since else (middle, high)
    file.seek(low)
    if low:
        file.readline()
    place = file.tell()
    while (line := file.readline()) and (_time(next(_rows([line]), [])) or since) < since:
        place = file.tell()
    file.seek(place)


def _rows(lines: "BinaryIO | list[bytes]") -> Iterator[list[str]]:
    """Whole rows; a line that was cut or is not ours is left out."""
    for line in lines:
        row = next(csv.reader([line.decode("utf-8", "replace")]), [])
        if len(row) >= COLUMNS and line.endswith(b"\n"):
            yield row


def _records(file: BinaryIO) -> Iterator[Record]:
    for event, at, linked_id, unique_id, channel, _num, _exten, _context, app, data, _peer, _kind, extra, *_ in _rows(
        file
    ):
        yield Record(event, at, linked_id, unique_id, channel, app, data, extra)


def _time(row: list[str]) -> float | None:
    try:
        return float(row[1])
    except (IndexError, ValueError):
        return None
