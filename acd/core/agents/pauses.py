"""Limits of pauses from the table of queues: how many agents at a time, and how long. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from acd.contracts.routing import PauseLimit
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core.agents.agent import Agent

Limits = tuple[PauseLimit, ...]


def pause_until(limits: Limits, agent: Agent) -> datetime | None:
    """When the pause going on should end; None when it may last, or there is none."""
    limit = _of(limits, agent.reason) if agent.state is AgentState.PAUSED else None
    return agent.since + timedelta(seconds=limit.longest_seconds) if limit and limit.longest_seconds else None


def is_full(limits: Limits, agents: Iterable[Agent], asking: Agent, reason: PauseReason) -> bool:
    """As many others as may are paused for this reason, or will be after their call."""
    limit = _of(limits, reason)
    if limit is None or limit.most_agents is None:
        return False
    return sum(_pauses(other, reason) for other in agents if other.agent_id != asking.agent_id) >= limit.most_agents


def _of(limits: Limits, reason: PauseReason | None) -> PauseLimit | None:
    return next((limit for limit in limits if reason is not None and limit.reason == reason.value), None)


def _pauses(agent: Agent, reason: PauseReason) -> bool:
    return reason is (agent.reason if agent.state is AgentState.PAUSED else agent.next_reason)
