"""What events do to the tables: one place for live intake, demo data and rebuild."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import (
    AgentStateChanged,
    AttemptAnswered,
    AttemptFinished,
    AttemptStarted,
    CallbackEvent,
    CallbackEventBase,
    CallEvent,
    CallEventBase,
    Event,
)
from agent_api.agents import service as agents
from agent_api.callbacks import service as callbacks
from agent_api.calls import service as calls
from agent_api.calls.memory import CallMemory
from agent_api.calls.projection import CallStory
from agent_api.campaigns import service as campaigns
from agent_api.eventlog import service as eventlog

PAGE = 500
"""Events asked for in one query: databases limit the number of its parameters."""


@dataclass(slots=True)
class Applied:
    new_ids: set[str] = field(default_factory=set)
    stories: dict[str, CallStory] = field(default_factory=dict)
    """Calls that changed, by call id."""


async def apply(
    session: AsyncSession, events: Sequence[Event], zone: ZoneInfo, memory: CallMemory | None = None
) -> Applied:
    """Store the events and apply those that are new. In whatever order and how often they come, the end is the same.

    `memory` keeps the calls under way between two batches.
    """
    unique = list({event.event_id: event for event in events}.values())
    # Every event of every call passes here: one change into synchronous code is a third of the cost of many.
    connection = await session.connection()
    applied, memory = Applied(), memory or CallMemory()
    for start in range(0, len(unique), PAGE):
        part = await connection.run_sync(_store_and_project, unique[start : start + PAGE], memory)
        applied.new_ids |= part.new_ids
        applied.stories |= part.stories
    for event in unique:
        if (
            isinstance(event, AttemptStarted | AttemptAnswered | AttemptFinished)
            and str(event.event_id) in applied.new_ids
        ):
            await campaigns.apply(session, event, zone)
    return applied


def _store_and_project(connection: Connection, events: Sequence[Event], memory: CallMemory) -> Applied:
    applied = Applied(eventlog.store(connection, events))
    by_call: defaultdict[str, list[CallEvent]] = defaultdict(list)
    changes: list[AgentStateChanged] = []
    promises: list[CallbackEvent] = []
    for event in events:
        match event:
            case CallEventBase():
                # Also what another replica stored: our memory of the call would not know it otherwise.
                by_call[event.call_id].append(event)
            case AgentStateChanged() if str(event.event_id) in applied.new_ids:
                changes.append(event)
            case CallbackEventBase():
                promises.append(event)
            case _:
                pass
    agents.apply(connection, changes)
    callbacks.apply(connection, promises)
    calls.recall(connection, by_call, {str(event.event_id) for event in events}, memory)
    for call_id, fresh in by_call.items():
        if (story := calls.tell_story(connection, call_id, fresh, applied.new_ids, memory)) is not None:
            applied.stories[call_id] = story
            if story.ended_at is not None:
                memory.forget(call_id)
    calls.save_stories(connection, applied.stories.values())
    return applied


async def rebuild(session: AsyncSession) -> tuple[int, int]:
    """Everything derived from events, derived again: numbers of calls and of agent events."""
    return await (await session.connection()).run_sync(_rebuild)


def _rebuild(connection: Connection) -> tuple[int, int]:
    call_ids = eventlog.subjects(connection, "call")
    for call_id in call_ids:
        story = calls.stored_story(connection, call_id)
        calls.save_stories(connection, [story] if story else [])
    callbacks.rebuild(connection)
    agents.forget_spans(connection)
    changes = [event for event in eventlog.all_events(connection, "agent") if isinstance(event, AgentStateChanged)]
    agents.apply(connection, changes)
    return len(call_ids), len(changes)
