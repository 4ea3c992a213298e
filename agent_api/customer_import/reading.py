"""Tables into rows of text: CSV in UTF-8 or GB18030, XLSX. A formula is never evaluated, it is an error of its row."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException

from agent_api.errors import Refused

LARGEST = 20 * 1024 * 1024
UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
FORMULA = "\x00formula"
"""Stands in a cell for a formula; no text of a table can be it."""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(file_name: str, content: bytes) -> Table:
    """Refused with a reason when it is no table of ours."""
    if len(content) > LARGEST:
        raise Refused("import.too_large", {"bytes": LARGEST})
    rows = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    try:
        header = tuple(cell.strip().lstrip("\ufeff") for cell in next(rows, ()))
        found = tuple(row for row in _limited(rows) if any(cell.strip() for cell in row))
    except (csv.Error, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refused("import.unreadable", {"file": file_name[:60]}) from error
    if not any(header) or len(header) > MOST_COLUMNS:
        raise Refused("import.no_header")
    return Table(header, tuple(_as_wide(row, len(header)) for row in found))


def _limited(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused("import.too_many_rows", {"rows": MOST_ROWS})
        yield row


def _as_wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return tuple(cell[:LONGEST_CELL] for cell in (*row, *[""] * width)[:width])


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(content)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield tuple(cell.replace("\x00", "") for cell in row)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("import.unreadable", {"file": "encoding"})


def _xlsx(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > UNPACKED:
                raise Refused("import.too_large", {"bytes": UNPACKED})
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Refused("import.unreadable", {"file": "xlsx"}) from error
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        yield tuple(_text(cell) for cell in row)  # type: ignore[arg-type]
    book.close()


def _text(cell: Cell) -> str:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
