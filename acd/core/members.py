"""app_queue's members, who serve while the ACD is away: kept in step with who is signed in and who is paused."""

from collections.abc import Iterator

from acd.contracts.ids import NodeName
from acd.contracts.vocabulary import AgentState
from acd.core.agent import Agent
from acd.core.effects import Action, AddMember, PauseMember, RemoveMember


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
