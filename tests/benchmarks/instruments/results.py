"""Writes a benchmark's figures to results/<name>.json and the table of all of them to README.md."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.instruments.machine import Noise

BENCHMARKS = Path(__file__).parents[1]
RESULTS = BENCHMARKS / "results"
README = BENCHMARKS / "README.md"
FIGURES_ONLY = re.compile(r"\[[-0-9.,\s]+\]")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure, what it should be at most or at least, and whether it was."""

    what: str
    wanted: str
    value: float
    met: bool


def at_most(what: str, limit: float, value: float, unit: str = "") -> Aim:
    return Aim(what, f"<= {limit:g}{unit}", round(value, 3), value <= limit)


def at_least(what: str, limit: float, value: float, unit: str = "") -> Aim:
    return Aim(what, f">= {limit:g}{unit}", round(value, 3), value >= limit)


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """The usual description of a sample. Needs at least one value."""
    p50, p90, p95, p99 = (float(np.percentile(milliseconds, share)) for share in (50, 90, 95, 99))
    shape = {"min": min(milliseconds), "p50": p50, "p90": p90, "p95": p95, "p99": p99, "max": max(milliseconds)}
    return {"n": len(milliseconds)} | {name: round(value, 2) for name, value in shape.items()}


def record(
    name: str,
    title: str,
    machine: Mapping[str, object],
    noise: Noise,
    figures: Mapping[str, object],
    aims: Sequence[Aim],
) -> None:
    """Replace the last run's file and bring the table up to date."""
    RESULTS.mkdir(exist_ok=True)
    run = {
        "name": name,
        "title": title,
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "noise": noise.figures(),
        "aims": [asdict(aim) for aim in aims],
        "figures": figures,
    }
    text = json.dumps(run, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(FIGURES_ONLY.sub(_on_one_line, text) + "\n")
    write_table()


def _on_one_line(figures: re.Match[str]) -> str:
    return "".join(figures[0].split()).replace(",", ", ")


def write_table() -> None:
    text = README.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{_table()}\n{END}{after}")


def _table() -> str:
    titles = ("benchmark", "figure", "aim", "measured", "met", "date", "machine", "used by others")
    head = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    runs = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    return "\n".join([*head, *(_row(run, aim) for run in runs for aim in run["aims"])])


def _row(run: Mapping[str, Any], aim: Mapping[str, Any]) -> str:
    noise = run["noise"]
    cells = (
        run["title"],
        aim["what"],
        aim["wanted"],
        f"{aim['value']:g}",
        "yes" if aim["met"] else "**no**",
        run["date"][:10],
        f"{run['machine']['cores']} cores",
        f"{noise['foreign_cores'] + noise['steal_cores']:.2f} cores",
    )
    return f"| {' | '.join(cells)} |"
