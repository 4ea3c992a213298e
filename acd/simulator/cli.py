"""`acd simulate PROFILE.toml`: runs a profile and prints what came of it; progress goes to standard error."""

import sys
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from acd.settings import AcdSettings, load_table
from acd.simulator.figures import Day
from acd.simulator.profile import load_profile
from acd.simulator.report import as_csv, as_table
from acd.simulator.simulation import Simulation


def simulate(
    profile: Annotated[Path, typer.Argument(help="TOML: traffic, teams, days; acd/simulator/profiles has examples.")],
    as_sheet: Annotated[bool, typer.Option("--csv", help="CSV instead of tables, with a row per queue.")] = False,
    seed: Annotated[int | None, typer.Option(help="Another course of chance than the profile's.")] = None,
    queues: Annotated[Path | None, typer.Option(help="Another table of queues than the one in use.")] = None,
) -> None:
    """Play a day's traffic through the routing engine: service level, speed of answer, abandonment, occupancy."""
    try:
        told = load_profile(profile, load_table(queues or AcdSettings().queues_file))
    except (OSError, tomllib.TOMLDecodeError, ValueError) as error:
        typer.echo(f"acd: simulate: {error}", err=True)
        raise typer.Exit(2) from None
    simulation = Simulation(told if seed is None else told.model_copy(update={"seed": seed}))
    _run(simulation)
    days: dict[str, Day] = {str(queue): day for queue, day in simulation.days.items()}
    days["all"] = simulation.day
    if as_sheet:
        typer.echo(as_csv(days), nl=False)
        return
    typer.echo("\n\n".join(as_table(queue, day) for queue, day in days.items()))


def _run(simulation: Simulation) -> None:
    begins, shown = simulation.profile.begins(), sys.stderr.isatty()
    whole = simulation.profile.ends() - begins
    for at in simulation.run():
        if shown:
            typer.echo(f"\r{at:%m-%d %H:%M} {(at - begins) / whole:4.0%}", err=True, nl=False)
    if shown:
        typer.echo("", err=True)
