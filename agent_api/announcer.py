"""After the commit: tells the live desks and whoever waits for a command's answer. Reads, never writes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from acd.contracts.events import CallAgentRinging, CallConnected, CommandDone, Event
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.calls import service as calls
from agent_api.calls.projection import CallStory
from agent_api.calls.view import call_out
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.live import Hub
from agent_api.live_view import CALL_IS_OVER
from agent_api.tickets import service as tickets

STALE = timedelta(seconds=60)
"""Older calls came from a backlog or a replay: they pop up on nobody's screen."""


class Announcer:
    def __init__(
        self, db: Database, hub: Hub, board: Board, commands: CommandDesk, clock: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._hub = hub
        self._board = board
        self._commands = commands
        self._clock = clock

    async def event(self, event: Event, story: CallStory | None) -> None:
        if isinstance(event, CommandDone):
            self._commands.answered(event)
            return
        self._hub.event(event, self._owner(event, story))
        if isinstance(event, CallAgentRinging | CallConnected) and story is not None:
            young = self._clock() - event.at < STALE
            if young and story.ended_at is None and story.agent_no == event.agent_id:
                await self._pop(event.agent_id, event.call_id)

    async def snapshot(self, snapshot: AgentSnapshot | QueueSnapshot | ProcessSnapshot) -> None:
        match snapshot:
            case AgentSnapshot():
                self._hub.agent_state(snapshot)
                await self._pop_if_missing(snapshot)
            case QueueSnapshot():
                self._hub.queue_state(snapshot)
            case ProcessSnapshot():
                self._board.processes[snapshot.process] = snapshot

    async def _pop_if_missing(self, snapshot: AgentSnapshot) -> None:
        """An agent in a call whose desk does not show it: we were started in the middle of it."""
        call_id = snapshot.call_id
        if call_id is None or snapshot.state.value in CALL_IS_OVER:
            return
        if self._hub.call_on_screen(snapshot.agent_id) != call_id:
            await self._pop(snapshot.agent_id, call_id)

    async def _pop(self, agent_no: str, call_id: str) -> None:
        async with self._db.read() as session:
            try:
                call = await calls.get(session, call_id)
            except NotFound:
                return
            numbers = await tickets.numbers_of_calls(session, [call_id])
        if call.agent_no == agent_no:
            self._hub.pop(agent_no, call_out(call, numbers.get(call_id, []), True).model_dump(mode="json"))

    def _owner(self, event: Event, story: CallStory | None) -> str | None:
        """Agent who sees the event unmasked: the one in the call, or the one it is about."""
        if story is not None:
            return story.agent_no
        agent_id: str | None = getattr(event, "agent_id", None)
        return agent_id
