"""Commands of the ivr process: run it, walk through a menu in the terminal, ask how it is."""

from typing import Annotated, Any

import httpx
import typer

from acd.contracts.dialplan import AgiRoute
from ivr.__main__ import run
from ivr.prompts import speaker, texts
from ivr.rehearsal import SampleCompany, rehearse
from ivr.routes import ROUTES
from ivr.settings import IvrSettings
from ivr.steps import CallFacts, Collect, Entry, Play, Prompts, Report, Step

app = typer.Typer(help="The voice menus.", no_args_is_help=True, pretty_exceptions_show_locals=False)
app.command("run")(run)


@app.command()
def transcript(
    menu: Annotated[AgiRoute, typer.Argument(help="Which menu.")] = AgiRoute.MAIN,
    caller: Annotated[str, typer.Option(help="Caller's number.")] = "13900000001",
    did: Annotated[str, typer.Option(help="Number dialled.")] = "10010",
) -> None:
    """Walk through a menu with typed keys (Enter alone is silence).

    The sample subscriber's password is 135790, his text message code 246810, his identity card ends in 01234*.
    """
    settings = IvrSettings()
    language = settings.languages[0]
    words, voice = texts(settings.sounds, language), speaker(settings.sounds, language)
    company = SampleCompany()

    def speak(prompts: Prompts) -> None:
        said = "".join(words.get(clip, f"<{clip}>") for clip in voice.clips(prompts))
        typer.secho(f"  {said}", fg=typer.colors.CYAN)

    def answer(step: Step[Any]) -> Any:
        match step:
            case Play(prompts):
                speak(prompts)
                return True
            case Collect(prompts, length):
                speak(prompts)
                return typed_entry(input(f"  keys ({length}): ").strip(), length, step.star_is_letter)
            case Report(event, fields):
                return typer.secho(f"  [{event}] " + ", ".join(f"{k}={v}" for k, v in fields), dim=True)
            case _:
                typer.secho(f"  [{type(step).__name__}]", dim=True)
                return company.answer(step)

    facts = CallFacts("rehearsal", caller_number=caller, did=did, attempt_id="rehearsal")
    leave = rehearse(ROUTES[menu].start(facts), answer)
    where = f" -> {leave.queue} ({leave.reason})" if leave.queue else ""
    typer.secho(f"  {leave.outcome}{where}", bold=True)


def typed_entry(text: str, length: int, star_is_letter: bool = False) -> Entry:
    """What the caller's keys would arrive as."""
    keys, closing, _ = text.partition("#")
    keys = keys if keys == "*" or star_is_letter else keys.rpartition("*")[2]
    return Entry(keys[:length], ended=bool(closing))


@app.command()
def status() -> None:
    """How the running process is, in words. Exit code 1 when it cannot take calls."""
    settings = IvrSettings()
    try:
        response = httpx.get(
            f"http://{settings.observe_host}:{settings.observe_port}/health", timeout=2, trust_env=False
        )
        parts = response.json()["parts"]
    except (httpx.HTTPError, ValueError, KeyError):
        typer.echo(
            f"ivr: no answer on {settings.observe_host} port {settings.observe_port}; start it with `hotline ivr run`"
        )
        raise typer.Exit(1) from None
    for part, state in parts.items():
        typer.echo(f"ivr {part}: {state}")
    raise typer.Exit(0 if response.is_success else 1)
