"""Commands of the acd process: run, simulate, replay, record, tail, status, schema."""

import asyncio
import json
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from acd.settings import AcdSettings, NodeSettings
from acd.simulator.cli import simulate

app = typer.Typer(help="Call distribution: watches Asterisk, decides who gets which call, dials out, publishes.")
app.command()(simulate)

Files = Annotated[list[Path], typer.Argument(help="Raw AMI text, or a JSON array of AMI events.")]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context, check: Annotated[bool, typer.Option("--check", help="Validate and exit.")] = False
) -> None:
    """Without a command: run."""
    if context.invoked_subcommand is None:
        run(check=check)


@app.command()
def run(check: Annotated[bool, typer.Option("--check", help="Validate the settings and exit.")] = False) -> None:
    """Run the process until SIGTERM."""
    from acd import logs, process

    try:
        settings = AcdSettings()
        summary = process.check(settings)
    except (ValidationError, OSError, tomllib.TOMLDecodeError, ValueError) as error:
        typer.echo(f"acd: settings: {error}", err=True)
        raise typer.Exit(2) from None
    if check:
        typer.echo(f"acd: settings are good: {summary}")
        return
    logs.configure(settings.log_level)
    process.run(settings)


@app.command()
def replay(
    files: Files, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """Rebuild the calls in a recorded AMI stream."""
    from acd.trace import replay_command

    raise typer.Exit(replay_command(files, as_json))


@app.command()
def record(target: Annotated[Path, typer.Argument(help="File to append the raw AMI stream to.")]) -> None:
    """Record the manager stream of the first node, for support and tests. Ends with Ctrl-C."""
    asyncio.run(_record(target, AcdSettings().asterisks()[0]))


async def _record(target: Path, node: NodeSettings) -> None:
    from acd.adapters.ami import AmiWire

    with target.open("ab", buffering=0) as file:
        wire = AmiWire(
            node.host,
            node.port,
            node.username,
            node.secret.get_secret_value(),
            on_event=lambda event: None,
            wanted=frozenset(),
            on_lost=lambda: typer.echo("connection lost, trying again", err=True),
            on_refused=lambda: typer.echo("Asterisk refuses our user or secret", err=True),
            on_nobody=lambda: typer.echo("nobody listens there, trying again", err=True),
            tap=file.write,
        )
        wire.open()
        typer.echo(f"recording {node.name} to {target}; it holds telephone numbers, keep it safe", err=True)
        try:
            await asyncio.Event().wait()
        finally:
            wire.close()


@app.command()
def tail() -> None:
    """Print events as they are published, one JSON object a line."""
    from acd.adapters.bus import tail as follow

    asyncio.run(follow(AcdSettings().broker, lambda payload: print(payload.decode(), flush=True)))


@app.command()
def status() -> None:
    """Ask the running process how it is."""
    settings = AcdSettings()
    url = f"http://{settings.observe_host}:{settings.observe_port}/health"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            health = json.load(answer)
    except urllib.error.HTTPError as error:
        health = json.load(error)
    except OSError as error:
        typer.echo(f"acd does not answer on {url}: {error}", err=True)
        raise typer.Exit(1) from None
    for part, state in health["parts"].items():
        typer.echo(f"{part}: {state}")
    raise typer.Exit(0 if health["status"] == "ok" else 1)


@app.command()
def schema(
    folder: Annotated[Path, typer.Option(help="Where the *.json go.")] = Path(__file__).parent / "contracts" / "schema",
) -> None:
    """Write the JSON Schema of the contracts."""
    from acd.contracts.schemas import write_schemas

    for path in write_schemas(folder):
        typer.echo(str(path))
