"""Calls for other features and for the desk; the wrap-up. Never commits."""

from collections.abc import Collection, Container, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import CallEvent, CallEventBase
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.calls import repository
from agent_api.calls.memory import CallMemory, Person, RememberedCall
from agent_api.calls.models import AgentLeg, Call
from agent_api.calls.projection import CallStory, tell
from agent_api.calls.repository import CallFilter
from agent_api.customers import service as customers
from agent_api.customers.rules import normal_number
from agent_api.errors import Denied, Invalid, NotFound
from agent_api.eventlog import service as eventlog
from agent_api.masking import mask_name

STAYS_VISIBLE = timedelta(minutes=30)
"""How long after the end the agent of a call still sees the caller's number (wrap-up, call-back)."""


def recall(connection: Connection, call_ids: Iterable[str], but: Collection[str], memory: CallMemory) -> None:
    """Remember what is stored of calls not in memory, in one query; the events with the ids `but` come otherwise."""
    unknown = [call_id for call_id in call_ids if memory.find(call_id) is None]
    for call_id, stored in eventlog.events_of(connection, "call", unknown, but).items():
        events = {event.event_id: event for event in stored if isinstance(event, CallEventBase)}
        memory.remember(call_id, RememberedCall(events))


def tell_story(
    connection: Connection, call_id: str, fresh: Sequence[CallEvent], new_ids: Collection[str], memory: CallMemory
) -> CallStory | None:
    """A recalled call from all its events, of which `fresh` ones are added. None when they told nothing new.

    Whose number it is decides the customer until the menu knows better.
    """
    call = memory.find(call_id)
    assert call is not None, "a call is recalled first"
    if fresh and all(event.event_id in call.events and str(event.event_id) not in new_ids for event in fresh):
        return None
    call.events |= {event.event_id: event for event in fresh}
    story = tell(call.events.values())
    if story.customer_id is None and story.caller_number:
        if not call.owner_asked:
            call.owner, call.owner_asked = customers.owner_of(connection, story.caller_number), True
        story.customer_id = call.owner
    if story.live is not None and story.customer_id is not None:
        story.person = _person(connection, call, story.customer_id)
    return story


def _person(connection: Connection, call: RememberedCall, customer_id: str) -> Person | None:
    """Looked up once a call, and again when the menu finds it is somebody else."""
    if call.person is None or call.person.customer_id != customer_id:
        found = customers.name_and_center(connection, customer_id)
        call.person = None if found is None else Person(customer_id, mask_name(found[0]), found[1])
    return call.person


def save_stories(connection: Connection, stories: Collection[CallStory]) -> None:
    if stories:
        repository.save_stories(connection, stories)


def row_of(story: CallStory) -> Call:
    """The row a story becomes, before any agent wrote to it; not part of a session."""
    return Call(**repository.story_columns(story), notes="")


def open_stories(connection: Connection, since: datetime) -> list[CallStory]:
    """Calls that began since then and are not over: what the floor starts with."""
    stories = []
    for call_id in repository.open_calls(connection, since):
        story = stored_story(connection, call_id)
        if story is not None:
            stories.append(story)
    return stories


def stored_story(connection: Connection, call_id: str) -> CallStory | None:
    """As the stored events alone tell it."""
    memory = CallMemory(1)
    recall(connection, [call_id], (), memory)
    return tell_story(connection, call_id, [], (), memory)


async def get(session: AsyncSession, call_id: str) -> Call:
    call = await repository.by_id(session, call_id)
    if call is None:
        raise NotFound("call", call_id)
    return call


async def get_for(session: AsyncSession, call_id: str, who: Principal) -> Call:
    """The call, if this person may see it: own calls, also those passed on, or all of them."""
    call = await get(session, call_id)
    if call.agent_no != who.agent_no and not who.may(Permission.CALL_READ_ALL):
        legs = await repository.legs_of(session, [call_id])
        if who.agent_no not in {leg.agent_no for leg in legs}:
            who.require(Permission.CALL_READ_ALL)
    return call


async def page(
    session: AsyncSession,
    limit: int,
    before: tuple[datetime, str] | None,
    agent_no: str | None = None,
    customer_id: str | None = None,
) -> Sequence[Call]:
    return await repository.page(session, limit, before, CallFilter(agent_no=agent_no, customer_id=customer_id))


async def search(
    session: AsyncSession, limit: int, before: tuple[datetime, str] | None, wanted: CallFilter
) -> Sequence[Call]:
    return await repository.page(session, limit, before, wanted)


async def surveyed_since(session: AsyncSession, customer_id: str, since: datetime) -> bool:
    """Whether this customer said how satisfied he was with a call."""
    return await repository.surveyed_since(session, customer_id, since)


async def forget_numbers_before(session: AsyncSession, at: datetime) -> None:
    """The calls stay for the figures, without the caller's number."""
    await repository.forget_numbers_before(session, at)


async def inbound_between(
    session: AsyncSession, start: datetime, end: datetime, queue: str | None = None, agent_no: str | None = None
) -> Sequence[Call]:
    return await repository.inbound_between(session, start, end, queue, agent_no)


async def inbound_since(session: AsyncSession, since: datetime) -> Sequence[Call]:
    return await repository.inbound_since(session, since)


async def legs_between(session: AsyncSession, start: datetime, end: datetime) -> Sequence[AgentLeg]:
    return await repository.legs_between(session, start, end)


async def legs_of(session: AsyncSession, call_ids: Collection[str]) -> Sequence[AgentLeg]:
    """Who talked with the callers of these calls, in order."""
    return await repository.legs_of(session, call_ids)


def own_line(call: Call) -> str:
    """The caller's number when it is known whose it is: the line whose password he is asked for."""
    return normal_number(call.caller_number)[:15] if call.customer_id else ""


def sees_number(call: Call, who: Principal, now: datetime) -> bool:
    """The full number is for the agent in the call, and shortly after it."""
    mine = call.agent_no == who.agent_no
    return mine and (call.ended_at is None or now - call.ended_at <= STAYS_VISIBLE)


async def wrap_up(
    session: AsyncSession,
    call_id: str,
    who: Principal,
    reason_code: str,
    notes: str,
    resolved: bool,
    known: Container[str],
    now: datetime,
) -> Call:
    """`known`: codes of the reasons, also of those that are no longer offered."""
    call = await get(session, call_id)
    if call.agent_no != who.agent_no:
        raise Denied("call.not_yours")
    if reason_code not in known:
        raise Invalid("call.unknown_reason", {"reason_code": reason_code})
    call.disposition, call.notes, call.resolved = reason_code, notes, resolved
    call.wrapped_up_by, call.wrapped_up_at = who.agent_no, now
    return call
