"""app_queue's members, who serve while the ACD is away: kept in step with who is signed in and who is paused."""

from collections.abc import Iterable, Iterator

from acd.contracts.ids import NodeName
from acd.contracts.vocabulary import AgentState
from acd.core.agent import Agent
from acd.core.effects import Action, AddMember, PauseMember, RemoveMember
from acd.core.facts import LiveMember


def member_repairs(node: NodeName, found: Iterable[LiveMember], agents: Iterable[Agent]) -> Iterator[Action]:
    """After a gap: the actions that make the members found on a node those who are signed in now."""
    present = {(member.queue, member.agent_id): member.paused for member in found}
    signed_in = [agent for agent in agents if agent.state is not AgentState.LOGGED_OUT]
    wanted = {(queue, agent.agent_id) for agent in signed_in for queue in agent.queues}
    for queue, agent_id in sorted(present.keys() - wanted):
        yield RemoveMember(node, queue, agent_id)
    for agent in signed_in:
        paused = agent.state is AgentState.PAUSED
        for queue in sorted(queue for queue in agent.queues if (queue, agent.agent_id) not in present):
            yield AddMember(node, queue, agent.agent_id, paused)
        if any(present.get((queue, agent.agent_id), paused) is not paused for queue in agent.queues):
            yield PauseMember(node, agent.agent_id, paused)


def member_changes(node: NodeName, before: Agent | None, after: Agent) -> Iterator[Action]:
    """The actions that bring a node from what it was told of the agent to what is true now.

    app_queue sees by the device's state who is on the phone; it must be told only who wants no calls.
    """
    was = set(before.queues) if before and before.state is not AgentState.LOGGED_OUT else set()
    now = set(after.queues) if after.state is not AgentState.LOGGED_OUT else set()
    paused = after.state is AgentState.PAUSED
    for queue in sorted(was - now):
        yield RemoveMember(node, queue, after.agent_id)
    for queue in sorted(now - was):
        yield AddMember(node, queue, after.agent_id, paused)
    if before and was & now and paused is not (before.state is AgentState.PAUSED):
        yield PauseMember(node, after.agent_id, paused)
