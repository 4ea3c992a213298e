"""Which desks are open, over all replicas: tells the ACD when an agent's desk is gone, and when it is there again.

A desk may have several live connections (tabs, a reconnect before the old one is seen dead); it is gone when its last
one has been gone for a moment.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from acd.contracts.commands import Command, DeskBack, DeskLost
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import AgentState
from agent_api.agents import repository
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.db import Database
from agent_api.errors import Refused, Unavailable

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=5)
RENEWED_EVERY = timedelta(seconds=10)
DEAD_AFTER = timedelta(seconds=30)
"""Rows of a replica that was killed are older than this."""

Desk = tuple[str, str]
"""Agent number and session."""


class DeskPresence:
    def __init__(
        self,
        db: Database,
        commands: CommandDesk,
        board: Board,
        clock: Callable[[], datetime],
        consumer: str,
        grace: timedelta = GRACE,
    ) -> None:
        self._db = db
        self._commands = commands
        self._board = board
        self._clock = clock
        self._consumer = consumer
        self._grace = grace
        self._open: Counter[Desk] = Counter()
        self._leaving: dict[Desk, asyncio.Task[None]] = {}
        self._arriving: set[asyncio.Task[None]] = set()

    def is_open(self, agent_no: str) -> bool:
        """At this replica."""
        return any(number == agent_no and count > 0 for (number, _), count in self._open.items())

    def came(self, agent_no: str, session: str) -> None:
        desk = (agent_no, session)
        self._open[desk] += 1
        if (leaving := self._leaving.pop(desk, None)) is not None:
            leaving.cancel()
        if self._open[desk] == 1:
            arriving = asyncio.create_task(self._back(desk), name="desk is back")
            self._arriving.add(arriving)
            arriving.add_done_callback(self._arriving.discard)

    def went(self, agent_no: str, session: str) -> None:
        desk = (agent_no, session)
        self._open[desk] -= 1
        if self._open[desk] > 0:
            return
        del self._open[desk]
        leaving = asyncio.create_task(self._gone(desk), name="desk is gone")
        self._leaving[desk] = leaving
        leaving.add_done_callback(lambda task: self._forget(desk, task))

    async def look(self) -> None:
        """Comes round: our desks' rows stay fresh, and desks of a replica that died are told of."""
        now = self._clock()
        async with self._db.write() as session:
            await repository.renew_desks(session, self._consumer, [*self._open], now)
            dead = await repository.forget_desks_before(session, now - DEAD_AFTER)
        for desk in dead:
            if desk not in self._open:
                await self._say_lost(desk)

    async def end(self) -> None:
        """The process goes, not the desks: nobody is told, they come back to another replica or to our next start."""
        jobs = [*self._leaving.values(), *self._arriving]
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)

    async def _back(self, desk: Desk) -> None:
        try:
            async with self._db.write() as session:
                await repository.note_desk(session, *desk, self._consumer, self._clock())
        except Unavailable:
            log.warning("a desk could not be noted", agent_no=desk[0])
        if self._is_signed_in(desk[0]):
            stamp = self._commands.stamp(self._clock())
            await self._tell(DeskBack(**stamp, agent_id=AgentId(desk[0]), session=desk[1]))

    async def _gone(self, desk: Desk) -> None:
        await asyncio.sleep(self._grace.total_seconds())
        try:
            async with self._db.write() as session:
                await repository.forget_desk(session, *desk, self._consumer)
        except Unavailable:
            log.warning("a desk could not be forgotten", agent_no=desk[0])
        await self._say_lost(desk)

    async def _say_lost(self, desk: Desk) -> None:
        """Unless it is open at another replica, or nobody works there."""
        if not self._is_signed_in(desk[0]) or await self._is_elsewhere(desk):
            return
        log.info("an agent's desk is gone", agent_no=desk[0])
        await self._tell(DeskLost(**self._commands.stamp(self._clock()), agent_id=AgentId(desk[0]), session=desk[1]))

    async def _is_elsewhere(self, desk: Desk) -> bool:
        try:
            async with self._db.read() as session:
                return await repository.desk_is_open(session, *desk, self._clock() - DEAD_AFTER)
        except Unavailable:
            return False

    async def _tell(self, command: Command) -> None:
        try:
            await self._commands.do(command)
        except Refused as refused:
            log.debug("the ACD has no use for it", code=refused.code)
        except Unavailable as away:
            log.warning("the ACD could not be told of a desk", what=away.what)

    def _is_signed_in(self, agent_no: str) -> bool:
        known = self._board.agents.get(agent_no)
        return known is not None and known.state is not AgentState.LOGGED_OUT

    def _forget(self, desk: Desk, task: "asyncio.Task[None]") -> None:
        if self._leaving.get(desk) is task:
            del self._leaving[desk]
