"""An agent's day: signing in and out, ready, pauses, wrap-up, queues and skills, the desk that goes and comes back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from acd.contracts import events
from acd.contracts.commands import (
    AgentCommand,
    AssignAgent,
    Command,
    DeskBack,
    DeskLost,
    LoginAgent,
    LogoutAgent,
    PauseAgent,
    ReadyAgent,
    WrapUpAgent,
)
from acd.contracts.ids import AgentId, QueueName
from acd.contracts.vocabulary import AgentState
from acd.core.agents import agent as agents
from acd.core.agents import kept, pauses
from acd.core.agents.agent import DESK_GRACE, Agent
from acd.core.effects import unnumbered
from acd.core.errors import Code, Refused
from acd.core.facts import Timer
from acd.core.state import World


def login(world: World, command: LoginAgent) -> None:
    """Sign in, or bring a signed-in agent up to date; from another desk the agent moves there as he is."""
    _check_queues(world, command.queues)
    before = world.agents.get(command.agent_id) or Agent(command.agent_id, world.now)
    known = replace(
        before,
        name=command.name,
        center_id=command.center_id,
        devices=command.devices or before.devices,
        session=command.session,
    )
    if not before.assigned:
        known = replace(known, queues=command.queues, skills=dict(command.skills))
    signed_in = agents.step(known, agents.SignedIn(world.now, command.ready))
    world.put_agent(agents.step(signed_in, agents.DeskReturned(world.now)))
    world.cancel_timer(Timer.DESK, command.agent_id)


def logout(world: World, command: LogoutAgent) -> None:
    agent = _signed_in(world, command)
    world.put_agent(agents.step(agent, agents.SignedOut(world.now, command.by)))
    call = world.calls.get(agent.call_id) if agent.call_id else None
    if agent.state is AgentState.KEPT and call is not None:  # nobody will come back for this caller
        kept.offer_to_others(world, call)


def ready(world: World, command: ReadyAgent) -> None:
    world.put_agent(agents.step(_signed_in(world, command), agents.BecameReady(world.now, command.by)))


def pause(world: World, command: PauseAgent) -> None:
    """A supervisor may send more agents into a pause than may go by themselves."""
    agent = _signed_in(world, command)
    paused = agents.step(agent, agents.AskedPause(world.now, command.reason, command.by))
    if not command.by and pauses.is_full(world.table.pause_limits, world.agents.values(), agent, command.reason):
        raise Refused(Code.AGENT_PAUSE_LIMIT)
    world.put_agent(paused)


def wrap_up(world: World, command: WrapUpAgent) -> None:
    world.put_agent(agents.step(_signed_in(world, command), agents.WrapUpSet(world.now, command.seconds)))


def assign(world: World, command: AssignAgent) -> None:
    """Live, whatever the agent is doing; it lasts until the agent signs out."""
    agent = _signed_in(world, command)
    if agent.state is AgentState.LOGGED_OUT:
        raise Refused(Code.AGENT_NOT_LOGGED_IN)
    _check_queues(world, command.queues)
    world.put_agent(replace(agent, queues=command.queues, skills=dict(command.skills), assigned=True))


def desk_lost(world: World, command: DeskLost) -> None:
    """The call, if any, is the telephone's business; only new calls stop, and only if the desk stays away."""
    world.put_agent(agents.step(_at_desk(world, command), agents.DeskGone(world.now)))
    world.set_timer(Timer.DESK, command.agent_id, DESK_GRACE)


def desk_back(world: World, command: DeskBack) -> None:
    world.put_agent(agents.step(_at_desk(world, command), agents.DeskReturned(world.now)))
    world.cancel_timer(Timer.DESK, command.agent_id)
    kept.desk_is_back(world, command.agent_id)


def _signed_in(world: World, command: AgentCommand) -> Agent:
    agent = world.agents.get(command.agent_id)
    if agent is None:
        raise Refused(Code.AGENT_NOT_LOGGED_IN)
    return agent


def _at_desk(world: World, command: DeskLost | DeskBack) -> Agent:
    """A desk the agent has left for another has nothing to say."""
    agent = _signed_in(world, command)
    if agent.session != command.session:
        raise Refused(Code.AGENT_OTHER_DESK)
    return agent


def _check_queues(world: World, queues: tuple[QueueName, ...]) -> None:
    if any(queue not in world.queues for queue in queues):
        raise Refused(Code.AGENT_UNKNOWN_QUEUE)


# ---- timers -------------------------------------------


def wrap_up_over(world: World, agent_id: AgentId) -> None:
    agent = world.agents.get(agent_id)
    if agent is not None and agent.state is AgentState.WRAP_UP:
        world.put_agent(agents.step(agent, agents.WrapUpDone(world.now)))


def desk_away(world: World, agent_id: AgentId) -> None:
    agent = world.agents.get(agent_id)
    if agent is not None and agent.desk_lost_at is not None and agent.state is not AgentState.LOGGED_OUT:
        world.put_agent(agents.step(agent, agents.DeskGone(world.now)))


def pause_overdue(world: World, agent_id: AgentId) -> None:
    """Nobody is forced back to work: the supervisors are told."""
    agent = world.agents.get(agent_id)
    if agent is not None and agent.pause_until is not None and agent.reason is not None:
        world.publish(
            events.AgentPauseOverdue(
                **unnumbered(world.now),
                agent_id=agent_id,
                reason=agent.reason,
                since=agent.since,
                due=agent.pause_until,
            )
        )


def restarted(world: World) -> None:
    """Every agent the journal remembered is shown, and the clocks that ran for him run again."""
    for agent in world.agents.values():
        world.show_agent(agent)
        world.set_clocks(None, agent)
        if agent.desk_lost_at is not None:
            world.set_timer(Timer.DESK, agent.agent_id, DESK_GRACE)


DO: dict[type[Command], Callable[[World, Any], None]] = {
    LoginAgent: login,
    LogoutAgent: logout,
    ReadyAgent: ready,
    PauseAgent: pause,
    WrapUpAgent: wrap_up,
    AssignAgent: assign,
    DeskLost: desk_lost,
    DeskBack: desk_back,
}
