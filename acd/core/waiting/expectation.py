"""The expected wait of a queue as it stands: told to the caller, shown on the wallboard, looked at by overflows."""

from datetime import datetime

from acd.contracts.ids import QueueName
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import SIGNED_IN
from acd.core.calls.call import Call
from acd.core.state import World
from acd.core.waiting import expected_wait


def expected_wait_seconds(world: World, name: QueueName, ahead: int) -> int | None:
    """For a caller with so many in front; None without any agent. Pauses count when nobody else is there."""
    counts = world.presence[name]
    serving = counts[AgentState.READY] + world.busy_agents(name) or sum(counts[state] for state in SIGNED_IN)
    return expected_wait.expected_wait_seconds(ahead, serving, world.bench.count(name), world.learnt(name))


def learn_handle_time(world: World, before: Call, after: Call) -> None:
    """Talk, hold and wrap-up of a conversation that is over."""
    talk_ms = after.total_talk_ms + after.total_hold_ms - before.total_talk_ms - before.total_hold_ms
    seconds = talk_ms / 1000 + world.queue(before.queue).wrap_up_seconds
    world.experience[before.queue] = expected_wait.learn_handling(world.learnt(before.queue), seconds)
    world.touch_queue(before.queue)


def learn_wait(world: World, call: Call, at: datetime, *, gave_up: bool) -> None:
    """The caller's wait is over, one way or the other."""
    if call.waiting_since is not None:
        seconds = (at - call.waiting_since).total_seconds()
        world.experience[call.queue] = expected_wait.learn_waiting(world.learnt(call.queue), seconds, gave_up=gave_up)
