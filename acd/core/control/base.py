"""What every kind of call control needs: whose call it is, who can be reached, where the legs go."""

from datetime import datetime
from typing import Any

from acd.contracts.commands import CallCommand, Target
from acd.contracts.dialplan import Variable
from acd.contracts.ids import AgentId, CenterId, ChannelName, QueueName
from acd.contracts.vocabulary import AgentState, TargetKind
from acd.core.agents.agent import BUSY, Agent
from acd.core.calls.call import Call, CallState
from acd.core.effects import SetVariables, unnumbered
from acd.core.errors import Code, Refused
from acd.core.state import World


def theirs(world: World, command: CallCommand, *states: CallState) -> tuple[Call, ChannelName]:
    """The call and the leg of the agent who has it. Raises Refused."""
    call = world.calls.get(command.call_id)
    if call is None or call.agent_id != command.agent_id:
        signed_in = command.agent_id in world.agents
        raise Refused(Code.CALL_WRONG_STATE if signed_in else Code.AGENT_NOT_LOGGED_IN)
    if call.state not in states or call.agent_channel is None:
        raise Refused(Code.CALL_WRONG_STATE)
    if not call.announced:  # not bridged yet: Asterisk would drop the agent's leg
        raise Refused(Code.CALL_WRONG_STATE)
    if not world.is_synced(call.node):
        raise Refused(Code.DIALER_NO_LINE)
    return call, call.agent_channel


def ours_to_move(call: Call) -> None:
    """A customer whom the telephone itself holds, or who is in a conference, cannot be sent elsewhere."""
    if call.state is CallState.HELD and not call.parked:
        raise Refused(Code.CALL_HELD_BY_PHONE)
    if call.parties:
        raise Refused(Code.CALL_IN_CONFERENCE)


def know_each_other(call: Call, leg: ChannelName) -> tuple[SetVariables, SetVariables]:
    """Both legs are told the other's name: each looks after the other when we are away."""
    return (
        SetVariables(call.node, call.channel, ((Variable.AGENT_CHANNEL, leg),)),
        SetVariables(call.node, leg, ((Variable.CUSTOMER_CHANNEL, call.channel),)),
    )


def belongs_to(call: Call, leg: ChannelName) -> SetVariables:
    """A leg that was not dialled for this call is part of it from now on."""
    return SetVariables(call.node, leg, ((Variable.CALL_ID, call.call_id),))


def head(call: Call, at: datetime) -> dict[str, Any]:
    return {**unnumbered(at, call.node), "call_id": call.call_id}


# ---- who can be reached -----------------------------------


def reachable_agent(world: World, agent_id: str, asker: AgentId | None) -> Agent:
    """Signed in and not on the telephone; what else may be asked of them is the caller's business."""
    agent = world.agents.get(AgentId(agent_id))
    if agent is None or agent.state is AgentState.LOGGED_OUT or agent_id == asker:
        raise Refused(Code.CALL_UNKNOWN_TARGET)
    if agent.state in BUSY or world.phones.get(agent.agent_id):
        raise Refused(Code.TARGET_NOT_READY)
    return agent


def somebody_ready(world: World, target: Target, asker: AgentId | None) -> Agent:
    """Who of a queue or centre is ready longest."""
    ready = [
        agent
        for agent in world.agents.values()
        if agent.state is AgentState.READY
        and agent.agent_id != asker
        and not world.phones.get(agent.agent_id)
        and (target.id in agent.queues if target.kind is TargetKind.QUEUE else target.id == agent.center_id)
    ]
    if not ready:
        raise Refused(Code.TARGET_NOT_READY)
    return min(ready, key=lambda agent: (agent.idle_since or agent.since, agent.agent_id))


def outside_number(world: World, number: str) -> str:
    if not world.outside_numbers.fullmatch(number):
        raise Refused(Code.TARGET_NOT_ALLOWED)
    return number


def queue_of(world: World, call: Call, target: Target) -> QueueName:
    """Where callers for that queue or centre wait."""
    name = QueueName(target.id)
    if name in world.queues:
        return name
    if target.kind is TargetKind.QUEUE:
        raise Refused(Code.CALL_UNKNOWN_TARGET)
    if not world.engine.rules.knows_center(CenterId(target.id)):
        raise Refused(Code.CALL_UNKNOWN_TARGET)
    return call.queue
