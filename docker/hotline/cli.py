"""The command `hotline`: runs the installation; the processes' own commands hang below it (hotline ivr, acd, desk)."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import entry_points, version
from types import FrameType
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hotline import line, preflight, supervision
from hotline.ami import AmiError
from hotline.database import CommandFailed, agent_phones
from hotline.demo.pace import Pace
from hotline.desk_client import DeskError
from hotline.installation import Installation, open_installation
from hotline.nodes import CUSTOMER_PHONES
from hotline.parts import Part, acd, agent_api, ivr
from hotline.status import last_words, states
from hotline.welcome import print_welcome

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_show_locals=False, help="A telecom operator's contact centre."
)
console = Console(stderr=False, highlight=False)

for point in sorted(entry_points(group="hotline.commands"), key=lambda entry: entry.name):
    # Only when it is named: each brings the libraries of its process, and `hotline stop` must be quick.
    if point.name in sys.argv[1:2]:
        app.add_typer(point.load(), name=point.name)
    else:
        app.command(name=point.name, help=f"Commands of the process {point.value.split('.')[0]}.")(lambda: None)


@app.command()
def setup() -> None:
    """Lay out keys, database and configuration without starting anything."""
    _lay_out(_opened())


@app.command()
def run() -> None:
    """Set up and start every part; Ctrl-C ends them all."""
    installation = _opened()
    _refuse_if_impossible(installation)
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have started us with SIGINT ignored
        signal.signal(number, _interrupt)
    try:
        parts = _lay_out(installation)
        for state in line.start(installation, parts):
            mark = "[red]not up[/]" if state.problem else "[green]up[/]"
            console.print(f"  {state.part.name:<10} {mark}  {state.part.title}  {escape(state.problem)}")
            if state.problem:
                console.print(f"    {last_words(installation, state.part.name)}", markup=False)
        print_welcome(console, installation)
        while supervision.running_pid(installation):
            time.sleep(0.5)
    except KeyboardInterrupt:
        console.print("\nending every part ...")
    finally:
        supervision.stop(installation)


@app.command()
def stop() -> None:
    """End every process of this installation."""
    console.print("ended" if supervision.stop(_opened()) else "nothing was running")


@app.command()
def status(
    part: Annotated[str, typer.Argument(help="Only this part.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Which part is up, and what is wrong. Exit code 1 when something is down."""
    found = [state for state in states(_opened()) if part in ("", state.name)]
    if as_json:
        typer.echo(json.dumps({"up": all(state.up for state in found), "parts": [s.as_dict() for s in found]}))
    else:
        table = Table(box=None, show_header=False)
        for state in found:
            table.add_row(state.name, "[green]up[/]" if state.up else "[red]down[/]", escape(state.problem))
        console.print(table)
    raise typer.Exit(0 if all(state.up for state in found) else 1)


@app.command()
def demo(
    rate: Annotated[float, typer.Option(help="Customers who dial in a minute.", min=0.1, max=120)] = 6,
    agents: Annotated[int, typer.Option(help="Simulated agents (8012 and below).", min=0, max=12)] = 4,
    minutes: Annotated[float | None, typer.Option(help="End by itself.")] = None,
) -> None:
    """Customers, debtors and agents for people without a telephone, beside a running hotline."""
    installation = _opened()
    down = [state for state in states(installation) if not state.up]
    if down:
        console.print("The hotline is not up, start it first with `make run`:")
        console.print(*(f"  {state.name}: {state.problem}" for state in down), sep="\n", markup=False)
        raise typer.Exit(1)
    from hotline.demo.show import show  # brings httpx and more: not for `hotline stop`

    seconds = minutes * 60 if minutes else None
    try:
        tally = asyncio.run(show(installation, console, rate, agents, seconds, Pace()))
    except (AmiError, DeskError, CommandFailed, ConnectionError) as error:
        console.print(f"[red]the demo ended:[/] {escape(str(error))}")
        raise typer.Exit(1) from None
    console.print(f"\n{tally.dialled} customers dialled, {sum(tally.ends.values())} calls came to their end.")


@app.command()
def logs(part: Annotated[str, typer.Argument(help="asterisk, ivr, acd, agent_api, mosquitto")] = "") -> None:
    """Follow the logs of one part, or of all."""
    installation = _opened()
    files = sorted(installation.logs.glob(f"{part or '*'}.log"))
    files += [node.folder / "log" / "messages.log" for node in installation.nodes if part in ("", node.part)]
    try:
        subprocess.run(["tail", "-n", "40", "-F", *map(str, files)], check=False)
    except KeyboardInterrupt:
        return


@app.command()
def phones() -> None:
    """SIP accounts of agents and test customers, passwords included."""
    installation = _opened()
    table = Table("user", "password", "what for", box=None)
    for agent in agent_phones(installation):
        table.add_row(agent.number, agent.phone_password, "agent's telephone (instead of the browser)")
    for user, number in CUSTOMER_PHONES:
        table.add_row(user, installation.credentials.customer_phone, f"customer {number}: dials the hotline")
    console.print(table)


@app.command()
def doctor() -> None:
    """Look for what would keep the hotline from starting here."""
    installation = _opened()
    running = supervision.running_pid(installation) is not None
    found = preflight.problems(preflight.environment(), with_ports=not running)
    for problem in found:
        console.print(f"[red]-[/] {problem}")
    if not found:
        console.print("running" if running else "ready to start: make run")
    raise typer.Exit(1 if found else 0)


@app.command(name="exec")
def execute(part: Annotated[str, typer.Argument(help="ivr, acd or agent_api")]) -> None:
    """Become one process of a laid-out installation: what a container runs."""
    installation = _opened()
    makers = {"ivr": ivr, "acd": acd, "agent_api": agent_api}
    if part not in makers:
        raise typer.BadParameter(f"one of {', '.join(makers)}")
    made = makers[part](installation)
    os.execve(made.command[0], made.command, {**os.environ, **made.environment})


@app.command(name="version")
def show_version() -> None:
    """Version of the hotline."""
    typer.echo(version("hotline"))


def _opened() -> Installation:
    try:
        return open_installation()
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            console.print(f"HOTLINE_{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}")
        raise typer.Exit(2) from None


def _refuse_if_impossible(installation: Installation) -> None:
    if pid := supervision.running_pid(installation):
        console.print(f"The hotline runs already (pid {pid}). `make stop` ends it, `make status` shows how it is.")
        raise typer.Exit(1)
    problems = preflight.problems(preflight.environment())
    if problems:
        console.print("Not started, nothing was changed:", *(f"  - {problem}" for problem in problems), sep="\n")
        raise typer.Exit(1)


def _lay_out(installation: Installation) -> list[Part]:
    with console.status("preparing keys, database and configuration ..."):
        try:
            parts, _ = line.lay_out(installation)
            return parts
        except CommandFailed as error:
            console.print(f"[red]the database could not be prepared:[/] {escape(str(error))}")
            sys.exit(1)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    app()
