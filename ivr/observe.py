"""What the process tells its operators: /metrics for Prometheus, /health in words. Takes no part in calls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property

import uvicorn
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


class Metrics:
    """One registry for each server, so that two can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commands = Counter("ivr_agi_commands", "AGI commands sent", ["command"], registry=self.registry)
        self.calls = Counter("ivr_calls", "Calls that left a menu", ["menu", "outcome"], registry=self.registry)
        self.active = Gauge("ivr_calls_active", "Calls in a menu now", registry=self.registry)
        self.lookups = Counter("ivr_lookups", "Questions to the directory", ["what", "result"], registry=self.registry)
        self.lookup_seconds = Histogram(
            "ivr_lookup_seconds",
            "How long the directory took",
            ["what"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5),
            registry=self.registry,
        )

    def count_command(self, command: str) -> None:
        self._command(command).inc()

    @cached_property
    def _command(self) -> Callable[[str], Counter]:
        """The one counter of a command: finding it by its label costs more than counting, for each command sent."""
        return cache(self.commands.labels)


Health = Callable[[], dict[str, str]]
"""Part to its state: "ok", or what is wrong."""


Versions = Callable[[], dict[str, int]]
"""Centre to the version of its menus that is in force."""


def observe_app(metrics: Metrics, health: Health, versions: Versions) -> Starlette:
    def show_metrics(request: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    def show_health(request: Request) -> Response:
        parts = health()
        # Only the server itself decides: a directory that is away is a reason to look, not to restart us.
        ready = parts["fastagi"] == "ok"
        status = "ok" if all(state == "ok" for state in parts.values()) else "degraded" if ready else "down"
        body = {"status": status, "parts": parts, "menus": versions()}
        return JSONResponse(body, status_code=200 if ready else 503)

    return Starlette(routes=[Route("/metrics", show_metrics), Route("/health", show_health)])


class ObserveServer(uvicorn.Server):
    """Leaves the signals to the process it is a guest of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def observe_server(app: Starlette, host: str, port: int) -> ObserveServer:
    return ObserveServer(uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, lifespan="off"))
