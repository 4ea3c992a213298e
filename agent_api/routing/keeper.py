"""Sees to it that the ACD works with the live table: after a publication, its start, or a message that got lost."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from acd.contracts.commands import ConfigureRouting
from acd.contracts.events import AcdStarted, Event, RoutingConfigured
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.db import Database
from agent_api.errors import Refused
from agent_api.routing import service

log = structlog.get_logger(__name__)


class RoutingKeeper:
    def __init__(
        self, db: Database, commands: CommandDesk, board: Board, file: Path, clock: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._commands = commands
        self._board = board
        self._file = file
        self._clock = clock
        self.in_force: int | None = None
        """Version the ACD said it works with; None: not known."""

    def heard(self, event: Event) -> None:
        match event:
            case AcdStarted():
                self.in_force = None
            case RoutingConfigured():
                self.in_force = event.version
            case _:
                pass

    async def look(self) -> None:
        """Comes round; tells the ACD when it works with something else. Never of the shipped table: that is its own."""
        if not self._board.acd_up:
            return
        async with self._db.read() as session:
            live = await service.live(session)
            if live is None or live.version == self.in_force:
                return
            table, author = await service.live_table(session, self._file), live.author
        log.info("telling the ACD the table of queues", version=table.version, in_force=self.in_force)
        try:
            await self._commands.do(ConfigureRouting(**self._commands.stamp(self._clock()), table=table, by=author))
        except Refused as refused:
            log.error("the ACD refuses the table of queues", version=table.version, code=refused.code)
        # Also after a refusal: it is told again when it starts anew or another one is published.
        self.in_force = table.version
