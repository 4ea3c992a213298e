"""Queries on calls."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls.legs import Leg
from agent_api.calls.models import AgentLeg, Call
from agent_api.calls.projection import NOT_COLUMNS, CallStory
from agent_api.db import upsert

_TABLE: Table = Call.__table__  # type: ignore[assignment]
_STORY = tuple(each.name for each in fields(CallStory) if each.name not in NOT_COLUMNS)
_SAVE = upsert(_TABLE, (*_STORY, "notes"), keep=("notes",))
_LEGS: Table = AgentLeg.__table__  # type: ignore[assignment]
_LEG = tuple(each.name for each in fields(Leg))
_SAVE_LEG = upsert(_LEGS, _LEG)
_FORGET_LEGS = delete(_LEGS).where(_LEGS.c.call_id == bindparam("call"), _LEGS.c.number > bindparam("legs"))


class CallResult(StrEnum):
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    SELF_SERVICE = "self_service"
    LEFT = "left"
    """Went on to a call-back, a message or a menu."""


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What is left out fits all."""

    agent_no: str | None = None
    customer_id: str | None = None
    number: str = ""
    """As stored, or its last digits."""
    queue: str = ""
    result: CallResult | None = None
    call_ids: Collection[str] | None = None
    begins: datetime | None = None
    ends: datetime | None = None


async def by_id(session: AsyncSession, call_id: str) -> Call | None:
    return await session.get(Call, call_id)


def save_stories(connection: Connection, stories: Collection[CallStory]) -> None:
    """Write what the events say; the agent's wrap-up columns stay as they are."""
    connection.execute(_SAVE, [story_columns(story) | {"notes": ""} for story in stories])
    with_legs = [story for story in stories if story.legs]
    if with_legs:
        connection.execute(_SAVE_LEG, [_leg_columns(leg) for story in with_legs for leg in story.legs])
        # Late events may show that two stints were one.
        connection.execute(_FORGET_LEGS, [{"call": story.call_id, "legs": len(story.legs)} for story in with_legs])


def open_calls(connection: Connection, since: datetime) -> Sequence[str]:
    query = select(Call.call_id).where(Call.offered_at > since, Call.ended_at.is_(None), Call.queued_at.is_not(None))
    return connection.scalars(query).all()


def story_columns(story: CallStory) -> dict[str, Any]:
    return {name: getattr(story, name) for name in _STORY}


def _leg_columns(leg: Leg) -> dict[str, Any]:
    return {name: getattr(leg, name) for name in _LEG}


async def legs_of(session: AsyncSession, call_ids: Collection[str]) -> Sequence[AgentLeg]:
    found = await session.scalars(
        select(AgentLeg).where(AgentLeg.call_id.in_(call_ids)).order_by(AgentLeg.call_id, AgentLeg.number)
    )
    return found.all()


async def page(
    session: AsyncSession, limit: int, before: tuple[datetime, str] | None, wanted: CallFilter
) -> Sequence[Call]:
    """Latest first; `before` is the place of the last one already seen."""
    query = select(Call).order_by(Call.offered_at.desc(), Call.call_id.desc()).limit(limit)
    if before is not None:
        at, call_id = before
        query = query.where(or_(Call.offered_at < at, and_(Call.offered_at == at, Call.call_id < call_id)))
    return (await session.scalars(query.where(*_conditions(wanted)))).all()


def _conditions(wanted: CallFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.agent_no:
        had = select(AgentLeg.call_id).where(AgentLeg.agent_no == wanted.agent_no)
        found.append(or_(Call.agent_no == wanted.agent_no, Call.call_id.in_(had)))
    if wanted.customer_id is not None:
        found.append(Call.customer_id == wanted.customer_id)
    if wanted.number:
        found.append(Call.caller_number.endswith(wanted.number, autoescape=True))
    if wanted.queue:
        found.append(Call.queue == wanted.queue)
    if wanted.call_ids is not None:
        found.append(Call.call_id.in_(wanted.call_ids))
    if wanted.begins is not None:
        found.append(Call.offered_at >= wanted.begins)
    if wanted.ends is not None:
        found.append(Call.offered_at < wanted.ends)
    return found + _RESULTS.get(wanted.result, [])


_RESULTS: dict[CallResult | None, list[ColumnElement[bool]]] = {
    CallResult.ANSWERED: [Call.connected_at.is_not(None)],
    CallResult.ABANDONED: [Call.abandon_stage.is_not(None)],
    CallResult.SELF_SERVICE: [
        Call.ended_at.is_not(None), Call.queued_at.is_(None), Call.connected_at.is_(None), Call.abandon_stage.is_(None)
    ],
    CallResult.LEFT: [Call.queue_exit.is_not(None)],
}  # fmt: skip


async def surveyed_since(session: AsyncSession, customer_id: str, since: datetime) -> bool:
    query = select(Call.call_id).where(
        Call.customer_id == customer_id, Call.offered_at > since, Call.satisfaction.is_not(None)
    )
    return await session.scalar(query.limit(1)) is not None


async def forget_numbers_before(session: AsyncSession, at: datetime) -> None:
    await session.execute(update(Call).where(Call.offered_at < at, Call.caller_number != "").values(caller_number=""))


async def inbound_between(
    session: AsyncSession, start: datetime, end: datetime, queue: str | None, agent_no: str | None
) -> Sequence[Call]:
    query = select(Call).where(Call.offered_at >= start, Call.offered_at < end, Call.direction == "inbound")
    if queue is not None:
        query = query.where(Call.queue == queue)
    if agent_no is not None:
        had = select(AgentLeg.call_id).where(AgentLeg.agent_no == agent_no, AgentLeg.connected_at >= start)
        rang = (Call.agent_no == agent_no) & Call.connected_at.is_(None)
        query = query.where(or_(Call.call_id.in_(had), rang))
    return (await session.scalars(query)).all()


async def legs_between(session: AsyncSession, start: datetime, end: datetime) -> Sequence[AgentLeg]:
    """Stints in inbound calls that came in this time."""
    query = (
        select(AgentLeg)
        .join(Call, Call.call_id == AgentLeg.call_id)
        .where(Call.offered_at >= start, Call.offered_at < end, Call.direction == "inbound")
    )
    return (await session.scalars(query)).all()


async def inbound_since(session: AsyncSession, since: datetime) -> Sequence[Call]:
    """With a number; latest 5000, so that a long period costs no more than that."""
    query = select(Call).where(Call.offered_at >= since, Call.direction == "inbound", Call.caller_number != "")
    return (await session.scalars(query.order_by(Call.offered_at.desc()).limit(5000))).all()
