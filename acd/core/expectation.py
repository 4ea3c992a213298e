"""How long a caller is likely to wait: told to the caller, shown on the wallboard, looked at by overflows."""

from math import ceil

from acd.contracts.ids import QueueName
from acd.contracts.vocabulary import AgentState
from acd.core.agent import SIGNED_IN
from acd.core.state import World

DEFAULT_HANDLE_SECONDS = 180.0


def expected_wait_seconds(world: World, name: QueueName, ahead: int) -> int | None:
    """For a caller with so many in front: their handling, shared by the agents who serve; None without any agent."""
    counts = world.presence[name]
    if ahead == 0 and world.bench.count(name) > 0:
        return 0
    serving = counts[AgentState.READY] + world.busy_agents(name) or sum(counts[state] for state in SIGNED_IN)
    if serving == 0:
        return None
    return ceil(world.handle_seconds.get(name, DEFAULT_HANDLE_SECONDS) * (ahead + 1) / serving)
