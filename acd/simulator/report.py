"""The simulated day as a table for people, or CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from acd.simulator.figures import Day, Interval

HEADS = ("from", "offered", "answered", "abandoned", "in_time_%", "asa_s", "longest_s", "abandoned_%", "occupancy_%")


class Row(NamedTuple):
    label: str
    interval: Interval

    def cells(self) -> tuple[str, ...]:
        told = self.interval
        return (
            self.label,
            str(told.offered),
            str(told.answered),
            str(told.abandoned),
            f"{100 * told.service_level:.1f}",
            f"{told.asa_seconds:.1f}",
            f"{told.longest_wait_seconds:.0f}",
            f"{100 * told.abandon_share:.1f}",
            f"{100 * told.occupancy:.1f}" if told.staffed_seconds else "-",
        )


def rows(day: Day) -> Iterator[Row]:
    for at, interval in day.rows():
        if interval.offered or interval.staffed_seconds:
            yield Row(_label(at), interval)
    yield Row("total", day.total())


def _label(at: datetime) -> str:
    return at.strftime("%m-%d %H:%M")


def as_table(title: str, day: Day) -> str:
    lines = [HEADS, *(row.cells() for row in rows(day))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    told = ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join((title, *told))


def as_csv(days: dict[str, Day]) -> str:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("queue", *HEADS))
    for queue, day in days.items():
        sheet.writerows((queue, *row.cells()) for row in rows(day))
    return out.getvalue()
