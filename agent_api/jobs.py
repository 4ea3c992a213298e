"""Work that comes round by itself: a named piece, repeated. One that fails is logged and tried again next time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from agent_api.errors import Unavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    work: Callable[[], Awaitable[object]]
    at_once: bool = True
    """Otherwise first when its time has gone by."""

    async def run(self) -> None:
        """For ever."""
        if not self.at_once:
            await asyncio.sleep(self.every.total_seconds())
        while True:
            await self.once()
            await asyncio.sleep(self.every.total_seconds())

    async def once(self) -> None:
        try:
            await self.work()
        except Unavailable as error:
            log.warning("a job waits for something it needs", job=self.name, what=error.what)
        except Exception:  # the border of background work: the process lives, the next round tries again
            log.exception("a job failed", job=self.name)
