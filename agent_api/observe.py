"""Figures for Prometheus and the answer to "what is down"."""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from pydantic import BaseModel

Check = Callable[[], Awaitable[str]]
"""Empty when all is well, else what is wrong in words."""

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        mine = self.registry
        self.requests = Histogram(
            "desk_request_seconds",
            "Time to answer a request",
            ["method", "route", "status"],
            buckets=_SECONDS,
            registry=mine,
        )
        self.request = cache(self.requests.labels)
        """Finding the labels' own histogram costs more than observing with it."""
        self.events = Counter("desk_events_total", "Events taken from the bus", ["type"], registry=mine)
        self.duplicates = Counter("desk_event_duplicates_total", "Events that were known already", registry=mine)
        self.unknown = Counter("desk_event_unknown_total", "Events of a type not known here", registry=mine)
        self.dead_letters = Counter("desk_dead_letters_total", "Messages that could not be used", registry=mine)
        self.gaps = Counter("desk_event_gaps_total", "Times sequence numbers were skipped", registry=mine)
        self.lost = Counter("desk_events_lost_total", "Events nobody could send again", registry=mine)
        self.push_seconds = Histogram(
            "desk_push_seconds", "From the bus to the sockets' outboxes", buckets=_SECONDS, registry=mine
        )
        self.backlog = Gauge("desk_intake_backlog", "Messages waiting for the intake", registry=mine)
        self.live_clients = Gauge("desk_live_clients", "Open live connections", registry=mine)
        self.live_dropped = Counter("desk_live_dropped_total", "Live connections that were too slow", registry=mine)


class PartHealth(BaseModel):
    name: str
    ok: bool
    detail: str


class Health(BaseModel):
    status: Literal["ok", "degraded", "down"]
    parts: list[PartHealth]


def observe_router(metrics: Metrics, needed: dict[str, Check], wanted: dict[str, Check]) -> APIRouter:
    """`needed` parts make the process "down" when they fail, `wanted` ones only "degraded"."""
    router = APIRouter(tags=["observe"])

    @router.get("/health", responses={503: {"model": Health, "description": "A needed part is down"}})
    async def health(response: Response) -> Health:
        """What is up and what is down. 503 when the desk cannot work."""
        parts = [await _examine(name, check) for name, check in (needed | wanted).items()]
        down = [part.name for part in parts if not part.ok]
        response.headers["Cache-Control"] = "no-store"
        if any(name in needed for name in down):
            response.status_code = 503
            return Health(status="down", parts=parts)
        return Health(status="degraded" if down else "ok", parts=parts)

    @router.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router


async def _examine(name: str, check: Check) -> PartHealth:
    detail = await check()
    return PartHealth(name=name, ok=not detail, detail=detail)
