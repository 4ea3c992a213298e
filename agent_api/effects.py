"""What events do to the tables: one place for live intake, demo data and rebuild."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import (
    AgentStateChanged,
    AttemptAnswered,
    AttemptFinished,
    AttemptStarted,
    CallEventBase,
    Event,
)
from agent_api.agents import service as agents
from agent_api.calls import service as calls
from agent_api.calls.projection import CallStory
from agent_api.campaigns import service as campaigns
from agent_api.eventlog import service as eventlog


@dataclass(slots=True)
class Applied:
    new_ids: set[str] = field(default_factory=set)
    stories: dict[str, CallStory] = field(default_factory=dict)
    """Calls that changed, by call id."""


async def apply(session: AsyncSession, events: Sequence[Event], zone: ZoneInfo) -> Applied:
    """Store the events and apply those that are new. In whatever order and how often they come, the end is the same."""
    new_ids = await eventlog.store(session, events)
    applied = Applied(new_ids)
    changed_calls: dict[str, None] = {}
    for event in {event.event_id: event for event in events if str(event.event_id) in new_ids}.values():
        match event:
            case CallEventBase():
                changed_calls[event.call_id] = None
            case AgentStateChanged():
                await agents.apply(session, event)
            case AttemptStarted() | AttemptAnswered() | AttemptFinished():
                await campaigns.apply(session, event, zone)
            case _:
                pass
    for call_id in changed_calls:
        applied.stories[call_id] = await project_call(session, call_id)
    return applied


async def project_call(session: AsyncSession, call_id: str) -> CallStory:
    """Write a call's row anew from all its stored events."""
    events = await eventlog.events_of(session, "call", call_id)
    return await calls.apply(session, [event for event in events if isinstance(event, CallEventBase)])


async def rebuild(session: AsyncSession) -> tuple[int, int]:
    """Everything derived from events, derived again: numbers of calls and of agent events."""
    call_ids = await eventlog.subjects(session, "call")
    for call_id in call_ids:
        await project_call(session, call_id)
    await agents.forget_spans(session)
    count = 0
    async for event in eventlog.all_events(session, "agent"):
        if isinstance(event, AgentStateChanged):
            await agents.apply(session, event)
            count += 1
    return len(call_ids), count
