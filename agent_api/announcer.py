"""After the commit: tells the live desks and whoever waits for a command's answer. Reads, never writes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from acd.contracts.events import CallAgentRinging, CallConnected, CommandDone, Event
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.calls.projection import CallStory
from agent_api.calls.view import call_out
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.live import Hub
from agent_api.live_view import CALL_IS_OVER
from agent_api.reader import Snapshot
from agent_api.supervision.floor import floor_row
from agent_api.tickets import service as tickets

LONGEST_CALL = timedelta(hours=4)
STALE = timedelta(seconds=60)
"""Older calls came from a backlog or a replay: they pop up on nobody's screen."""


class Announcer:
    def __init__(
        self,
        db: Database,
        hub: Hub,
        board: Board,
        commands: CommandDesk,
        clock: Callable[[], datetime],
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        """`on_event`: who else wants to know of events that are stored."""
        self._on_event = on_event
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
        if story is not None:
            self._show(story)
        if self._on_event is not None:
            self._on_event(event)
        if isinstance(event, CallAgentRinging | CallConnected) and story is not None and self._is_now(event, story):
            await self._pop_story(event.agent_id, story)

    async def restore(self) -> None:
        """The calls that are under way when the process starts."""
        since = self._clock() - LONGEST_CALL
        async with self._db.read() as session:
            for story in await (await session.connection()).run_sync(calls.open_stories, since):
                self._show(story)

    def _show(self, story: CallStory) -> None:
        """On the floor, or off it."""
        agent = self._board.agents.get(story.live.agent_no or "") if story.live is not None else None
        self._hub.floor_call(story.call_id, floor_row(story, agent.center_id if agent else ""))

    async def snapshot(self, snapshot: Snapshot, retained: bool) -> None:
        """`retained`: it was so before we came."""
        match snapshot:
            case AgentSnapshot():
                self._hub.agent_state(snapshot)
                if retained and snapshot.call_id is not None and snapshot.state.value not in CALL_IS_OVER:
                    # We were started in the middle of the call.
                    await self._pop_stored(snapshot.agent_id, snapshot.call_id)
            case QueueSnapshot():
                self._hub.queue_state(snapshot)
            case ProcessSnapshot():
                self._board.processes[snapshot.process] = snapshot

    def _is_now(self, event: CallAgentRinging | CallConnected, story: CallStory) -> bool:
        """Not from a backlog, and not over meanwhile."""
        if story.ended_at is not None or story.abandon_stage is not None or story.agent_no != event.agent_id:
            return False
        agent = self._board.agents.get(event.agent_id)
        free_again = agent is not None and agent.state.value in CALL_IS_OVER and agent.at > event.at
        return not free_again and self._clock() - event.at < STALE

    async def _pop_story(self, agent_no: str, story: CallStory) -> None:
        """As the events tell it, without a look into the database; only a former agent can have added to it."""
        if story.transfers:
            await self._pop_stored(agent_no, story.call_id)
        else:
            self._pop(agent_no, calls.row_of(story), [])

    async def _pop_stored(self, agent_no: str, call_id: str) -> None:
        async with self._db.read() as session:
            try:
                call = await calls.get(session, call_id)
            except NotFound:
                return
            numbers = await tickets.numbers_of_calls(session, [call_id])
        if call.agent_no == agent_no:
            self._pop(agent_no, call, numbers.get(call_id, []))

    def _pop(self, agent_no: str, call: Call, ticket_nos: list[str]) -> None:
        self._hub.pop(agent_no, call_out(call, ticket_nos, True).model_dump(mode="json"))

    def _owner(self, event: Event, story: CallStory | None) -> str | None:
        """Agent who sees the event unmasked: the one in the call, or the one it is about."""
        if story is not None:
            return story.agent_no
        agent_id: str | None = getattr(event, "agent_id", None)
        return agent_id
