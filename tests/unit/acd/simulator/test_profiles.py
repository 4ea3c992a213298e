"""Profiles as people write them, and what the command prints."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import acd.simulator
from acd.cli import app
from acd.contracts.ids import QueueName
from acd.settings import AcdSettings, load_table
from acd.simulator.profile import Profile, load_profile
from acd.simulator.simulation import Simulation

pytestmark = pytest.mark.unit

WEEKDAY = Path(acd.simulator.__file__).parent / "profiles" / "weekday.toml"
SMALL = """
seed = 7
[[traffic]]
queue = "general"
arrivals = { "00:00:00" = 0, "09:00:00" = 20, "10:00:00" = 0 }
talk = { shape = "constant", mean_seconds = 120 }
[[teams]]
agents = 3
queues = ["general"]
shifts = [{ begins = 08:00:00, ends = 18:00:00 }]
"""


def profile(folder: Path, text: str) -> Profile:
    path = folder / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path, load_table(AcdSettings().queues_file))


def test_a_small_day(tmp_path: Path) -> None:
    simulation = Simulation(profile(tmp_path, SMALL))
    for _ in simulation.run():
        pass
    hours = {at.strftime("%H:%M") for at, interval in simulation.day.rows() if interval.offered}
    assert hours <= {"09:00", "09:30"}
    total = simulation.day.total()
    assert total.offered == total.answered > 20
    assert total.staffed_seconds == 3 * timedelta(hours=10).total_seconds()
    assert total.busy_seconds == pytest.approx(total.answered * 180)  # talk and wrap-up


def test_the_same_seed_is_the_same_day(tmp_path: Path) -> None:
    told = profile(tmp_path, SMALL)
    days = []
    for seed in (7, 7, 8):
        simulation = Simulation(told.model_copy(update={"seed": seed}))
        for _ in simulation.run():
            pass
        days.append(list(simulation.day.rows()))
    assert days[0] == days[1] != days[2]


def test_who_is_in_a_call_at_the_end_of_the_shift_finishes_it(tmp_path: Path) -> None:
    text = SMALL.replace("ends = 18:00:00", "ends = 09:30:00").replace("mean_seconds = 120", "mean_seconds = 1500")
    simulation = Simulation(profile(tmp_path, text))
    for _ in simulation.run():
        pass
    total = simulation.day.total()
    assert total.staffed_seconds > 3 * timedelta(hours=1.5).total_seconds()
    assert total.busy_seconds <= total.staffed_seconds
    assert total.answered == 6  # three at nine, and three more before half past


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (('queue = "general"', 'queue = "nonsense"'), "nonsense"),
        (("mean_seconds = 120", "mean_seconds = 0"), "mean_seconds"),
        (("agents = 3", "agents = 3\ntypo = 1"), "typo"),
        (('"10:00:00" = 0', '"10:00:00" = -1'), "negative"),
    ],
)
def test_slips_of_the_pen_are_named(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(SMALL.replace(*change))
    told = CliRunner().invoke(app, ["simulate", str(path)])
    assert told.exit_code == 2
    assert word in told.output


def test_the_shipped_example_as_tables_and_as_csv() -> None:
    tables = CliRunner().invoke(app, ["simulate", str(WEEKDAY)])
    assert tables.exit_code == 0, tables.output
    assert "in_time_%" in tables.output
    assert "total" in tables.output
    sheet = CliRunner().invoke(app, ["simulate", "--csv", str(WEEKDAY)])
    rows = list(csv.DictReader(io.StringIO(sheet.stdout)))
    assert {row["queue"] for row in rows} == {"general", "bill", "vip", "all"}
    totals = {row["queue"]: int(row["offered"]) for row in rows if row["from"] == "total"}
    assert totals["all"] == totals["general"] + totals["bill"] + totals["vip"] > 3000


def test_a_simulated_overflow_and_a_mark_count(tmp_path: Path) -> None:
    text = SMALL.replace("agents = 3", "agents = 1").replace('queues = ["general"]', 'queues = ["bill"]')
    table = load_table(AcdSettings().queues_file)
    general = table.queues[0].model_validate(
        table.queues[0].model_dump() | {"overflows": [{"to_queue": "bill", "after_seconds": 10}]}
    )
    path = tmp_path / "profile.toml"
    path.write_text(text)
    told = load_profile(path, table.model_copy(update={"queues": (general, *table.queues[1:])}))
    simulation = Simulation(told)
    for _ in simulation.run():
        pass
    total = simulation.days[QueueName("general")].total()
    assert total.answered == total.offered
    assert total.asa_seconds >= 10  # nobody of the other queue before that
