"""Agent commands, and the spans of their states. Never commits."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.commands import LoginAgent, LogoutAgent, PauseAgent, ReadyAgent, WrapUpAgent
from acd.contracts.events import AgentStateChanged
from acd.contracts.ids import AgentId, QueueName
from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import AgentState, PauseReason
from agent_api.agents import repository
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.agents.models import AgentSpan
from agent_api.agents.presence import DEAD_AFTER
from agent_api.agents.schemas import SignOn
from agent_api.auth.principal import Principal
from agent_api.errors import Refused


async def login(desk: CommandDesk, who: Principal, sign_on: SignOn, now: datetime) -> None:
    if not who.queues:
        raise Refused("agent.no_queues")
    await desk.do(
        LoginAgent(
            **desk.stamp(now),
            agent_id=AgentId(who.agent_no),
            name=who.name,
            center_id=who.center.center_id,
            queues=tuple(QueueName(queue) for queue in who.queues),
            skills=dict(who.skills),
            session=sign_on.session or "",
            devices=tuple(sign_on.devices),
        )
    )


async def logout(desk: CommandDesk, who: Principal, now: datetime) -> None:
    await desk.do(LogoutAgent(**desk.stamp(now), agent_id=AgentId(who.agent_no)))


async def ready(desk: CommandDesk, who: Principal, now: datetime) -> None:
    await desk.do(ReadyAgent(**desk.stamp(now), agent_id=AgentId(who.agent_no)))


async def pause(desk: CommandDesk, who: Principal, reason: PauseReason, now: datetime) -> None:
    await desk.do(PauseAgent(**desk.stamp(now), agent_id=AgentId(who.agent_no), reason=reason))


async def wrap_up(desk: CommandDesk, who: Principal, seconds: int, now: datetime) -> None:
    await desk.do(WrapUpAgent(**desk.stamp(now), agent_id=AgentId(who.agent_no), seconds=seconds))


def state_of(board: Board, who: Principal, now: datetime) -> AgentSnapshot:
    """What the ACD last said; signed out when it never named this agent."""
    known = board.agents.get(who.agent_no)
    if known is not None:
        return known
    return AgentSnapshot(
        at=now,
        agent_id=AgentId(who.agent_no),
        name=who.name,
        center_id=who.center.center_id,
        state=AgentState.LOGGED_OUT,
        since=now,
    )


def apply(connection: Connection, events: Sequence[AgentStateChanged]) -> None:
    """Close the spans that ended and open those that began, in whatever order the events come."""
    ended = [
        {
            "agent_no": event.agent_id,
            "started_at": event.previous_since,
            "state": event.previous_state.value,
            "ended_at": event.since,
        }
        for event in events
        if event.previous_state is not AgentState.LOGGED_OUT and event.previous_since < event.since
    ]
    began = [
        {
            "agent_no": event.agent_id,
            "started_at": event.since,
            "state": event.state.value,
            "reason": event.reason.value if event.reason else None,
            "call_id": event.call_id,
        }
        for event in events
        if event.state is not AgentState.LOGGED_OUT
    ]
    repository.save_spans(connection, began, ended)


async def agents_with_desks(session: AsyncSession, now: datetime) -> set[str]:
    """Whose desk is open, at whichever replica."""
    return await repository.agents_with_desks(session, now - DEAD_AFTER)


async def spans_between(
    session: AsyncSession, start: datetime, end: datetime, agent_no: str | None = None
) -> Sequence[AgentSpan]:
    return await repository.between(session, start, end, agent_no)


async def wrap_ups_of(session: AsyncSession, call_ids: Collection[str]) -> Sequence[AgentSpan]:
    return await repository.of_calls(session, AgentState.WRAP_UP.value, call_ids)


def forget_spans(connection: Connection) -> None:
    """Before a rebuild."""
    repository.forget_all(connection)
