"""The rows that were not loaded, as a table with a column of reasons, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from agent_api.customer_import.reading import FORMULA

REASONS = "错误原因"
ROW = "行号"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def error_sheet(header: Sequence[str], errors: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV in UTF-8 with a mark, as spreadsheets in Chinese want it. Corrected, it can be loaded again as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*map(safe, header), ROW, REASONS])
    for each in errors:
        writer.writerow([*map(safe, each["cells"]), each["row"], safe(";".join(each["reasons"]))])
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell that a spreadsheet would run is text: it gets an apostrophe in front."""
    if cell == FORMULA:
        return "(公式)"
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
