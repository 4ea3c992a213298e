"""Taking a call on, and moving it one step: the only writers of calls besides routing's choice."""

from acd.contracts import events
from acd.contracts.ids import AgentId
from acd.core.agents import agent as agents
from acd.core.calls.call import Call
from acd.core.calls.call_step import step
from acd.core.effects import unnumbered
from acd.core.errors import Refused
from acd.core.facts import Fact
from acd.core.state import World


def adopt(world: World, call: Call) -> Call:
    """Take a call on, and say that it was offered."""
    world.put_call(call)
    world.publish(
        events.CallOffered(
            **unnumbered(call.offered_at, call.node),
            call_id=call.call_id,
            direction=call.direction,
            did=call.did[:32],
            caller_number=call.caller[:32],
        )
    )
    return call


def advance(world: World, call: Call, fact: Fact) -> Call | None:
    """Step the call and publish; None (and a count) when the fact does not fit the call's state."""
    try:
        after, published = step(call, fact)
    except Refused:
        world.skipped[f"{type(fact).__name__} while {call.state}"] += 1
        return None
    if after != call:
        world.put_call(after)
    world.publish(*published)
    return after


def advance_agent(world: World, agent_id: AgentId, fact: agents.AgentInput) -> None:
    """Step the agent if signed in here and the table allows; the call goes its way regardless."""
    agent = world.agents.get(agent_id)
    if agent is None or (agent.state, type(fact)) not in agents.NEXT:
        world.skipped[f"{type(fact).__name__} of an agent not expecting it"] += 1
        return
    world.put_agent(agents.step(agent, fact))
