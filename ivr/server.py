"""The FastAGI server: accepts calls, one task each, and lets them finish when it is told to stop."""

import asyncio
import time
from datetime import timedelta

import structlog

from ivr.agi import AgiSession, BadPeer, CallerGone, ChannelStuck, read_request
from ivr.observe import Metrics
from ivr.routes import ROUTES, Route, call_facts
from ivr.runner import Runner
from ivr.services import Services
from ivr.steps import CallFacts

HEADER_LIMIT = 16 * 1024

log = structlog.get_logger(__name__)


class FastAgiServer:
    def __init__(self, services: Services, metrics: Metrics, header_deadline: timedelta) -> None:
        self._services = services
        self._metrics = metrics
        self._header_seconds = header_deadline.total_seconds()
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def running_calls(self) -> int:
        return len(self._calls)

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("the server is not listening")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def listening(self) -> bool:
        return self._server is not None and self._server.is_serving()

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(self._accept, host, port, limit=HEADER_LIMIT, backlog=1024)

    async def drain(self, limit: timedelta) -> None:
        """Take no new calls; give the running ones `limit` to finish, then let the dialplan have them."""
        if self._server is not None:
            self._server.close()
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=limit.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._calls.add(task)
        try:
            await self._serve(reader, writer)
        except asyncio.CancelledError:
            log.warning("call cut off by shutdown")
        finally:
            self._calls.discard(task)
            structlog.contextvars.clear_contextvars()
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await read_request(reader, self._header_seconds)
        except BadPeer as error:
            self._metrics.calls.labels("none", "bad_request").inc()
            log.warning("not a call", reason=str(error))
            return
        name = request["agi_network_script"].partition("?")[0]
        route = ROUTES.get(name)
        if route is None:
            self._metrics.calls.labels("none", "no_route").inc()
            log.error("no such menu", script=name[:40])
            return
        call = call_facts(route, request)
        structlog.contextvars.bind_contextvars(call_id=call.call_id)
        session = AgiSession(reader, writer, request, self._metrics.count_command)
        began = time.monotonic()
        with self._metrics.active.track_inprogress():
            outcome = await serve_call(session, route, call, self._services)
        self._metrics.calls.labels(name, outcome).inc()
        log.info("call left", menu=name, outcome=outcome, seconds=round(time.monotonic() - began, 1))


async def serve_call(session: AgiSession, route: Route, call: CallFacts, services: Services) -> str:
    """One call from its first prompt to its last word. Never raises: a broken flow leaves the caller with an agent."""
    runner = Runner(session, services, call)
    try:
        try:
            leave = await runner.run(route.start(call))
            outcome = leave.outcome.value
        except (CallerGone, ChannelStuck, BadPeer):
            raise
        except Exception:
            log.exception("menu broke")
            leave, outcome = route.rescue, "failed"
        await runner.depart(leave, route.reports_leaving)
    except CallerGone:
        return "hangup"
    except (ChannelStuck, BadPeer) as error:
        # The socket is closed without CC_AGI_DONE: the dialplan's failure path takes the caller.
        log.error("channel lost", kind=type(error).__name__, command=str(error))
        return "channel_lost"
    except Exception:
        log.exception("menu could not hand the call back")
        return "failed"
    return outcome
