"""Gets missing events back: asks the ACD for replays, and marks as lost what nobody can send any more."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from acd.contracts.commands import ReplayEvents
from acd.contracts.events import CommandDone
from agent_api.db import Database
from agent_api.errors import Unavailable
from agent_api.eventlog import service as eventlog
from agent_api.eventlog.order import Place, Skipped
from agent_api.observe import Metrics
from agent_api.reader import Outgoing
from agent_api.replay import Chaser, ReplayRequest

log = structlog.get_logger(__name__)

COMMAND_LIFE = timedelta(seconds=30)
UNKNOWN_STREAM = "replay.unknown_stream"


class Recovery:
    def __init__(
        self,
        db: Database,
        out: Outgoing,
        metrics: Metrics,
        clock: Callable[[], datetime],
        timeout: timedelta,
        attempts: int,
    ) -> None:
        self._db = db
        self._out = out
        self._metrics = metrics
        self._clock = clock
        self._chaser = Chaser(timeout, attempts)
        self._asked: dict[UUID, str] = {}

    @property
    def chasing(self) -> bool:
        return bool(self._chaser.chases)

    async def gaps(self, still_open: Sequence[Skipped]) -> None:
        """All gaps that are open now; new ones are asked for at once."""
        await self._request(self._chaser.update(still_open, self._clock()))

    async def tail(self, stream: str, place: Place) -> None:
        """Ask for what may have come after the last event we know of a stream."""
        await self._request([ReplayRequest(stream, place.seq)])

    async def watch(self) -> None:
        """Asks again for what did not come, and gives up in the end."""
        pause = min(1.0, self._chaser.timeout.total_seconds() / 2)
        while True:
            await asyncio.sleep(pause)
            again, lost = self._chaser.due(self._clock())
            await self._request(again)
            await self._give_up(lost)

    async def answered(self, done: CommandDone) -> None:
        """A replay that cannot be had at all needs no second try."""
        stream = self._asked.pop(done.command_id, None)
        if stream is not None and done.code == UNKNOWN_STREAM:
            await self._give_up(self._chaser.unknown(stream))

    async def _give_up(self, lost: Sequence[Skipped]) -> None:
        if not lost:
            return
        try:
            async with self._db.write() as session:
                await eventlog.give_up(session, lost)
        except Unavailable:
            return  # the gaps stay open and are chased again after the next gap or connection
        for gap in lost:
            self._metrics.lost.inc(gap.last - gap.first + 1)
            log.error(
                "events are lost, figures of their time are incomplete",
                stream=gap.stream,
                first=gap.first,
                last=gap.last,
                from_at=gap.from_at.isoformat(),
                to_at=gap.to_at.isoformat(),
            )

    async def _request(self, requests: Sequence[ReplayRequest]) -> None:
        for request in requests:
            command = ReplayEvents(
                command_id=uuid4(),
                not_after=self._clock() + COMMAND_LIFE,
                stream=UUID(request.stream),
                after_seq=request.after_seq,
            )
            self._asked[command.command_id] = request.stream
            log.info("asking for a replay", stream=request.stream, after_seq=request.after_seq)
            try:
                await self._out.send(command)
            except Unavailable:
                log.warning("replay could not be asked for", stream=request.stream)
