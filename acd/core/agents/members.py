"""app_queue's members, who serve while the ACD is away: kept in step with who is signed in and who is paused."""

from collections.abc import Iterable, Iterator, Sequence

from acd.contracts.dialplan import Variable
from acd.contracts.ids import NodeName, QueueName
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.effects import Action, AddMember, PauseMember, RemoveMember, SetGlobal
from acd.core.facts import LiveMember


def member_repairs(
    node: NodeName, rooms: Sequence[QueueName], found: Iterable[LiveMember], agents: Iterable[Agent]
) -> Iterator[Action]:
    """After a gap: the actions that make the members found on a node those who are signed in now."""
    present = {(member.queue, member.agent_id): member.paused for member in found}
    places = [(agent, _rooms_of(agent, rooms)) for agent in agents]
    wanted = {(queue, agent.agent_id) for agent, queues in places for queue in queues}
    for queue, agent_id in sorted(present.keys() - wanted):
        yield RemoveMember(node, queue, agent_id)
    for agent, queues in places:
        paused = agent.state is AgentState.PAUSED
        for queue in sorted(queue for queue in queues if (queue, agent.agent_id) not in present):
            yield AddMember(node, queue, agent.agent_id, paused)
        if any(present.get((queue, agent.agent_id), paused) is not paused for queue in queues):
            yield PauseMember(node, agent.agent_id, paused)


def member_changes(node: NodeName, rooms: Sequence[QueueName], before: Agent | None, after: Agent) -> Iterator[Action]:
    """The actions that bring a node from what it was told of the agent to what is true now.

    `rooms`: the queues app_queue has; agents of others stand in the first, where the callers of those wait, too.
    app_queue sees by the device's state who is on the phone; it must be told only who wants no calls.
    """
    was = _rooms_of(before, rooms)
    now = _rooms_of(after, rooms)
    paused = after.state is AgentState.PAUSED
    for queue in sorted(was - now):
        yield RemoveMember(node, queue, after.agent_id)
    for queue in sorted(now - was):
        yield AddMember(node, queue, after.agent_id, paused)
    if before and was & now and paused is not (before.state is AgentState.PAUSED):
        yield PauseMember(node, after.agent_id, paused)


def device_changes(node: NodeName, before: Agent | None, after: Agent) -> Iterator[Action]:
    """What rings for the agent is the dialplan's to know, also while the ACD is away."""
    signs_in = before is None or before.state is AgentState.LOGGED_OUT
    if signs_in or before is None or before.devices != after.devices:
        only = after.devices[0].value if len(set(after.devices)) == 1 else ""
        yield SetGlobal(node, Variable.DEVICES, only, after.agent_id)


def _rooms_of(agent: Agent | None, rooms: Sequence[QueueName]) -> set[QueueName]:
    if agent is None or agent.state is AgentState.LOGGED_OUT:
        return set()
    return {queue if queue in rooms else rooms[0] for queue in agent.queues}
