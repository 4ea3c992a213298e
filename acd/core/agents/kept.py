"""A caller whose agent's phone vanished is kept at Asterisk: given back when the phone is there again, else offered to
others at the front. Where the caller is on the line is the dialplan's business (dialplans/kept.conf)."""

from dataclasses import replace
from datetime import datetime, timedelta

from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import AgentState
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.agents.agent import Agent
from acd.core.calls.call import AgentChosen, AgentVanished, Call, CallState
from acd.core.calls.progress import advance
from acd.core.control import spying
from acd.core.effects import Redirect
from acd.core.facts import Timer
from acd.core.state import World

S = CallState
FRONT_PRIORITY = 1000
"""On top of their own: before everybody else who waits."""
PHONE_FOLLOWS_DESK = timedelta(seconds=2)
ANSWER_WITHIN = timedelta(seconds=3)
"""So long the dialplan may take for what it was asked; then it is asked again."""


def agent_lost(world: World, fact: facts.AgentLost) -> None:
    """The dialplan keeps the caller: the agent's phone vanished, or is not there yet to have the caller back."""
    call = world.calls.get(fact.call_id)
    if call is None:
        world.skipped["AgentLost of an unknown call"] += 1
    elif call.state in (S.RESERVED, S.RINGING) and call.kept_since is None:
        world.skipped[f"AgentLost while {call.state}"] += 1
    else:
        keep(world, call, fact.at)


def keep(world: World, call: Call, at: datetime) -> None:
    """From here on the caller hears music, for at most as long as the table of queues says."""
    connected_at = call.connected_at
    kept = advance(world, call, AgentVanished(at, call.node))
    if kept is None or kept.kept_since is None:
        return
    left = kept.kept_since + timedelta(seconds=world.table.kept_seconds) - world.now
    kept = spying.stay(world, kept)
    world.cancel_timer(Timer.RESERVED, call.call_id)
    agent = _agent_of(world, kept)
    if agent is not None and (agent.state, agents.PhoneLost) in agents.NEXT:
        world.put_agent(agents.step(agent, agents.PhoneLost(at)))
    if not _is_kept(world, kept):
        offer_to_others(world, kept)
        return
    world.set_timer(Timer.KEPT, kept.call_id, max(timedelta(), left))
    registered_at = world.reachable_at.get(AgentId(kept.agent_id or ""))
    if connected_at is not None and registered_at is not None and registered_at > connected_at:
        give_back(world, kept)  # a page loaded anew is there before the old one is missed


def phone_reachable(world: World, fact: facts.PhoneReachable) -> None:
    agent = world.agents.get(fact.agent_id)
    if agent is None or fact.device not in agent.devices:
        return
    world.reachable_at[fact.agent_id] = fact.at
    give_back_to(world, fact.agent_id)


def desk_is_back(world: World, agent_id: AgentId) -> None:
    """The browser's telephone registers a moment after its desk is there, and is mostly heard of by itself."""
    world.set_timer(Timer.GIVE_BACK, agent_id, PHONE_FOLLOWS_DESK)


def give_back_to(world: World, agent_id: AgentId) -> None:
    agent = world.agents.get(agent_id)
    call = world.calls.get(agent.call_id) if agent is not None and agent.call_id else None
    if call is not None:
        give_back(world, call)


def give_back(world: World, call: Call) -> None:
    """Ring the agent for the caller who is kept."""
    if not _is_kept(world, call) or call.agent_id is None or not world.is_synced(call.node):
        return
    world.ask(Redirect(call.node, call.channel, Context.DELIVER, call.agent_id))
    advance(world, call, AgentChosen(world.now, call.node, call.agent_id, "kept for this agent"))
    world.put_agent(agents.step(world.agents[call.agent_id], agents.Reserved(world.now, call.call_id)))
    world.set_timer(Timer.RESERVED, call.call_id, ANSWER_WITHIN)


def not_dialled(world: World, call_id: CallId) -> None:
    """Time is up for the agent's phone to be dialled for a kept caller."""
    call = world.calls.get(call_id)
    if call is not None and call.state is S.RESERVED and call.kept_since is not None:
        keep(world, call, world.now)


def kept_too_long(world: World, call_id: CallId) -> None:
    call = world.calls.get(call_id)
    if call is not None and call.state is S.KEPT:
        offer_to_others(world, call)


def offer_to_others(world: World, call: Call) -> None:
    """To the waiting room, at the front; said again until the caller is heard of there."""
    let_go(world, call, world.now)
    if world.is_synced(call.node):
        world.ask(Redirect(call.node, call.channel, Context.WAITING, "s"))
    world.set_timer(Timer.KEPT, call.call_id, ANSWER_WITHIN)


def let_go(world: World, call: Call, at: datetime) -> None:
    """The caller is no more this agent's."""
    agent = _agent_of(world, call)
    if agent is not None and agent.state is AgentState.KEPT:
        world.put_agent(agents.step(agent, agents.KeptOver(at)))


def found(world: World, call: Call, at: datetime, blind_since: datetime) -> None:
    """At resync the caller is where kept callers are. Whether the phone is back nobody told us: it is tried."""
    if call.state is S.KEPT:
        world.set_timer(Timer.KEPT, call.call_id, ANSWER_WITHIN)
    elif call.state is S.RESERVED:
        keep(world, call, at)
    else:
        keep(world, replace(call, incomplete=True), blind_since)
    give_back(world, world.calls[call.call_id])


def _agent_of(world: World, call: Call) -> Agent | None:
    agent = world.agents.get(call.agent_id) if call.agent_id else None
    return agent if agent is not None and agent.call_id == call.call_id else None


def _is_kept(world: World, call: Call) -> bool:
    agent = _agent_of(world, call)
    return call.state is S.KEPT and agent is not None and agent.state is AgentState.KEPT
