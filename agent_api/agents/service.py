"""Agent commands, and the spans of their states. Never commits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.commands import LoginAgent, LogoutAgent, PauseAgent, ReadyAgent
from acd.contracts.events import AgentStateChanged
from acd.contracts.ids import AgentId, QueueName
from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import AgentState, PauseReason
from agent_api.agents import repository
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.agents.models import AgentSpan
from agent_api.auth.principal import Principal
from agent_api.errors import Refused


async def login(desk: CommandDesk, who: Principal, now: datetime) -> None:
    if not who.queues:
        raise Refused("agent.no_queues")
    await desk.do(
        LoginAgent(
            command_id=uuid4(),
            not_after=desk.deadline(now),
            agent_id=AgentId(who.agent_no),
            name=who.name,
            center_id=who.center.center_id,
            queues=tuple(QueueName(queue) for queue in who.queues),
            skills=dict(who.skills),
        )
    )


async def logout(desk: CommandDesk, who: Principal, now: datetime) -> None:
    await desk.do(LogoutAgent(command_id=uuid4(), not_after=desk.deadline(now), agent_id=AgentId(who.agent_no)))


async def ready(desk: CommandDesk, who: Principal, now: datetime) -> None:
    await desk.do(ReadyAgent(command_id=uuid4(), not_after=desk.deadline(now), agent_id=AgentId(who.agent_no)))


async def pause(desk: CommandDesk, who: Principal, reason: PauseReason, now: datetime) -> None:
    await desk.do(
        PauseAgent(command_id=uuid4(), not_after=desk.deadline(now), agent_id=AgentId(who.agent_no), reason=reason)
    )


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


async def apply(session: AsyncSession, event: AgentStateChanged) -> None:
    """Close the span that ended and open the one that began, whichever event comes first."""
    if event.previous_state is not AgentState.LOGGED_OUT and event.previous_since < event.since:
        await repository.close_span(
            session, event.agent_id, event.previous_since, event.previous_state.value, event.since
        )
    if event.state is not AgentState.LOGGED_OUT:
        reason = event.reason.value if event.reason else None
        await repository.open_span(session, event.agent_id, event.since, event.state.value, reason, event.call_id)


async def spans_between(
    session: AsyncSession, start: datetime, end: datetime, agent_no: str | None = None
) -> Sequence[AgentSpan]:
    return await repository.between(session, start, end, agent_no)


async def wrap_ups_of(session: AsyncSession, call_ids: Collection[str]) -> Sequence[AgentSpan]:
    return await repository.of_calls(session, AgentState.WRAP_UP.value, call_ids)


async def forget_spans(session: AsyncSession) -> None:
    """Before a rebuild."""
    await repository.forget_all(session)
