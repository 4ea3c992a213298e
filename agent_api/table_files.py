"""Tables as files to download: CSV or XLSX, named by what they hold and when they were made."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from fastapi import Response

from agent_api.stats.export import Cell, as_csv, as_xlsx

TableKind: TypeAlias = Literal["csv", "xlsx"]
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in TYPES.values()}}
}
"""For `responses=` of an endpoint."""


def content_of(kind: TableKind, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """`title` is the sheet's name; CSV has none."""
    return as_csv(header, rows) if kind == "csv" else as_xlsx({title: (header, rows)})


def download(content: bytes, kind: TableKind, name: str, at: datetime) -> Response:
    """`at`: local time, part of the file's name."""
    said = f'attachment; filename="{name}-{at:%Y%m%d-%H%M}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": said})
