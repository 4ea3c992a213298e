"""Stands between the voice menu and agent_api and spoils the answers on demand: late, none, nonsense."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SLOW_SECONDS = 5.0
HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "host", "date", "server"}


class Fault(StrEnum):
    SLOW = "slow"
    DOWN = "down"  # an error page instead of an answer
    NONSENSE = "nonsense"  # valid JSON that means nothing
    CUT = "cut"  # half an answer


class DirectoryFaults:
    """A real HTTP server; everything passes untouched until a fault is switched on."""

    def __init__(self, port: int, upstream: str) -> None:
        self._fault: Fault | None = None
        self._only: frozenset[str] = frozenset()
        self._upstream = upstream
        app = Starlette(
            routes=[Route("/internal/v1/{what:path}", self._pass, methods=["POST"])], lifespan=self._connected
        )
        config = uvicorn.Config(
            app, host="127.0.0.1", port=port, log_level="error", ws="none", loop="asyncio", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="directory-faults", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)

    @asynccontextmanager
    async def _connected(self, _app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=self._upstream, trust_env=False, timeout=30) as self._client:
            yield

    @contextmanager
    def spoiling(self, fault: Fault, *questions: str) -> Iterator[None]:
        """Spoil the answers to these questions ("account"), or to all."""
        self._fault, self._only = fault, frozenset(questions)
        try:
            yield
        finally:
            self._fault = None

    async def _pass(self, request: Request) -> Response:
        what = request.path_params["what"]
        fault = self._fault if not self._only or what in self._only else None
        body = await request.body()
        if fault is Fault.SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        if fault is Fault.DOWN:
            return Response("<h1>502 Bad Gateway</h1>", 502, media_type="text/html")
        if fault is Fault.NONSENSE:
            return Response(
                '{"result": "\\u0000??", "balance": "NaN", "month": "2026-13"}', media_type="application/json"
            )
        try:
            answer = await self._client.post(
                f"/internal/v1/{what}", content=body, headers=_kept(request.headers.items())
            )
        except httpx.HTTPError:
            return Response(status_code=502)
        content = answer.content[: len(answer.content) // 2] if fault is Fault.CUT else answer.content
        return Response(content, answer.status_code, _kept(answer.headers.items()))


def _kept(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in headers if name.lower() not in HOP_BY_HOP}
