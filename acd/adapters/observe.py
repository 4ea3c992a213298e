"""/health says what is down in words, /metrics gives the figures. Reads only; decides nothing."""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager

import uvicorn
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Health = Callable[[], Mapping[str, str]]
"""Part to "ok" or what is wrong with it."""
Figures = Callable[[], Iterable[tuple[str, str, Mapping[str, float]]]]
"""Name, help, and value per label (the label "" for a plain figure)."""


class _Gauges(Collector):
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        for name, words, values in self._figures():
            family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
            plain = set(values) == {""}
            metric = family(name, words, labels=() if plain else ("of",))
            for label, value in values.items():
                metric.add_metric(() if plain else (label,), value)
            yield metric


def create_app(health: Health, figures: Figures, counted: Iterable[Collector]) -> Starlette:
    registry = CollectorRegistry()
    registry.register(_Gauges(figures))
    for collector in counted:
        registry.register(collector)

    async def get_health(request: Request) -> Response:
        parts = dict(health())
        down = any(state != "ok" for state in parts.values())
        answer = {"status": "down" if down else "ok", "parts": parts}
        return JSONResponse(answer, status_code=503 if down else 200)

    async def get_metrics(request: Request) -> Response:
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Starlette(routes=[Route("/health", get_health), Route("/metrics", get_metrics)])


class _Server(uvicorn.Server):
    """Leaves the signals to the process, which drains everything in order."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def create_server(app: Starlette, host: str, port: int) -> uvicorn.Server:
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, lifespan="off")
    return _Server(config)
