"""How much each agent has had to do since signing in: the measure of the strategies. Forgotten with the process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from acd.contracts.routing import Strategy
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import BUSY, Agent

OCCUPIED = frozenset({*BUSY, AgentState.WRAP_UP})


@dataclass(frozen=True, slots=True)
class Workload:
    began: datetime
    busy_seconds: float = 0.0
    last_turn: datetime | None = None
    """When the agent was last chosen."""

    def occupancy(self, now: datetime) -> float:
        """Share of the time since signing in, 0 to 1."""
        signed_in = (now - self.began).total_seconds()
        return min(1.0, self.busy_seconds / signed_in) if signed_in > 0 else 0.0


def after_change(known: Workload | None, before: Agent | None, after: Agent) -> Workload:
    """The workload when an agent's record changes."""
    was = before.state if before else AgentState.LOGGED_OUT
    if known is None or was is AgentState.LOGGED_OUT:
        return Workload(began=after.since)
    if before is not None and was in OCCUPIED and after.since > before.since:
        known = replace(known, busy_seconds=known.busy_seconds + (after.since - before.since).total_seconds())
    if after.state is AgentState.RESERVED and was is not AgentState.RESERVED:
        known = replace(known, last_turn=after.since)
    return known


def strategy_keys(agent: Agent, workload: Workload) -> Mapping[Strategy, float]:
    """Smaller is sooner. Taken when the agent sits down: from then on the ready agents keep their order."""
    idle_since = agent.idle_since or agent.since
    return {
        Strategy.LONGEST_IDLE: idle_since.timestamp(),
        Strategy.LEAST_OCCUPIED: workload.occupancy(idle_since),
        Strategy.ROUND_ROBIN: (workload.last_turn or workload.began).timestamp(),
    }
