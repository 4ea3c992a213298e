"""Composition root of the ivr process: settings in, a FastAGI server with its directory and its gauges out."""

import asyncio
import contextlib
import gc
import signal
import sys
from typing import Annotated

import structlog
import typer
import uvloop
from pydantic import ValidationError

from acd.contracts.menu.tree import Language
from ivr.directory import HttpDirectory
from ivr.menus import MenuLibrary
from ivr.observe import Metrics, observe_app, observe_server
from ivr.prompts import problems, speaker, texts
from ivr.server import FastAgiServer
from ivr.services import Services
from ivr.settings import IvrSettings
from ivr.speech.speaker import GRAMMARS, Speaker

log = structlog.get_logger(__name__)

SHOWN_PROBLEMS = 20


def run(
    check: Annotated[bool, typer.Option("--check", help="Validate settings and sounds, then exit.")] = False,
) -> None:
    """Serve the voice menus to Asterisk until told to stop; running calls may finish."""
    try:
        settings = IvrSettings()
    except (ValidationError, OSError) as error:
        raise SystemExit(f"ivr: settings: {error}") from None
    configure_log(settings.log_json)
    languages = spoken_languages(settings)
    log.info("settings", **{name: str(value) for name, value in settings})
    if not check:
        uvloop.run(serve(settings, languages))


def spoken_languages(settings: IvrSettings) -> tuple[Language, ...]:
    """Those with all their sounds. Without the first there is no hotline."""
    first, *others = settings.languages
    if missing := problems(settings.sounds, first):
        lines = [
            *missing[:SHOWN_PROBLEMS],
            *([f"and {len(missing) - SHOWN_PROBLEMS} more"] * (len(missing) > SHOWN_PROBLEMS)),
        ]
        raise SystemExit("ivr: callers would hear silence, sounds are missing:\n  " + "\n  ".join(lines))
    spoken = [first]
    for language in others:
        lacking = problems(settings.sounds, language) if language in GRAMMARS else ["no grammar for its numbers"]
        if lacking:
            log.warning("language left out", language=language, lacking=lacking[:SHOWN_PROBLEMS])
        else:
            spoken.append(language)
    return tuple(spoken)


async def serve(settings: IvrSettings, languages: tuple[Language, ...]) -> None:
    metrics = Metrics()
    directory = HttpDirectory(settings.directory_url, settings.directory_token, settings.lookup_deadline, metrics)
    menus = MenuLibrary(settings.menus_file, languages)
    menus.load()
    speakers: dict[str, Speaker] = {language: speaker(settings.sounds, language) for language in languages}
    prompts = {str(language): frozenset(texts(settings.sounds, language)) for language in languages}
    services = Services(directory, menus, speakers, prompts, settings.own_prompts, settings.messages)
    server = FastAgiServer(services, metrics, settings.header_deadline)
    try:
        await server.start(settings.host, settings.port)
    except OSError as error:
        raise SystemExit(f"ivr: cannot listen on {settings.host} port {settings.port}: {error.strerror}") from None

    def health() -> dict[str, str]:
        fastagi = "ok" if server.listening else f"stopping, {server.running_calls} calls left"
        return {"fastagi": fastagi, "directory": directory.state, "menus": menus.state}

    def versions() -> dict[str, int]:
        return dict(menus.versions)

    observer = observe_server(observe_app(metrics, health, versions), settings.observe_host, settings.observe_port)
    observing = asyncio.create_task(observer.serve())
    following = asyncio.create_task(menus.follow(directory))
    # What was made for the start stays, and calls leave little garbage: no need to look for it all the time.
    gc.freeze()
    gc.set_threshold(10_000)
    log.info("ready", host=settings.host, port=server.port)
    await _signal_to_stop()
    log.info("stopping", calls=server.running_calls)
    following.cancel()
    await _drain(server, settings)
    observer.should_exit = True
    await observing
    await directory.close()
    log.info("stopped")


async def _signal_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


async def _drain(server: FastAgiServer, settings: IvrSettings) -> None:
    """Let running calls finish; a second signal ends them at once (the dialplan then takes the callers)."""
    draining = asyncio.create_task(server.drain(settings.drain_limit))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, draining.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await draining


def configure_log(as_json: bool) -> None:
    """To stderr. Tracebacks without local variables: those may hold numbers and passwords."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if as_json else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    typer.run(run)
